import { z } from 'zod';
import { FIELD_ROLES, FIELD_TYPES, OPTION_ROLES } from '../domain/field-roles.ts';
import { choiceOf, FIELD_NAME, NAME, PICTURE, PRODUCT_ID, SLOT_NAME, STEP_ID } from './ids.ts';

const MOST = { fields: 40, options: 100, slots: 9, steps: 10, products: 20, codesPerSpot: 5, text: 2_000, spots: 50 };

const field = z.strictObject({
  id: FIELD_NAME.describe('Its name, under which its answer is kept: never give the name of one to another.'),
  is: z.enum(FIELD_ROLES).optional().describe('What rules know it as; leave it out where none needs it.'),
  type: z.enum(FIELD_TYPES).describe(`How it is answered: ${FIELD_TYPES.join(', ')}.`),
  required: z.boolean().default(true).describe('Whether a promotion cannot be submitted without it.'),
  part: z.enum(['main', 'more']).default('main').describe('On the first form, or behind More details.'),
  mustAgree: z.boolean().optional().describe('A yesNo that must be yes.'),
  maxLength: z.int().min(1).max(MOST.text).optional().describe('The most characters of a text.'),
  isAmount: z.boolean().optional().describe('A number of money, with up to two decimals.'),
  min: z.number().optional().describe('The least that a number may be.'),
  max: z.number().optional().describe('The most that a number may be.'),
  options: z
    .array(choiceOf(OPTION_ROLES))
    .min(1)
    .max(MOST.options)
    .optional()
    .describe('What can be chosen, in this order.'),
  optionsFrom: z
    .enum(['markets'])
    .optional()
    .describe('Instead of options: the countries and regions of this programme.'),
  initial: z.string().max(MOST.text).optional().describe('What stands in it when nothing was answered, in quotes.'),
  label: NAME.optional().describe('The name of its words where they are not those of its own name.'),
  prefill: z
    .string()
    .regex(/^[A-Za-z][\w-]*\.[A-Za-z][\w-]*$/, 'is no answer: write its step and field, such as store.nameLocal')
    .transform((said) => {
      const [step = '', of = ''] = said.split('.');
      return { step, field: of };
    })
    .optional()
    .describe('The answer that stands in it when nothing was answered: <step>.<field>.'),
  personal: z.boolean().default(false).describe('Says something about a person in the shop: it is erased with them.'),
  firstSpotOnly: z.boolean().optional().describe('Asked for the first spot only.'),
  ofPosm: z.boolean().optional().describe('Says what stands at the spot, which is judged by itself.'),
});

const slot = z.strictObject({
  id: SLOT_NAME.describe('Its name, under which its photos are kept.'),
  required: z.boolean().default(true).describe('Whether a promotion cannot be submitted without it.'),
  showsCode: z.boolean().default(false).describe('The photo in which the code is read.'),
  ofPosm: z.boolean().optional().describe('Shows what stands at the spot, which is judged by itself.'),
  example: PICTURE.optional(),
});

const step = z.strictObject({
  id: STEP_ID.describe('Its name, as orders and reasons say it.'),
  repeats: z.enum(['spot']).optional().describe('spot: done once for each spot.'),
  fields: z.array(field).max(MOST.fields).default([]).describe('What is asked, in this order.'),
  slots: z.array(slot).max(MOST.slots).default([]).describe('The photos it needs, in this order.'),
  code: z
    .strictObject({
      patterns: z.array(NAME).min(1).describe('The codes that count here: ids of codes.patterns.'),
      perSpot: z.int().min(1).max(MOST.codesPerSpot).default(1).describe('How many codes stand at a spot.'),
    })
    .optional()
    .describe('Where what stands at a spot carries a code.'),
});

export const products = z
  .array(
    z.strictObject({
      id: PRODUCT_ID.describe('Its name in everything that is stored: never give the name of one to another.'),
      on: z.boolean().default(true).describe('Whether it is offered. What was begun of one that is off is held.'),
      steps: z.array(step).min(1).max(MOST.steps).describe('What is done; in which order, orders says.'),
      limits: z
        .strictObject({
          spotsPerStore: z
            .int()
            .min(1)
            .max(MOST.spots)
            .describe('Spots in one store, those of earlier promotions included.'),
        })
        .describe('How much of it there may be.'),
    }),
  )
  .min(1)
  .max(MOST.products)
  .describe('What is promoted, in the order of the menu.');
