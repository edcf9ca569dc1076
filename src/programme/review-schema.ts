import { z } from 'zod';
import { FINDINGS } from '../domain/policy.ts';
import { REASON_SCOPES, REMEDIES } from '../domain/reasons.ts';
import { QUOTA_PERIODS } from '../domain/site-quota.ts';
import { NAME, PICTURE, REASON_CODE } from './ids.ts';

const link = z.url({ protocol: /^https$/, error: 'must be a web address that begins with https://' });

export const policy = z
  .strictObject({
    version: z.int().min(1).describe('Which edition; a higher one is read and agreed before the next promotion.'),
    link: link.describe("The programme's own text."),
    clauses: z
      .array(
        z.strictObject({
          id: NAME.describe('As reasons say it.'),
          shown: z.boolean().default(true).describe('Whether it is one of the lines that are read and agreed.'),
          quota: z
            .strictObject({ per: z.enum(QUOTA_PERIODS).describe('How long a quota of sites is for.') })
            .optional()
            .describe('Where an ISO may have a number of sites only; the operator sets how many.'),
        }),
      )
      .min(1)
      .describe('In the order in which they are read.'),
    findings: z
      .partialRecord(z.enum(FINDINGS), NAME)
      .describe('The clause behind what a check of ours finds; what is left out has none.'),
  })
  .describe('What is agreed before a promotion.');

export const deadlines = z
  .strictObject({
    days: z.int().min(1).max(90).describe('Days after a result landed until which it can be put right.'),
    hour: z.int().min(0).max(23).describe('The hour of that day, at the shop.'),
    count: z.enum(['calendar', 'working']).describe('Whether every day counts, or working days without holidays.'),
    urgentDays: z.int().min(0).max(30).describe('From so many days before on it is urgent.'),
  })
  .describe('Until when what failed can be put right, unless a row or a reason says otherwise.');

export const appeals = z
  .strictObject({
    days: z.int().min(1).max(90).describe("Working days of the ISO's country until which it is to be answered."),
  })
  .prefault({ days: 5 })
  .describe('By when an appeal that was sent is to be answered, at the hour of deadlines.');

export const reminders = z
  .strictObject({
    from: z.int().min(0).max(22).describe('From this hour on.'),
    to: z.int().min(1).max(24).describe('Until this hour; 24 is midnight.'),
    inspections: z
      .boolean()
      .default(true)
      .describe('Whether who has an inspection in hand is told on the morning of its last day.'),
    halfDone: z
      .array(z.int().min(1).max(90))
      .max(5)
      .default([2, 14])
      .describe('After so many days without a step a promotion that is begun is told of; none: never.'),
  })
  .prefault({ from: 9, to: 19 })
  .describe("When people are told of what lapses or waits, on the working days of their ISO's country, by its clock.");

export const photos = z
  .strictObject({
    oldAfterDays: z
      .int()
      .min(1)
      .max(365)
      .default(7)
      .describe('So many days after the time in it a photo that is sent counts as old: admins and reviewers are told.'),
    farAfterMetres: z
      .int()
      .min(50)
      .max(100_000)
      .optional()
      .describe(
        'So far from the other photos of its work, or from where its shop was on the visits before, a photo counts as far: admins and reviewers are told. Without it no phone is asked for its place.',
      ),
  })
  .prefault({})
  .describe('What is said of photos, whatever they show.');

/** Asked for again, besides the names of steps, fields and photos. */
export const ASKS_OF_OURS = ['code', 'inspection', 'inspectionPhotos', 'paymentPhotos', 'MPM', 'UPM'] as const;

const reason = z.strictObject({
  scope: z.enum(REASON_SCOPES).describe('What it is said of.'),
  remedy: z.enum(REMEDIES).describe('What is advised first: MODIFY, APPEAL, or NONE.'),
  clauses: z.array(NAME).default([]).describe('The clauses of the policy behind it.'),
  asks: z
    .array(NAME)
    .default([])
    .describe(
      `What Modify asks for again: names of steps (their form), fields and photos; ${ASKS_OF_OURS.join(', ')}.`,
    ),
  evidence: z.array(NAME).default([]).describe('Names of photos that help an Appeal.'),
  examples: z.strictObject({ good: PICTURE.optional(), bad: PICTURE.optional() }).default({}),
  days: z.int().min(1).max(90).optional().describe('Instead of the days of deadlines.'),
  forbidsCode: z.boolean().default(false).describe('Another code is needed: the one that stands there must not.'),
  saidAlone: z.boolean().default(false).describe('Said alone, whatever else a row says.'),
});

export const reasons = z
  .record(REASON_CODE, reason)
  .describe('Why something failed the review, by the codes of the result files.');

export const unknownReason = REASON_CODE.describe('As which a code counts that is not in reasons.');
