import { z } from 'zod';
import { NAME } from './ids.ts';

const LONGEST = 500;

const text = z.string().min(1, 'is empty: write what people read').max(LONGEST);
const texts = z.record(NAME, text);

/** `en.yaml` and its like: the words of a programme in one language. Which of them there must be follows from the programme. */
export const WORDS_SCHEMA = z
  .strictObject({
    products: z.record(
      NAME,
      z.strictObject({
        name: text,
        what: text.describe('What it is, in a line.'),
        checks: text.describe('What to see to, in a line.'),
        where: text.optional().describe('What is asked of a spot.'),
        foreignCode: text.optional().describe('Said of a code that is not one of its own.'),
        stands: text.optional().describe('What stands at a spot, with {spot}: the name of that spot.'),
        notFixed: text.optional().describe('Said where the field that is fixed was answered with no.'),
        photos: z
          .record(
            NAME,
            z.strictObject({
              shows: text.describe('What it shows, in the list of what is to be sent.'),
              inLine: text.optional().describe('Its name in the line of what is there, where that is another one.'),
              next: text.optional().describe('Asks for it when it is the next one, as a sentence.'),
            }),
          )
          .default({})
          .describe('The photos of a spot.'),
        policy: texts.default({}).describe('Clauses that read otherwise for this product.'),
      }),
    ),
    steps: z
      .record(
        NAME,
        z.strictObject({ name: text, why: text.optional().describe('Why it is asked, or how: a line on its card.') }),
      )
      .default({})
      .describe('Steps that come once.'),
    before: text.describe('What is needed before a promotion begins.'),
    fields: z.record(NAME, z.strictObject({ label: text, placeholder: text.optional() })),
    options: z.record(NAME, texts).describe('What can be chosen, by field.'),
    spots: texts.describe('What a spot is called, by its type, with {number}: which one of that type.'),
    slots: z.record(
      NAME,
      z.strictObject({
        name: text,
        title: text.optional().describe('On top of the card that asks for it, where that is not its name.'),
        missing: text.optional().describe('Said where it is missing, in the middle of a sentence.'),
        replaces: text.optional().describe('Says that a new photo replaces it, as a sentence.'),
        how: text.optional().describe('How to take it.'),
        example: text.optional().describe('What its example picture shows.'),
      }),
    ),
    parts: texts.describe('What Modify asks for again, in the middle of a sentence.'),
    policy: texts.describe('The clauses that are read and agreed.'),
    reasons: z.record(
      NAME,
      z.strictObject({ short: text, what: text.optional().describe('More of it, for who wants to know.') }),
    ),
    tools: z.record(
      NAME,
      z.strictObject({
        name: text,
        rule: text.describe('When it is used.'),
        steps: z
          .array(text)
          .min(1)
          .describe('How to get ready, step by step, without numbers; the download stands beside the first.'),
      }),
    ),
    modes: z.record(
      NAME,
      z.strictObject({
        name: text,
        official: text.optional().describe("The programme's own name of it, beside the plain one."),
        photo: text.describe('What its photo shows.'),
      }),
    ),
    results: texts.describe('What came of a payment.'),
    inspection: z.strictObject({ differs: texts, problems: texts, cannot: texts }),
    fees: texts,
  })
  .describe('The words of a programme in one language.');
