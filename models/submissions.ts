import { submittedEvent } from '../src/domain/webhook-event.ts';
import { collection, type RecordOf } from './collection.ts';
import { flag, list, number, sealedValue, text } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';
import { addWebhookEvents } from './webhook-events.ts';

const Submissions = collection('submissions', {
  /** `itemRef#revision`. */
  id: 'submissionKey',
  fields: {
    isoId: text(),
    submittedAt: number(),
    /** The version of the programme under which it was made; absent where a release before this one wrote it. */
    programme: number().optional(),
    /** The edition of the policy that it was agreed under; absent where a release before this one wrote it, or nobody deployed anything. */
    policy: number().optional(),
    /** The line of the outgoing file, as its writer defines it. */
    line: sealedValue<Readonly<Record<string, unknown>>>(),
    /** The photos that go with it, by content hash. */
    photoHashes: list<string>(),
  },
  own: {
    /** The outgoing file it stands in; absent until it was written there. */
    file: text().optional(),
    handedOver: flag(),
    /** The outgoing folder that it is for, by its name, and since when, by `machine()`; absent until somebody sets out to write it. */
    folder: text().optional(),
    folderSince: number().optional(),
  },
  indexes: [[{ handedOver: 1, submittedAt: 1, submissionKey: 1 }]],
});

/** One submitted revision of one item: written once, handed over once, never changed (domain A.12-5). */
export interface Submission extends RecordOf<typeof Submissions> {}

/** With what a receiver of webhooks is told of them. */
export async function addSubmissions(
  submissions: readonly (Submission & { readonly programme: number })[],
  tx: Transaction,
): Promise<void> {
  await Submissions.addWithOthers(
    submissions.map((submission) => ({ ...submission, handedOver: false })),
    tx,
  );
  await addWebhookEvents(() => submissions.map(submittedEvent), tx);
}

const OLDEST_FIRST = { submittedAt: 1, submissionKey: 1 } as const;

/**
 * What is for this outgoing folder to hold, and not known to stand in it yet, oldest first: also what no folder was to hold. From now on
 * no other one writes that, whoever thinks that it is their turn: each process has a folder of its own, and knows only what stands there.
 */
export async function submissionsToHandOver(
  folder: string,
  { limit, machine }: { readonly limit: number; readonly machine: number },
): Promise<readonly Submission[]> {
  const free = { handedOver: false, folder: { $exists: false } } as const;
  const found = await Submissions.find(free, { only: ['submissionKey'], sort: OLDEST_FIRST, limit });
  const submissionKey = { $in: found.map((row) => row.submissionKey) };
  if (found.length > 0)
    await Submissions.updateAll({ ...free, submissionKey }, { set: { folder, folderSince: machine } });
  return await Submissions.find({ handedOver: false, folder }, { sort: OLDEST_FIRST, limit });
}

/** What folders were to hold since before this (by `machine()`) is for whichever is written next: theirs are gone. */
export async function freeFolders(before = Number.MAX_SAFE_INTEGER): Promise<void> {
  const waiting = { handedOver: false, folderSince: { $lt: before } } as const;
  await Submissions.updateAll(waiting, { set: { folder: null, folderSince: null } });
}

/** When a revision was submitted, milliseconds; undefined for one that is not there. */
export async function submissionTime(submissionKey: string, tx?: Reads): Promise<number | undefined> {
  return (await Submissions.get(submissionKey, { only: ['submittedAt'], tx }))?.submittedAt;
}

/** The same of several, by key. */
export async function submissionTimes(submissionKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const only = ['submissionKey', 'submittedAt'] as const;
  const rows = await Submissions.find({ submissionKey: { $in: submissionKeys } }, { only });
  return new Map(rows.map(({ submissionKey, submittedAt }) => [submissionKey, submittedAt]));
}

export async function markHandedOver(submissionKeys: readonly string[], file: string): Promise<void> {
  await Submissions.updateAll({ submissionKey: { $in: submissionKeys } }, { set: { handedOver: true, file } });
}

export async function submissionsLeft(): Promise<number> {
  return await Submissions.count({ handedOver: false });
}

/** A page of the revisions that were handed over and submitted before this, the oldest first. */
export async function pastSubmissions(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const filter = { handedOver: true, submittedAt: { $lt: before } };
  const order = { submittedAt: 1, submissionKey: 1 } as const;
  const rows = await Submissions.find(filter, { only: ['submissionKey'], sort: order, skip, limit });
  return rows.map(({ submissionKey }) => submissionKey);
}

export async function forgetSubmissions(submissionKeys: readonly string[]): Promise<number> {
  return await Submissions.removeAll({ submissionKey: { $in: submissionKeys }, handedOver: true });
}
