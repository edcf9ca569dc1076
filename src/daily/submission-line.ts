import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const values = z.record(z.string(), value);

const common = {
  /** The layout of this line; raised when a column changes its meaning. */
  format: z.literal(1),
  /** `itemRef#revision`: names this line for ever, once over all files. */
  submissionKey: z.string().min(3),
  /** Ours; results name it. */
  itemRef: z.string().min(1),
  revision: z.int().positive(),
  promotionNumber: z.string().min(1),
  product: z.string().min(1),
  isoId: z.string().min(1),
  /** The staff member's user id; no name and no number. */
  staffRef: z.string().min(1),
  /** ISO 8601, UTC. */
  submittedAt: z.iso.datetime(),
  /** What the staff member answered, by field of the flow. */
  values,
  /** Each stands beside the file as `photos/<sha256>.jpg`. */
  photos: z.array(z.strictObject({ role: z.string().min(1), sha256 })),
};

const storeLine = z.strictObject({
  ...common,
  itemType: z.literal('STORE'),
  /** The merchant supplement, by field of the flow. */
  merchant: values,
});

const spotLine = z.strictObject({
  ...common,
  itemType: z.literal('SPOT'),
  /** The `itemRef` of the store it stands in. */
  storeRef: z.string().min(1),
  /** Absent for a product without a code. */
  code: z.strictObject({ payload: z.string().min(1), method: z.enum(['PHOTO_DECODE', 'TYPED', 'H5_SCAN']) }).optional(),
});

/**
 * One line of a hand-over file: one submitted revision of one item. The columns are ours, since the programme publishes
 * none; this is the one place to change them.
 */
export const submissionLine = z
  .discriminatedUnion('itemType', [storeLine, spotLine])
  .refine(
    (line) => line.submissionKey === submissionKey(line.itemRef, line.revision),
    'submissionKey names another item',
  );

export type SubmissionLine = z.infer<typeof submissionLine>;
export type LineValues = z.infer<typeof values>;
export type LinePhoto = SubmissionLine['photos'][number];
type SpotCode = NonNullable<z.infer<typeof spotLine>['code']>;

/** What a submitted promotion hands over; of a later submission only the items that have a new revision. */
export interface SubmittedPromotion {
  readonly promotionNumber: string;
  readonly product: string;
  readonly isoId: string;
  readonly staffRef: string;
  /** Milliseconds since the epoch. */
  readonly submittedAt: number;
  readonly storeRef: string;
  readonly store?: SubmittedItem & { readonly merchant: LineValues };
  readonly spots: readonly (SubmittedItem & { readonly itemRef: string; readonly code?: SpotCode })[];
}

export interface SubmittedItem {
  readonly revision: number;
  readonly values: LineValues;
  readonly photos: readonly LinePhoto[];
}

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

/** The lines of a submission: one for the store with its merchant supplement, one for each spot with its code. */
export function submissionLines({
  storeRef,
  store,
  spots,
  submittedAt,
  ...promotion
}: SubmittedPromotion): SubmissionLine[] {
  const start = (itemRef: string, { revision, values, photos }: SubmittedItem) => ({
    format: 1 as const,
    submissionKey: submissionKey(itemRef, revision),
    itemRef,
    revision,
    ...promotion,
    submittedAt: new Date(submittedAt).toISOString(),
    values,
    photos: [...photos],
  });
  const lines: SubmissionLine[] = [];
  if (store) lines.push({ ...start(storeRef, store), itemType: 'STORE', merchant: store.merchant });
  for (const spot of spots) {
    const { itemRef, code } = spot;
    lines.push({ ...start(itemRef, spot), itemType: 'SPOT', storeRef, ...(code ? { code } : {}) });
  }
  return lines;
}

/** A line as it waits to be handed over, each of its photos named once. */
export function outgoingRow(line: SubmissionLine): OutgoingRow {
  return {
    submissionKey: line.submissionKey,
    line,
    photoHashes: [...new Set(line.photos.map((photo) => photo.sha256))],
  };
}
