import { z } from 'zod';
import { REMEDIES } from '../../domain/reasons.ts';
import { DECISIONS } from '../../domain/review-decision.ts';
import { dataDate, instant, key, list, oneOf, optional } from './columns.ts';
import type { Columns } from './csv-form.ts';
import type { Spelling } from './spellings.ts';

export const REVIEW_COLUMNS: Columns = {
  required: [
    'sourceRowKey',
    'dataDate',
    'isoId',
    'itemType',
    'itemRef',
    'submissionRevision',
    'decision',
    'reasonCodes',
    'decidedAt',
  ],
  // `reviewerRef` is not kept, and what earns a fee is computed, never taken from a row (domain A.12-4)
  optional: ['reasonText', 'reasonLang', 'remedy', 'deadlineAt'],
};

export const REVIEW_SPELLINGS: Readonly<Record<string, Spelling>> = {
  sourceRowKey: 'key',
  dataDate: 'day',
  isoId: 'key',
  itemType: 'word',
  itemRef: 'key',
  submissionRevision: 'whole',
  decision: 'word',
  reasonCodes: 'list',
  decidedAt: 'time',
  reasonLang: 'key',
  remedy: 'word',
  deadlineAt: 'time',
};

const LONGEST_TEXT = 2_000;
const MOST_REASONS = 20;
const REVISION = /^[1-9]\d{0,5}$/;

/** One row of a review file (domain A.9). Times in milliseconds. */
export const reviewRow = z
  .object({
    sourceRowKey: key,
    dataDate,
    isoId: key,
    itemType: oneOf(['STORE', 'SPOT', 'POSM', 'INSPECTION', 'APPEAL']),
    itemRef: key,
    submissionRevision: z.string().regex(REVISION, 'is not a whole number from 1 on').transform(Number),
    decision: oneOf(DECISIONS),
    reasonCodes: list.refine((codes) => codes.length <= MOST_REASONS, `has more than ${MOST_REASONS} codes`),
    reasonText: optional(z.string().transform((text) => text.slice(0, LONGEST_TEXT))),
    reasonLang: optional(key),
    decidedAt: instant,
    remedy: optional(oneOf(REMEDIES)),
    deadlineAt: optional(instant),
  })
  .refine(({ itemType, decision }) => itemType !== 'APPEAL' || decision !== 'INVALIDATED', {
    path: ['decision'],
    message: 'does not answer an appeal',
  });

export type ReviewRow = z.infer<typeof reviewRow>;
