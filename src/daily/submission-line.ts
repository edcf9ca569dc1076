import { z } from 'zod';
import { ORDERS_OF_WORK } from '../domain/order-of-work.ts';
import { PHOTO_FLAGS } from '../domain/photo-flags.ts';
import { HANDED_OVER } from '../domain/policy.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const values = z.record(z.string(), value);
const ref = z.string().min(1);

const common = {
  /** The layout of this line; raised when a column changes its meaning. */
  format: z.literal(1),
  /** `itemRef#revision`: names this line for ever, once over all files. */
  submissionKey: z.string().min(3),
  /** Ours; results name it. */
  itemRef: ref,
  revision: z.int().positive(),
  isoId: ref,
  /** The staff member's user id; no name and no number. */
  staffRef: ref,
  /** ISO 8601, UTC. */
  submittedAt: z.iso.datetime(),
  /** What the staff member answered, by field of the flow. */
  values,
  /** Each stands beside the file as `photos/<sha256>.jpg`. */
  photos: z.array(
    z.strictObject({
      role: z.string().min(1),
      sha256,
      /** What a reviewer should look at; absent where there is nothing. */
      flags: z.array(z.enum(PHOTO_FLAGS)).optional(),
    }),
  ),
  /** What was in doubt of it when it was submitted; absent where nothing was. */
  doubts: z.array(z.enum(HANDED_OVER)).optional(),
};

const promoted = { ...common, promotionNumber: ref, product: ref, storeRef: ref };

const storeLine = z.strictObject({
  ...promoted,
  itemType: z.literal('STORE'),
  /** The merchant supplement, by field of the flow. */
  merchant: values,
  /** How payments were verified, where the order of work asks for it; `verifiedAt` where an earlier verification counts. */
  verification: z
    .strictObject({
      order: z.enum(ORDERS_OF_WORK),
      verifiedAt: z.iso.datetime().optional(),
      /** By which the tool was chosen; absent where an earlier verification counts. */
      acceptsOnlyAlipay: z.boolean().optional(),
      payments: z.array(values),
    })
    .optional(),
});

const spotLine = z.strictObject({ ...promoted, itemType: z.literal('SPOT') });

const code = z.strictObject({
  payload: z.string().min(1),
  method: z.enum(['PHOTO_DECODE', 'TYPED', 'H5_SCAN']),
  unknown: z.literal(true).optional(),
});

const posmLine = z.strictObject({
  ...promoted,
  itemType: z.literal('POSM'),
  /** The `itemRef` of the spot it stands at. */
  spotRef: ref,
  /** Absent for a product without a code. Of one that no pattern knew when it was submitted (`unknown`) all that it says. */
  code: code.optional(),
  /** Of a product with several codes at a spot: the second one and so on. */
  furtherCodes: z.array(code).optional(),
});

const inspectionLine = z.strictObject({
  ...common,
  itemType: z.literal('INSPECTION'),
  /** The task as its file named it. */
  sourceKey: ref,
  storeRef: ref,
  /** What was found at each spot. */
  spots: z.array(z.strictObject({ spotRef: ref, values })),
  /** One for each way of paying that was tried. */
  payments: z.array(values),
});

const appealLine = z.strictObject({
  ...common,
  itemType: z.literal('APPEAL'),
  /** The item, the revision and the reasons that it is against. */
  against: z.strictObject({ itemRef: ref, revision: z.int().positive(), reasonCodes: z.array(z.string()) }),
});

/** What became of codes that were handed over as `unknown`, as a receiver reads it. */
export const CODE_STANDINGS = ['COUNTS', 'REFUSED', 'CLASH', 'UNKNOWN'] as const;

const codeLine = z.strictObject({
  ...promoted,
  /** Ours; no result names it. Its `revision` is the version of the programme that said so. */
  itemType: z.literal('CODE'),
  /** The `itemRef` of the spot where it stands. */
  spotRef: ref,
  /** Where it was handed over last: with what stands at that spot. */
  against: z.strictObject({ itemRef: ref, revision: z.int().positive() }),
  /** As it was handed over. */
  payload: z.string().min(1),
  standing: z.enum(CODE_STANDINGS),
  /** What it is in full, by the pattern that counts now; with `COUNTS` only. */
  countsAs: z.string().min(1).optional(),
});

/**
 * One line of a hand-over file: one submitted revision of one item, or what became of a code of one. The columns are ours, since the programme publishes
 * none; this is the one place to change them.
 */
export const submissionLine = z
  .discriminatedUnion('itemType', [storeLine, spotLine, posmLine, inspectionLine, appealLine, codeLine])
  .refine(
    (line) => line.submissionKey === submissionKey(line.itemRef, line.revision),
    'submissionKey names another item',
  );

export type SubmissionLine = z.infer<typeof submissionLine>;
export type LineValues = z.infer<typeof values>;

type OfType<Type extends SubmissionLine['itemType']> = Extract<SubmissionLine, { itemType: Type }>;
type Made = 'format' | 'submissionKey' | 'submittedAt';

/** What a line says, before it has its key: `submittedAt` in milliseconds. */
export type LineFacts = {
  [Type in SubmissionLine['itemType']]: Omit<OfType<Type>, Made> & { readonly submittedAt: number };
}[SubmissionLine['itemType']];

/** What waits to be handed over: a line, and the photos to stand beside it before it is written. */
export interface OutgoingRow {
  readonly submissionKey: string;
  readonly line: Readonly<Record<string, unknown>>;
  readonly photoHashes: readonly string[];
}

/** The name of one submitted revision of one item. */
export function submissionKey(itemRef: string, revision: number): string {
  return `${itemRef}#${revision}`;
}

/** A line as it waits to be handed over, each of its photos named once. */
export function outgoingRow(facts: LineFacts): OutgoingRow {
  const { itemRef, revision, submittedAt, photos } = facts;
  const line = {
    format: 1 as const,
    submissionKey: submissionKey(itemRef, revision),
    ...facts,
    submittedAt: new Date(submittedAt).toISOString(),
  };
  return {
    submissionKey: line.submissionKey,
    line,
    photoHashes: [...new Set(photos.map((photo) => photo.sha256))],
  };
}
