import { model, Schema } from 'mongoose';
import { sealJson, unsealJson } from './sealing.ts';
import type { Transaction } from './transaction.ts';

/** One submitted revision of one item: written once, handed over once, never changed (domain A.12-5). */
export interface Submission {
  /** `itemRef#revision`. */
  readonly submissionKey: string;
  readonly isoId: string;
  readonly submittedAt: number;
  /** The line of the outgoing file, as its writer defines it. */
  readonly line: Readonly<Record<string, unknown>>;
  /** The photos that go with it, by content hash. */
  readonly photoHashes: readonly string[];
}

interface SubmissionRow extends Omit<Submission, 'submissionKey' | 'line' | 'photoHashes'> {
  _id: string;
  sealedLine: string;
  photoHashes: string[];
  /** The outgoing file it stands in; absent until it was written there. */
  file?: string | undefined;
  handedOver: boolean;
}

const schema = new Schema<SubmissionRow>(
  {
    _id: String,
    isoId: String,
    submittedAt: Number,
    sealedLine: String,
    photoHashes: [String],
    file: String,
    handedOver: Boolean,
  },
  { versionKey: false },
);
schema.index({ handedOver: 1, submittedAt: 1 });

const Submissions = model<SubmissionRow>('submissions', schema);

export async function addSubmissions(submissions: readonly Submission[], tx: Transaction): Promise<void> {
  await Submissions.insertMany(
    submissions.map(({ submissionKey, line, photoHashes, ...rest }) => ({
      _id: submissionKey,
      ...rest,
      photoHashes: [...photoHashes],
      sealedLine: sealJson(line),
      handedOver: false,
    })),
    { session: tx },
  );
}

/** What is not known to stand in an outgoing file yet, oldest first. */
export async function submissionsToHandOver(limit: number): Promise<readonly Submission[]> {
  const rows = await Submissions.find({ handedOver: false }).sort({ submittedAt: 1, _id: 1 }).limit(limit).lean();
  return rows.map(({ _id, sealedLine, ...rest }) => ({
    submissionKey: _id,
    ...rest,
    line: unsealJson<Record<string, unknown>>(sealedLine),
  }));
}

/** When these revisions were submitted, milliseconds, by key. */
export async function submissionTimes(submissionKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await Submissions.find({ _id: { $in: [...submissionKeys] } }, { submittedAt: 1 }).lean();
  return new Map(rows.map(({ _id, submittedAt }) => [_id, submittedAt]));
}

export async function markHandedOver(submissionKeys: readonly string[], file: string): Promise<void> {
  await Submissions.updateMany({ _id: { $in: [...submissionKeys] } }, { $set: { handedOver: true, file } });
}

export async function submissionsLeft(): Promise<number> {
  return await Submissions.countDocuments({ handedOver: false });
}
