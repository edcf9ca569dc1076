import { model, Schema } from 'mongoose';
import type { RowOutcome } from '../src/domain/review-decision.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A daily file that came in (domain A.11). A quarantined one may come again, and is then looked at afresh. */
export type IncomingFileState = 'RECEIVED' | 'VALIDATED' | 'APPLYING' | 'APPLIED' | 'QUARANTINED';

/** What is known of one content, under whatever names it came; nothing of it is landed twice (domain A.12-7). */
export interface IncomingFile {
  /** SHA-256 of what the file says, hex; with its kind, so that a misnamed file can come again under its own name. */
  readonly fileHash: string;
  /** The name it came under first. */
  readonly name: string;
  readonly state: IncomingFileState;
  /** The checkpoint: how many of its rows are landed. */
  readonly landed: number;
}

interface FileRow extends Omit<IncomingFile, 'fileHash'> {
  _id: string;
  receivedAt: number;
  outcomes: Partial<Record<RowOutcome, number>>;
  /** Why it was quarantined. */
  why?: string | undefined;
}

/** The result lines of one batch, kept until they stand in the result file. */
interface ResultRow {
  /** `<fileHash>/<rows landed before>`. */
  _id: string;
  fileHash: string;
  from: number;
  lines: string;
}

const schema = new Schema<FileRow>(
  { _id: String, name: String, state: String, landed: Number, outcomes: Object, why: String, receivedAt: Number },
  { versionKey: false, minimize: false },
);
schema.index({ name: 1 });
const Files = model<FileRow>('incomingFiles', schema);

const resultSchema = new Schema<ResultRow>(
  { _id: String, fileHash: String, from: Number, lines: String },
  { versionKey: false },
);
resultSchema.index({ fileHash: 1, from: 1 });
const Results = model<ResultRow>('incomingResults', resultSchema);

/** Notes that a content came; answers what is known of it. One that was quarantined begins anew. */
export async function receiveFile(fileHash: string, name: string, now: number): Promise<IncomingFile> {
  const fresh = { name, state: 'RECEIVED' as const, landed: 0, outcomes: {}, receivedAt: now };
  await Files.updateOne({ _id: fileHash }, { $setOnInsert: fresh }, { upsert: true });
  await Files.updateOne({ _id: fileHash, state: 'QUARANTINED' }, { $set: fresh, $unset: { why: 1 } });
  const { state, landed, name: first } = mustHaveMatched(await Files.findById(fileHash).lean());
  return { fileHash, name: first, state, landed };
}

/** How many of its rows became what. */
export async function outcomesOf(fileHash: string): Promise<Readonly<Partial<Record<RowOutcome, number>>>> {
  return (await Files.findById(fileHash, { outcomes: 1 }).lean())?.outcomes ?? {};
}

/** Whether a file of review rows of that day (`YYYYMMDD`) has landed. */
export async function reviewsHaveLanded(day: string): Promise<boolean> {
  const start = `review_${day}`;
  // what follows the day is `.csv`, or `_` and a number: all of it comes before `~`
  const found = await Files.findOne({ name: { $gte: start, $lt: `${start}~` }, state: 'APPLIED' }, { _id: 1 }).lean();
  return found !== null;
}

/** Compare-and-set on the state; a lost race otherwise. */
export async function moveFile(
  fileHash: string,
  from: IncomingFileState,
  to: IncomingFileState,
  why?: string,
): Promise<void> {
  const { matchedCount } = await Files.updateOne(
    { _id: fileHash, state: from },
    { $set: { state: to, ...(why !== undefined && { why }) } },
  );
  mustHaveMatched(matchedCount === 1 ? true : undefined);
}

/** Moves the checkpoint in the transaction that lands the rows, with what became of them; a lost race if another has moved it. */
export async function landBatch(
  fileHash: string,
  batch: { from: number; outcomes: readonly RowOutcome[]; lines: string },
  tx: Transaction,
): Promise<void> {
  const { from, outcomes, lines } = batch;
  const counts: Record<string, number> = { landed: outcomes.length };
  for (const outcome of outcomes) counts[`outcomes.${outcome}`] = (counts[`outcomes.${outcome}`] ?? 0) + 1;
  const { matchedCount } = await Files.updateOne(
    { _id: fileHash, state: 'APPLYING', landed: from },
    { $inc: counts },
    { session: tx },
  );
  mustHaveMatched(matchedCount === 1 ? true : undefined);
  await Results.create([{ _id: `${fileHash}/${from}`, fileHash, from, lines }], { session: tx });
}

/** The result lines of a file in its order, batch by batch. */
export async function* resultLines(fileHash: string): AsyncGenerator<string> {
  for (let from = -1; ; ) {
    const [next] = await Results.find({ fileHash, from: { $gt: from } })
      .sort({ from: 1 })
      .limit(1)
      .lean();
    if (next === undefined) return;
    yield next.lines;
    from = next.from;
  }
}

/** The result file has them now. */
export async function forgetResultLines(fileHash: string): Promise<void> {
  await Results.deleteMany({ fileHash });
}
