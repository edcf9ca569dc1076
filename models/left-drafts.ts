import { Drafts, type StoredDraft, type Told, toDrafts } from './drafts.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const NOTICE = ['draftId', 'version', 'ownerId', 'isoId', 'updatedAt', 'noticeAt'] as const;

/** A draft of which somebody is told that it is half done, as far as that tells when. */
export interface LeftDraft extends Pick<StoredDraft, (typeof NOTICE)[number]> {}

/** The draft of an ISO of which somebody is to be told first. */
export async function firstLeftDraft(isoId: string): Promise<LeftDraft | undefined> {
  const filter = { isoId, state: 'OPEN', noticeAt: { $exists: true } } as const;
  const [first] = await Drafts.find(filter, { only: NOTICE, sort: { noticeAt: 1 }, limit: 1 });
  return first;
}

/** The open drafts of an ISO of which somebody is to be told by then, milliseconds, the longest due first. */
export async function leftDrafts(isoId: string, upTo: number, limit: number): Promise<readonly LeftDraft[]> {
  const noticeAt = { $exists: true, $lte: upTo };
  return await Drafts.find({ isoId, state: 'OPEN', noticeAt }, { only: NOTICE, sort: { noticeAt: 1 }, limit });
}

/** The open drafts in a person's hands of which they are to be told sooner or later. */
export async function leftDraftsOf(ownerId: string, tx?: Reads): Promise<readonly LeftDraft[]> {
  const filter = { ownerId, state: 'OPEN', noticeAt: { $exists: true } } as const;
  return await Drafts.find(filter, { only: NOTICE, sort: { noticeAt: 1 }, tx });
}

/** Those of a person's open drafts. */
export async function openDraftsAmong(
  draftIds: readonly string[],
  ownerId: string,
  tx?: Reads,
): Promise<readonly StoredDraft[]> {
  if (draftIds.length === 0) return [];
  const found = await toDrafts(await Drafts.find({ draftId: { $in: draftIds } }, { tx }), tx);
  return found.filter((draft) => draft.ownerId === ownerId && draft.state === 'OPEN');
}

/** When somebody is told of it next, and that they were told now. No step: whatever shows the draft stays as it was drawn. */
export async function noteNotice(
  { draftId, version }: Pick<StoredDraft, 'draftId' | 'version'>,
  set: { readonly noticeAt: number | null; readonly told?: Told | undefined },
  tx: Transaction,
): Promise<void> {
  const { matchedCount } = await Drafts.update({ draftId, version }, { set }, { tx });
  mustHaveMatched(matchedCount === 1 ? true : undefined);
}
