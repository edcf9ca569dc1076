import type { TextKey } from '../cards/text-key.ts';
import { APPEAL_MOVES, type AppealState, isOpenAppeal } from '../src/domain/appeal-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, mark, number, sealed, text } from './fields.ts';
import type { Changes } from './queries.ts';
import { textNamedOr } from './text-named.ts';
import { mustHaveMatched, orRefuse, type Transaction } from './transaction.ts';

const Appeals = collection('appeals', {
  id: 'appealId',
  fields: {
    version: number(),
    itemRef: text(),
    isoId: text(),
    userId: text(),
    againstRevision: number(),
    againstReasonCodes: list<string>(),
    /** In the person's own words, up to 500 characters; empty until it was written. */
    statement: sealed(),
    /** A statement that was refused, as typed, until one is taken. */
    typed: sealed().optional(),
    /** When it was said last, by DingTalk's clock, milliseconds: what was tapped before and comes later does not undo it. */
    saidAt: number().optional(),
    /** A statement that came after a later one, as typed. */
    overtaken: sealed().optional(),
    /** Up to five photos that help, in the order sent. */
    evidence: list<Evidence>(),
    /** The running number of the next photo that is sent. */
    nextPhoto: number(),
    /** What became of the last photo that was not taken: a text key, until the next step. */
    note: text<TextKey>().readBy(textNamedOr('note.photoUnreadable')).optional(),
    state: text<AppealState>(),
    startedAt: number(),
    filedAt: number().optional(),
    /** When its answer was given, milliseconds. */
    decidedAt: number().optional(),
    /** The reviewer's own words about it. */
    answer: sealed().optional(),
    /** BCP 47. */
    answerLanguage: text().optional(),
  },
  own: {
    /** As long as it is a draft or filed. */
    open: mark(),
    /** Once its answer was sent to the person. */
    told: mark(),
  },
  indexes: [
    // One open appeal per item and revision (domain A.11).
    [
      { itemRef: 1, againstRevision: 1 },
      { unique: true, partialFilterExpression: { open: true } },
    ],
    [{ itemRef: 1, startedAt: -1 }],
    [{ userId: 1, state: 1 }],
    [{ state: 1 }],
  ],
});

/** What a person says against a decision on one revision of an item; its answer comes as a row about the `appealId`. */
export interface Appeal extends RecordOf<typeof Appeals> {}

/** `sha256` is absent while the photo is still being checked. */
export interface Evidence {
  readonly photoId: string;
  readonly sha256?: string | undefined;
}

export type NewAppeal = Pick<
  Appeal,
  'appealId' | 'itemRef' | 'isoId' | 'userId' | 'againstRevision' | 'againstReasonCodes' | 'startedAt'
>;

/** Begins an appeal; `subject.lostRace` when one is open against this revision. */
export async function addAppeal(appeal: NewAppeal, tx: Transaction): Promise<void> {
  const state: FirstOf<typeof APPEAL_MOVES> = 'DRAFT';
  const begun = { version: 1, state, open: true, evidence: [], nextPhoto: 1, statement: '' } as const;
  await orRefuse(Appeals.add({ ...appeal, ...begun }, { tx }), 'subject.lostRace');
}

export async function findAppeal(appealId: string, tx?: Transaction): Promise<Appeal | undefined> {
  return await Appeals.get(appealId, { tx });
}

export async function findAppeals(appealIds: readonly string[], tx?: Transaction): Promise<readonly Appeal[]> {
  if (appealIds.length === 0) return [];
  return await Appeals.find({ appealId: { $in: appealIds } }, { tx });
}

/** Those that are being written or are filed against any of these items. */
export async function openAppealsAgainst(itemRefs: readonly string[], tx: Transaction): Promise<readonly Appeal[]> {
  if (itemRefs.length === 0) return [];
  return await Appeals.find({ itemRef: { $in: itemRefs }, open: true }, { tx });
}

/** An item's newest appeal, whatever became of it. */
export async function latestAppealOf(itemRef: string, tx?: Transaction): Promise<Appeal | undefined> {
  return await Appeals.findOne({ itemRef }, { sort: { startedAt: -1 }, tx });
}

/** A person's appeals that were answered and of whose answer they have not been told. */
export async function answersToTell(userId: string, tx: Transaction): Promise<readonly Appeal[]> {
  return await Appeals.find(
    { userId, state: { $in: ['ACCEPTED', 'DENIED'] }, told: { $exists: false } },
    { sort: { decidedAt: 1 }, tx },
  );
}

/** Appeals that were begun and not sent: a person's, or everybody's. */
export async function unsentAppeals(userId: string | undefined, tx?: Transaction): Promise<readonly Appeal[]> {
  const drafts = { state: 'DRAFT' } as const;
  return await Appeals.find(userId === undefined ? drafts : { ...drafts, userId }, { tx });
}

/** What may change about an appeal; an empty `typed` removes it, and so does `null` a `note`. */
export type AppealChange = Changes<
  Omit<Appeal, keyof NewAppeal | 'version' | 'note'> & { told: true; note: TextKey | null }
>;

/** Compare-and-set on the version at which the appeal was read; a lost race otherwise. No state that cannot follow. */
export async function changeAppeal(
  { appealId, version, state }: Pick<Appeal, 'appealId' | 'version' | 'state'>,
  { typed, ...plain }: AppealChange,
  tx: Transaction,
): Promise<Appeal> {
  checkMove(APPEAL_MOVES, { what: 'appeal', id: appealId, from: state, to: plain.state });
  const isOver = plain.state !== undefined && !isOpenAppeal(plain.state);
  const set = {
    ...plain,
    open: isOver ? null : undefined,
    typed: typed === '' ? null : typed,
  };
  return mustHaveMatched(await Appeals.change({ appealId, version }, { set, inc: { version: 1 } }, { tx }));
}

/** A page of the appeals that are over and were begun before this, the oldest first. */
export async function pastAppeals(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly Appeal[]> {
  const filter = { state: { $in: OVER }, startedAt: { $lt: before } };
  return await Appeals.find(filter, { sort: { startedAt: 1, appealId: 1 }, skip, limit });
}

const OVER: readonly AppealState[] = ['ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED'];

export async function forgetAppeals(appealIds: readonly string[]): Promise<number> {
  return await Appeals.removeAll({ appealId: { $in: appealIds }, state: { $in: OVER } });
}
