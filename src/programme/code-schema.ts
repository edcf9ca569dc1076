import { z } from 'zod';
import { compilePattern } from './code-pattern.ts';
import { NAME } from './ids.ts';

const pattern = z
  .strictObject({
    id: NAME.describe('Its name, as steps say it.'),
    qr: z.string().describe('What the QR code says: a regular expression (RE2) with the serial as (?<serial>…).'),
    typed: z
      .string()
      .optional()
      .describe('What is typed from the sticker, without blanks and dashes: a regular expression with (?<serial>…).'),
    ignoreCase: z.boolean().default(false).describe('Read in any case; the serial is kept in upper case.'),
    canonical: z
      .string()
      .max(500)
      .refine((said) => said.split('{serial}').length === 2, 'must have {serial} in it, once')
      .describe('What the code says in full, with {serial}: a code is one code by this.'),
    ordered: z
      .boolean()
      .default(false)
      .describe('Its serials count up, all of one length: codes can be allotted from one to another.'),
  })
  .superRefine(({ qr, typed, ignoreCase }, ctx) => {
    for (const [key, written] of [['qr', qr] as const, ['typed', typed] as const]) {
      if (written === undefined) continue;
      const compiled = compilePattern(written, ignoreCase);
      if ('wrong' in compiled) ctx.addIssue({ code: 'custom', path: [key], message: compiled.wrong });
    }
  });

/** What a code is that is known not to be the programme's. */
export const FOREIGN_KINDS = ['paymentCode', 'walletLink', 'chatLink', 'otherCode'] as const;

export const codes = z
  .strictObject({
    patterns: z.array(pattern).max(50).describe('The codes that count.'),
    foreign: z
      .array(
        z.strictObject({
          id: NAME,
          starts: z.string().min(4).max(200).describe('How it begins, in quotes.'),
          says: z.enum(FOREIGN_KINDS).describe(`What people are told it is: ${FOREIGN_KINDS.join(', ')}.`),
        }),
      )
      .max(200)
      .default([])
      .describe('Codes that are known to be something else, by how they begin.'),
  })
  .describe('How the codes of the products read.');
