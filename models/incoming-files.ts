import { present } from '@field/kit/present';
import type { FileSource } from '../src/domain/file-source.ts';
import { ROW_OUTCOMES, type RowOutcome } from '../src/domain/review-decision.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, number, text, value } from './fields.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** A daily file that came in (domain A.11). A quarantined one may come again, and is then looked at afresh. */
export type IncomingFileState = 'RECEIVED' | 'VALIDATED' | 'APPLYING' | 'APPLIED' | 'QUARANTINED';

const Files = collection('incomingfiles', {
  /** SHA-256 of what the file says, hex; with its kind, so that a misnamed file can come again under its own name. */
  id: 'fileHash',
  fields: {
    /** The name it came under first. */
    name: text(),
    state: text<IncomingFileState>(),
    /** The checkpoint: how many of its rows are landed. */
    landed: number(),
    /** When an operator released it although most of its rows are wrong, milliseconds: what is right of it is landed. */
    released: number().optional(),
  },
  own: {
    receivedAt: number(),
    /** Which way it came first; unknown of what an earlier release received. */
    source: text<FileSource>().optional(),
    outcomes: value<Partial<Record<RowOutcome, number>>>(),
    /** The same by `<isoId>/<outcome>`, of the rows that name an ISO. */
    ofIsos: value<Readonly<Record<string, number>>>().optional(),
    /** Why it was quarantined. */
    why: text().optional(),
    /** How many rows it has, once it was read from end to end. */
    rows: number().optional(),
    /** How often the same content came again once it was landed, and when last: it changed nothing. */
    again: number().optional(),
    againAt: number().optional(),
    /** What was not as documented and was read all the same, a sentence each. */
    forgiven: list<string>().optional(),
  },
  indexes: [[{ name: 1 }], [{ receivedAt: 1 }]],
});

/** What is known of one content, under whatever names it came; nothing of it is landed twice (domain A.12-7). */
export interface IncomingFile extends RecordOf<typeof Files> {}

/** The result lines of one batch, kept until they stand in the result file. */
const Results = collection('incomingresults', {
  /** `<fileHash>/<rows landed before>`. */
  id: 'batch',
  fields: { fileHash: text(), from: number(), lines: text() },
  indexes: [[{ fileHash: 1, from: 1 }]],
});

/** Notes that a content came; answers what is known of it. One that was quarantined begins anew. */
export async function receiveFile(
  fileHash: string,
  name: string,
  now: number,
  source: FileSource = 'folder',
): Promise<IncomingFile> {
  const fresh = { name, state: 'RECEIVED' as const, landed: 0, outcomes: {}, receivedAt: now };
  await Files.update({ fileHash }, { setOnInsert: { ...fresh, source } }, { upsert: true });
  // put back into the folder by an operator, it is what had come
  const again = present({ source: source === 'folder' ? undefined : source });
  await Files.update({ fileHash, state: 'QUARANTINED' }, { set: { ...fresh, ...again, why: null } });
  return mustHaveMatched(await Files.get(fileHash));
}

/** Notes that a file without rows came under another name as well: its day has its data, though that is none. */
export async function noteEmptyAgain(fileHash: string, name: string, now: number, source: FileSource): Promise<void> {
  const empty = { name, source, state: 'APPLIED' as const, landed: 0, outcomes: {}, rows: 0, receivedAt: now };
  await Files.update({ fileHash: `${fileHash}/${name}` }, { setOnInsert: empty }, { upsert: true });
}

/** Notes that a content that was landed came once more. */
export async function noteCameAgain(fileHash: string, now: number): Promise<void> {
  await Files.update({ fileHash }, { set: { againAt: now }, inc: { again: 1 } });
}

/** How many of its rows became what. */
export async function outcomesOf(fileHash: string): Promise<Readonly<Partial<Record<RowOutcome, number>>>> {
  return (await Files.get(fileHash, { only: ['outcomes'] }))?.outcomes ?? {};
}

/** What of it was not as documented and was read all the same. */
export async function forgivenOf(fileHash: string): Promise<readonly string[]> {
  return (await Files.get(fileHash, { only: ['forgiven'] }))?.forgiven ?? [];
}

const STANDING = [
  'fileHash',
  'name',
  'state',
  'landed',
  'released',
  'receivedAt',
  'source',
  'outcomes',
  'rows',
  'why',
  'again',
  'againAt',
] as const;

/** How it stands with a file, for whoever looks after them. */
export interface FileStanding extends IncomingFile {
  /** Milliseconds. */
  readonly receivedAt: number;
  readonly source?: FileSource | undefined;
  readonly outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
  readonly rows?: number | undefined;
  readonly why?: string | undefined;
  readonly again?: number | undefined;
  readonly againAt?: number | undefined;
}

export async function fileStanding(fileHash: string): Promise<FileStanding | undefined> {
  return await Files.get(fileHash, { only: STANDING });
}

/** What came under this name, the oldest first. */
export async function filesNamed(name: string): Promise<readonly FileStanding[]> {
  const found = await Files.find({ name }, { only: STANDING });
  return found.toSorted((one, other) => one.receivedAt - other.receivedAt);
}

/** Which way the file came that had a name at a time. */
export type SourceOfFile = (name: string, at: number) => FileSource | undefined;

/** That of all files of these names: a name may stand for several, one after the other. */
export async function sourcesOf(names: readonly string[]): Promise<SourceOfFile> {
  const found = names.length === 0 ? [] : await Files.find({ name: { $in: names } }, { only: WAYS });
  const latest = found.toSorted((one, other) => other.receivedAt - one.receivedAt);
  return (name, at) => latest.find((file) => file.name === name && file.receivedAt <= at)?.source;
}

const WAYS = ['name', 'receivedAt', 'source'] as const;

/** Those that were received since, the newest first, at most so many. */
export async function filesReceivedSince(since: number, most: number): Promise<readonly FileStanding[]> {
  return await Files.find({ receivedAt: { $gte: since } }, { only: STANDING, sort: { receivedAt: -1 }, limit: most });
}

/** What came of a file for one ISO. */
export interface FileOfIso {
  readonly name: string;
  /** Milliseconds. */
  readonly receivedAt: number;
  readonly source?: FileSource | undefined;
  readonly outcomes: Readonly<Partial<Record<RowOutcome, number>>>;
  /** How often the same came again once it was landed, and when last. */
  readonly again: number;
  readonly againAt?: number | undefined;
}

const OF_ISO = ['name', 'receivedAt', 'source', 'ofIsos', 'again', 'againAt'] as const;

/** The files that were received since and landed, the newest first, at most so many; of each what its rows about one ISO became. */
export async function filesLandedFor(isoId: string, since: number, most: number): Promise<readonly FileOfIso[]> {
  const landed = { receivedAt: { $gte: since }, state: 'APPLIED' } as const;
  const rows = await Files.find(landed, { only: OF_ISO, sort: { receivedAt: -1 }, limit: most });
  return rows.map((row) => ofIso(row, isoId));
}

/** Those that landed whose name begins so, the first name first, at most so many; of each what its rows about one ISO became. */
export async function filesBeginning(isoId: string, start: string, most: number): Promise<readonly FileOfIso[]> {
  const filter = { name: { $gte: start, $lt: `${start}~` }, state: 'APPLIED' } as const;
  const rows = await Files.find(filter, { only: OF_ISO, sort: { name: 1 }, limit: most });
  return rows.map((row) => ofIso(row, isoId));
}

type Told = Pick<FileOfIso, 'name' | 'receivedAt' | 'source' | 'againAt'> & {
  readonly ofIsos?: Readonly<Record<string, number>> | undefined;
  readonly again?: number | undefined;
};

function ofIso({ name, receivedAt, source, ofIsos = {}, again = 0, againAt }: Told, isoId: string): FileOfIso {
  const own = ROW_OUTCOMES.map((outcome) => [outcome, ofIsos[`${isoId}/${outcome}`] ?? 0] as const);
  return { name, receivedAt, source, outcomes: Object.fromEntries(own), again, againAt };
}

/** Notes for good that this content is to be landed although most of its rows are wrong; a lost race unless it is quarantined. */
export async function releaseFile(fileHash: string, at: number): Promise<void> {
  const { matchedCount } = await Files.update({ fileHash, state: 'QUARANTINED' }, { set: { released: at } });
  mustHaveMatched(matchedCount === 1 ? true : undefined);
}

/** Whether a file of review rows of that day (`YYYYMMDD`) has landed. */
export async function reviewsHaveLanded(day: string): Promise<boolean> {
  const start = `review_${day}`;
  // what follows the day is `.csv`, or `_` and a number: all of it comes before `~`
  const filter = { name: { $gte: start, $lt: `${start}~` }, state: 'APPLIED' } as const;
  return (await Files.findOne(filter, { only: ['fileHash'] })) !== undefined;
}

/** Compare-and-set on the state; a lost race otherwise. */
export async function moveFile(
  fileHash: string,
  from: IncomingFileState,
  to: IncomingFileState,
  found: { readonly why?: string; readonly rows?: number; readonly forgiven?: readonly string[] } = {},
): Promise<void> {
  const { matchedCount } = await Files.update({ fileHash, state: from }, { set: { ...found, state: to } });
  mustHaveMatched(matchedCount === 1 ? true : undefined);
}

/** What became of a row that names an ISO of ours. */
export interface IsoOutcome {
  readonly isoId: string;
  readonly outcome: RowOutcome;
}

/** Moves the checkpoint in the transaction that lands the rows, with what became of them; a lost race if another has moved it. */
export async function landBatch(
  fileHash: string,
  batch: { from: number; outcomes: readonly RowOutcome[]; ofIsos: readonly IsoOutcome[]; lines: string },
  tx: Transaction,
): Promise<void> {
  const { from, outcomes, ofIsos, lines } = batch;
  const inc: Partial<Record<'landed' | `outcomes.${RowOutcome}` | `ofIsos.${string}`, number>> = {
    landed: outcomes.length,
  };
  for (const { isoId, outcome } of ofIsos) {
    // what is no part of a path names no ISO of ours
    if (/[.$]/.test(isoId)) continue;
    const path = `ofIsos.${isoId}/${outcome}` as const;
    inc[path] = (inc[path] ?? 0) + 1;
  }
  for (const outcome of outcomes) inc[`outcomes.${outcome}`] = (inc[`outcomes.${outcome}`] ?? 0) + 1;
  await Files.updateWithOthers([{ filter: { fileHash, state: 'APPLYING', landed: from }, change: { inc } }], tx, {
    mustMeet: true,
  });
  await Results.addWithOthers([{ batch: `${fileHash}/${from}`, fileHash, from, lines }], tx);
}

/** The result lines of a file in its order, batch by batch. */
export async function* resultLines(fileHash: string): AsyncGenerator<string> {
  for (let from = -1; ; ) {
    const next = await Results.findOne({ fileHash, from: { $gt: from } }, { sort: { from: 1 } });
    if (next === undefined) return;
    yield next.lines;
    from = next.from;
  }
}

/** The result file has them now. */
export async function forgetResultLines(fileHash: string): Promise<void> {
  await Results.removeAll({ fileHash });
}

/** Forgets files that were landed or refused and received before this; the same content would be looked at again. */
export async function forgetFiles(before: number, most: number): Promise<number> {
  const past = { state: { $in: ['APPLIED', 'QUARANTINED'] as const }, receivedAt: { $lt: before } };
  const rows = await Files.find(past, { only: ['fileHash'], limit: most });
  return await Files.removeAll({ fileHash: { $in: rows.map(({ fileHash }) => fileHash) } });
}
