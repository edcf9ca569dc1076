import type { TextKey } from '../cards/text-key.ts';
import { APPEAL_MOVES, type AppealState, isOpenAppeal } from '../src/domain/appeal-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, mark, number, sealed, text } from './fields.ts';
import { type Item, Items, toItem } from './item-rows.ts';
import { OWNERSHIP, ownerOf, WRITTEN_BEFORE } from './owners.ts';
import { FIRST_VERSION } from './programme-in-use.ts';
import type { Changes } from './queries.ts';
import { readAll } from './read-together.ts';
import type { Reads } from './single-write.ts';
import { textNamedOr } from './text-named.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** For the files of `models` only. */
export const Appeals = collection('appeals', {
  id: 'appealId',
  fields: {
    version: number(),
    itemRef: text(),
    isoId: text(),
    /** Its author: who began it. */
    userId: text(),
    ...OWNERSHIP,
    /** When it was given on last, by DingTalk's clock, milliseconds. */
    givenAt: number().optional(),
    againstRevision: number(),
    againstReasonCodes: list<string>(),
    /** The version of the programme by which those reasons are read; absent where a release before this one wrote it. */
    programme: number().optional(),
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
    [{ ownerId: 1, state: 1, programme: 1, filedAt: 1 }],
    [{ state: 1, startedAt: 1, appealId: 1 }],
    [{ isoId: 1, state: 1, programme: 1, filedAt: 1 }],
  ],
});

/** What a person says against a decision on one revision of an item; its answer comes as a row about the `appealId`. */
export interface Appeal extends Omit<RecordOf<typeof Appeals>, 'programme'> {
  readonly programme: number;
}

/** `sha256` is absent while the photo is still being checked. */
export interface Evidence {
  readonly photoId: string;
  readonly sha256?: string | undefined;
}

export type NewAppeal = Pick<
  Appeal,
  'appealId' | 'itemRef' | 'isoId' | 'userId' | 'againstRevision' | 'againstReasonCodes' | 'programme' | 'startedAt'
>;

/** Begins an appeal; `subject.lostRace` when one is open against this revision. */
export async function addAppeal(appeal: NewAppeal, tx: Transaction): Promise<void> {
  const state: FirstOf<typeof APPEAL_MOVES> = 'DRAFT';
  const begun = { version: 1, state, open: true, evidence: [], nextPhoto: 1, statement: '' } as const;
  await Appeals.addWithOthers([{ ...appeal, ownerId: appeal.userId, ...begun }], tx, 'subject.lostRace');
}

export async function findAppeal(appealId: string, tx?: Reads): Promise<Appeal | undefined> {
  const row = await Appeals.get(appealId, { tx });
  return row && toAppeal(row);
}

export async function findAppeals(appealIds: readonly string[], tx?: Reads): Promise<readonly Appeal[]> {
  if (appealIds.length === 0) return [];
  return (await Appeals.find({ appealId: { $in: appealIds } }, { tx })).map(toAppeal);
}

/** The items that these are against, by `appealId`. */
export async function itemsAppealed(appealIds: readonly string[]): Promise<ReadonlyMap<string, Item>> {
  const against = { of: Items, by: 'itemRef', at: 'itemRef' } as const;
  const found = await Appeals.findWith({ appealId: { $in: appealIds } }, against, { only: ['appealId'] });
  return new Map(found.flatMap(({ record, joined: [item] }) => (item ? [[record.appealId, toItem(item)]] : [])));
}

/** Those that are being written or are filed against any of these items. */
export async function openAppealsAgainst(itemRefs: readonly string[], tx?: Reads): Promise<readonly Appeal[]> {
  if (itemRefs.length === 0) return [];
  return (await Appeals.find({ itemRef: { $in: itemRefs }, open: true }, { tx })).map(toAppeal);
}

/** Those of this person's that are being written or are filed. */
export async function openAppealsOf(ownerId: string, tx?: Reads): Promise<readonly Appeal[]> {
  const open = { state: { $in: ['DRAFT', 'FILED'] } } as const;
  const [known, before] = await readAll(
    () => Appeals.find({ ...open, ownerId }, { tx }),
    () => Appeals.find({ ...WRITTEN_BEFORE, ...open, userId: ownerId }, { tx }),
  );
  return [...known, ...before].map(toAppeal);
}

/** An item's newest appeal, whatever became of it. */
export async function latestAppealOf(itemRef: string, tx?: Reads): Promise<Appeal | undefined> {
  const row = await Appeals.findOne({ itemRef }, { sort: { startedAt: -1 }, tx });
  return row && toAppeal(row);
}

/** Every appeal that was ever begun against any of these items, by id. */
export async function appealsEverAgainst(itemRefs: readonly string[], tx?: Reads): Promise<readonly string[]> {
  if (itemRefs.length === 0) return [];
  const rows = await Appeals.find({ itemRef: { $in: itemRefs } }, { only: ['appealId'], sort: { startedAt: 1 }, tx });
  return rows.map(({ appealId }) => appealId);
}

/** The appeals in a person's hands that were answered and of whose answer nobody has been told. */
export async function answersToTell(ownerId: string, tx: Transaction): Promise<readonly Appeal[]> {
  const untold = { state: { $in: ['ACCEPTED', 'DENIED'] }, told: { $exists: false } } as const;
  const known = await Appeals.find({ ...untold, ownerId }, { tx });
  const before = await Appeals.find({ ...WRITTEN_BEFORE, ...untold, userId: ownerId }, { tx });
  return [...known, ...before].map(toAppeal).sort((one, other) => (one.decidedAt ?? 0) - (other.decidedAt ?? 0));
}

/** The appeals of an ISO that were sent and wait for their answer. */
export async function appealsFiled(isoId: string): Promise<readonly Appeal[]> {
  return (await Appeals.find({ isoId, state: 'FILED' })).map(toAppeal);
}

/** Appeals that were begun and not sent: those in a person's hands, with which their items are read, or everybody's. */
export async function unsentAppeals(ownerId: string | undefined, tx?: Reads): Promise<readonly Appeal[]> {
  const [unsent, against] = [{ state: 'DRAFT' }, { of: Items, by: 'itemRef', at: 'itemRef' }] as const;
  if (ownerId === undefined) return (await Appeals.find(unsent, { tx })).map(toAppeal);
  const [known, before] = await readAll(
    () => Appeals.findWith({ ...unsent, ownerId }, against, { tx }),
    () => Appeals.findWith({ ...WRITTEN_BEFORE, ...unsent, userId: ownerId }, against, { tx }),
  );
  return [...known, ...before].map(({ record }) => toAppeal(record));
}

/** The items of those that are begun in a person's hands and not sent: what an appeal is against is read with it. */
export async function itemsBeingAppealed(ownerId: string, tx?: Reads): Promise<readonly Item[]> {
  const [unsent, against] = [{ state: 'DRAFT' }, { of: Items, by: 'itemRef', at: 'itemRef' }] as const;
  const [known, before] = await readAll(
    () => Appeals.findWith({ ...unsent, ownerId }, against, { only: ['itemRef'], tx }),
    () => Appeals.findWith({ ...WRITTEN_BEFORE, ...unsent, userId: ownerId }, against, { only: ['itemRef'], tx }),
  );
  return [...known, ...before].flatMap(({ joined }) => joined).map(toItem);
}

function toAppeal(row: RecordOf<typeof Appeals>): Appeal {
  return { ...row, programme: row.programme ?? FIRST_VERSION, ownerId: ownerOf(row, row.userId) };
}

/** What may change about an appeal; `null` removes. */
export type AppealChange = Changes<
  Omit<Appeal, keyof NewAppeal | 'version' | 'ownerId'> & { ownerId: string | undefined; told: true }
>;

/** Compare-and-set on the version at which the appeal was read; a lost race otherwise. No state that cannot follow. */
export async function changeAppeal(
  { appealId, version, state }: Pick<Appeal, 'appealId' | 'version' | 'state'>,
  plain: AppealChange,
  tx: Transaction,
): Promise<Appeal> {
  checkMove(APPEAL_MOVES, { what: 'appeal', id: appealId, from: state, to: plain.state });
  const isOver = plain.state !== undefined && !isOpenAppeal(plain.state);
  const set = { ...plain, open: isOver ? null : undefined };
  return toAppeal(mustHaveMatched(await Appeals.change({ appealId, version }, { set, inc: { version: 1 } }, { tx })));
}

/** A page of the appeals that are over and were begun before this, the oldest first. */
export async function pastAppeals(
  before: number,
  { skip, limit }: { readonly skip: number; readonly limit: number },
): Promise<readonly Appeal[]> {
  const filter = { state: { $in: OVER }, startedAt: { $lt: before } };
  return (await Appeals.find(filter, { sort: { startedAt: 1, appealId: 1 }, skip, limit })).map(toAppeal);
}

const OVER: readonly AppealState[] = ['ACCEPTED', 'DENIED', 'WITHDRAWN', 'EXPIRED'];

export async function forgetAppeals(appealIds: readonly string[]): Promise<number> {
  return await Appeals.removeAll({ appealId: { $in: appealIds }, state: { $in: OVER } });
}
