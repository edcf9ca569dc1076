import { collection, type RecordOf } from './collection.ts';
import { flag, list, number, sealedValue, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

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
  },
  indexes: [[{ handedOver: 1, submittedAt: 1 }]],
});

/** One submitted revision of one item: written once, handed over once, never changed (domain A.12-5). */
export interface Submission extends RecordOf<typeof Submissions> {}

export async function addSubmissions(
  submissions: readonly (Submission & { readonly programme: number })[],
  tx: Transaction,
): Promise<void> {
  await Submissions.addAll(
    submissions.map((submission) => ({ ...submission, handedOver: false })),
    { tx },
  );
}

/** What is not known to stand in an outgoing file yet, oldest first. */
export async function submissionsToHandOver(limit: number): Promise<readonly Submission[]> {
  return await Submissions.find({ handedOver: false }, { sort: { submittedAt: 1, submissionKey: 1 }, limit });
}

/** When these revisions were submitted, milliseconds, by key. */
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
