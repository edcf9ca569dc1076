import { model, Schema } from 'mongoose';
import type { ReviewNumbers } from '../src/domain/review-numbers.ts';
import type { Transaction } from './transaction.ts';

/** What an ISO's groups are told of one day's data. Kept, so that the card of that day goes on saying what it said. */
export interface Digest {
  readonly isoId: string;
  /** `YYYYMMDD`. */
  readonly dataDate: string;
  /** When it was told, milliseconds. */
  readonly toldAt: number;
  readonly numbers: ReviewNumbers;
  /** Failures whose deadline came within two days of that. */
  readonly urgent: number;
  readonly version: number;
}

interface DigestRow extends Digest {
  _id: string;
}

const schema = new Schema<DigestRow>(
  {
    _id: String,
    isoId: String,
    dataDate: String,
    toldAt: Number,
    numbers: { type: Object },
    urgent: Number,
    version: Number,
  } as never,
  { versionKey: false },
);
schema.index({ isoId: 1, dataDate: -1 });

const Digests = model<DigestRow>('digests', schema);

/** The one name of an ISO's digest of a day. */
export function digestId(isoId: string, dataDate: string): string {
  return `${isoId}:${dataDate}`;
}

/** Writes the numbers of a day; another file of the same day writes them again. */
export async function writeDigest(digest: Omit<Digest, 'version'>, tx: Transaction): Promise<void> {
  const { isoId, dataDate, toldAt, ...rest } = digest;
  await Digests.updateOne(
    { _id: digestId(isoId, dataDate) },
    { $set: rest, $setOnInsert: { isoId, dataDate, toldAt }, $inc: { version: 1 } },
    { upsert: true, session: tx },
  );
}

export async function findDigest(id: string): Promise<Digest | undefined> {
  const row = await Digests.findById(id).lean();
  return row === null ? undefined : toDigest(row);
}

function toDigest({ _id: _, ...digest }: DigestRow): Digest {
  return digest;
}
