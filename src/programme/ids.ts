import { z } from 'zod';
import type { ResultChoice } from '../domain/inspection-rules.ts';

const FORM = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const HOW = 'is no name: write letters, digits, - and _, beginning with a letter, 64 at most';

function name() {
  return z
    .string()
    .regex(FORM, { error: HOW, abort: true })
    .refine((id) => !(id in {}), 'is a word that JavaScript keeps for itself: write another one');
}

/** Names that a programme gives: a text of its file, told apart by what they name, made where the file is read. */
export const PRODUCT_ID = name().brand<'ProductId'>();
export const STEP_ID = name().brand<'StepId'>();
export const FIELD_NAME = name().brand<'FieldName'>();
export const SLOT_NAME = name().brand<'SlotName'>();
export const REASON_CODE = name().brand<'ReasonCode'>();
/** What needs no brand: options, clauses, patterns, tools. */
export const NAME = name();

/** A picture in `examples/`. */
export const PICTURE = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,60}\.jpg$/, 'is no picture: name a file in examples/, such as front.jpg')
  .describe('A JPEG file in the folder examples/ beside this file, such as front.jpg.');

/** What may come of a payment, with its role, and whether a screen shows it. */
export const RESULT = z
  .union(
    [
      NAME,
      z.strictObject({
        id: NAME,
        is: z
          .enum(['success', 'notTried', 'notAccepted'])
          .optional()
          .describe('What rules know it as: success, notTried, notAccepted.'),
        photo: z.literal('none').optional().describe('none: no screen shows it, and no photo of one is asked for.'),
      }),
    ],
    'is no result: write its name, or { id: <name>, is: <one of success, notTried, notAccepted>, photo: none }, the last two if they are so',
  )
  .transform((said): ResultChoice => (typeof said === 'string' ? { id: said } : said))
  .describe('Its name; or { id, is, photo } where a rule needs to know what it stands for, or no screen shows it.');

/** What may be chosen, with its role if `roles` has one for it. */
export function choiceOf<const Roles extends readonly [string, ...string[]]>(roles: Roles) {
  return z
    .union(
      [NAME, z.strictObject({ id: NAME, is: z.enum(roles).describe(`What rules know it as: ${roles.join(', ')}.`) })],
      `is no choice: write its name, or { id: <name>, is: <one of ${roles.join(', ')}> }`,
    )
    .transform((said): { id: string; is?: Roles[number] | undefined } =>
      typeof said === 'string' ? { id: said } : said,
    )
    .describe('Its name; or { id, is } where a rule needs to know what it stands for.');
}
