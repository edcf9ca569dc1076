import type { TextKey } from '../cards/text-key.ts';
import type { ViewName } from '../cards/views.ts';
import type { AwaitedCall } from '../src/platform/platform.ts';
import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { collection, type RecordOf } from './collection.ts';
import { flag, list, mark, number, text, value } from './fields.ts';
import type { Reads } from './single-write.ts';
import { subjectNamed } from './subject-named.ts';
import { lineNamedOr } from './text-named.ts';
import type { Transaction } from './transaction.ts';
import { viewNamed } from './view-named.ts';

/** `working`: the one a person works on. `record`: keeps its content. `line`: one sentence, never changed. */
export type CardKind = 'working' | 'record' | 'line';

/** A line in the viewer's language, by text key. */
export interface CardLine {
  readonly key: TextKey;
  readonly args?: Readonly<Record<string, string | number>> | undefined;
}

export interface Shown {
  readonly version: number;
  readonly hash: string;
  /** Absent where nobody's work in a shop is asked for, so that no name of a person is kept. */
  readonly asked?: Asked | undefined;
}

/** What a card asked for, as it was read: `Step 2 of 4 · Cashier 1`, and whose shop that is. */
export interface Asked {
  readonly title: string;
  readonly about?: string | undefined;
}

/** For the files of `models` only. */
export const Cards = collection('cards', {
  id: 'outTrackId',
  fields: {
    kind: text<CardKind>(),
    view: text<ViewName>().readBy(viewNamed),
    subject: value<Subject>().readBy(subjectNamed),
    /** The person it belongs to; the `openConversationId` of a group for a card that everybody in it sees. */
    viewer: text(),
    inGroup: flag(),
    /** Stands on top of the card until the next step. */
    line: value<CardLine>().readBy(lineNamedOr('notice.oldCard')).optional(),
    /** Set once it is history: one line, no buttons. */
    folded: value<CardLine>().readBy(lineNamedOr('folded.continued')).optional(),
    /** The version it should show; raised by whatever changes it. */
    wanted: number(),
    /** What it is known to show; undefined while that is not known. */
    shown: value<Pick<Shown, 'version' | 'hash'>>().optional(),
    /** What it asked for when it was last known what it shows: history says it. */
    asked: value<Asked>().optional(),
    /** Whether a form is open on it, so that somebody may be typing. */
    formOpen: flag(),
    /** How many of its forms were answered: the next one has field names of its own. Absent for none. */
    round: number().optional(),
    /** Whether DingTalk has it. */
    delivered: flag(),
    /** DingTalk may have it: that it was made was never answered, and it is not wanted any more. */
    maybeMade: mark(),
  },
  own: {
    /** When it was made, became a record, or was folded, by `clock.now()`. Absent where a release before this one wrote it. */
    at: number().optional(),
    /** Whether it may show something else than wanted. */
    stale: flag(),
    /** No PUT before this, by `machine()`: a tap's answer may be under way. */
    quietUntil: number(),
    /** Stands there while it waits after a PUT that failed, or for a picture: for that call to work, or for its own time. */
    waitsFor: text<AwaitedCall | 'itself'>().optional(),
    /** PUTs that failed in a row while others got through. Absent: none. */
    failures: number().optional(),
    /** DingTalk does not take the PUT, and calls that `answered`; since when, by `clock.now()`. */
    refused: value<{
      readonly error: string;
      readonly answered?: string | undefined;
      readonly at: number;
    }>().optional(),
    /** Who sends a PUT at this moment. */
    putting: value<{ readonly token: string; readonly until: number }>().optional(),
    /** The viewer was there meanwhile: should it fail, it may be sent at once. */
    hurried: mark(),
    /** Taps whose answers are under way, each `until` then (`machine()`). */
    answering: list<{ readonly id: string; readonly until: number }>(),
    /** The last taps that were applied to it, by `messageId`: one that is pushed again changes nothing. Absent for none. */
    tapped: list<string>().optional(),
    /** Counts everything that was sent to it, so that two things in flight are noticed. */
    flight: number(),
  },
  indexes: [
    [{ 'subject.id': 1, 'subject.kind': 1 }],
    [{ viewer: 1, at: -1 }],
    [{ stale: 1, quietUntil: 1 }],
    [{ kind: 1, at: 1, outTrackId: 1 }],
    [{ waitsFor: 1, quietUntil: 1 }, { partialFilterExpression: { waitsFor: { $exists: true } } }],
    [{ viewer: 1, quietUntil: 1 }, { partialFilterExpression: { waitsFor: { $exists: true } } }],
    [{ 'refused.at': 1 }, { partialFilterExpression: { 'refused.at': { $exists: true } } }],
  ],
});

/** A card is state, not a message (architecture 6): what it should show, and what is known of what it shows. */
export interface Card extends RecordOf<typeof Cards> {}

export type NewCardState = Pick<Card, 'outTrackId' | 'kind' | 'view' | 'subject' | 'viewer' | 'line'> & {
  readonly inGroup?: true | undefined;
  /** By `clock.now()`. */
  readonly at: number;
};

/** A card that is wanted and not delivered yet; its outbox row is added beside it. */
export async function addCard(card: NewCardState, tx: Transaction): Promise<void> {
  await Cards.addWithOthers([{ ...card, ...asNew(card) }], tx);
}

/** The same, where it may have been wanted before. */
export async function addCardUnlessThere({ outTrackId, ...card }: NewCardState, tx: Transaction): Promise<void> {
  const setOnInsert = { ...card, ...asNew(card) };
  await Cards.updateWithOthers([{ filter: { outTrackId }, change: { setOnInsert }, upsert: true }], tx);
}

function asNew({ inGroup }: Pick<NewCardState, 'inGroup'>) {
  const asked = { wanted: 1, formOpen: false, delivered: false };
  return { inGroup: inGroup ?? false, ...asked, stale: false, quietUntil: 0, answering: [], flight: 0 };
}

export async function findCard(outTrackId: string, tx?: Reads): Promise<Card | undefined> {
  return await Cards.get(outTrackId, { tx });
}

/** Whether a card that is not known to be delivered was tapped, so that it is in a chat: a tap's answer is all that can have been sent to it. */
export async function wasTapped(outTrackId: string): Promise<boolean> {
  const card = await Cards.get(outTrackId, { only: ['flight'] });
  return card !== undefined && card.flight > 0;
}

/** What a card should show from now on. */
export interface CardChange {
  readonly kind?: CardKind | undefined;
  readonly view?: ViewName | undefined;
  readonly subject?: Subject | undefined;
  /** `null` takes the line away. */
  readonly line?: CardLine | null | undefined;
  readonly folded?: CardLine | undefined;
  /** When it became a record or was folded, by `clock.now()`. */
  readonly at?: number | undefined;
}

export async function wantCard(outTrackId: string, change: CardChange, tx: Transaction): Promise<void> {
  await Cards.updateWithOthers([{ filter: { outTrackId }, change: updateFor(change) }], tx);
}

/** Folds a card that DingTalk may have, since nothing told whether it arrived: one PUT says so where it did. */
async function foldMaybeMade(outTrackId: string, change: CardChange, tx: Transaction): Promise<void> {
  const { set, inc } = updateFor(change);
  const maybe = { set: { ...set, delivered: true, maybeMade: true, shown: null }, inc } as const;
  await Cards.updateWithOthers([{ filter: { outTrackId }, change: maybe }], tx);
}

/** It is not wanted any more, and DingTalk may have it: one PUT draws it as it is now where it is there. */
export async function cardMayBeMade(outTrackId: string, tx: Transaction): Promise<void> {
  const made = { delivered: true, maybeMade: true, stale: true, shown: null } as const;
  await Cards.updateWithOthers([{ filter: { outTrackId, delivered: false }, change: { set: made } }], tx);
}

/** A card that is left behind for another, and whether DingTalk is known to have it. */
export interface LeftBehind {
  readonly outTrackId: string;
  readonly line: CardLine;
  readonly isThere: boolean;
}

/** Folds what is left behind, at `at` by `clock.now()`. */
export async function foldLeftBehind(left: readonly LeftBehind[], at: number, tx: Transaction): Promise<void> {
  for (const { outTrackId, line, isThere } of left) {
    const folded = { folded: line, at } as const;
    await (isThere ? wantCard(outTrackId, folded, tx) : foldMaybeMade(outTrackId, folded, tx));
  }
}

/** What a card shows is not known any more: one PUT makes sure. */
export async function doubtShown(outTrackId: string, tx: Transaction): Promise<void> {
  const change = { set: { stale: true, shown: null } };
  await Cards.updateWithOthers([{ filter: { outTrackId, delivered: true }, change }], tx);
}

/** The update that makes a card want this, and may want more besides. */
export function updateFor(change: CardChange) {
  return { set: { ...change, stale: true }, inc: { wanted: 1 } };
}

/** What is set once it is known what a card shows. */
export function nowShows({ version, hash, asked }: Shown) {
  return { shown: { version, hash }, asked: asked ?? null };
}

const ANEW = { set: { stale: true }, inc: { wanted: 1 } };

/** Whose live cards are to be drawn anew. */
export interface Touched {
  readonly subjects?: readonly Subject[] | undefined;
  /** Of these the cards of everybody but one: what that person sees is being drawn otherwise. */
  readonly ofOthers?: { readonly subjects: readonly Subject[]; readonly but: string } | undefined;
  /** Every card that these people see. */
  readonly viewers?: readonly string[] | undefined;
}

/** Raises what is wanted on every live card of what is touched, but never under somebody who may be typing; one command. */
export async function touchAll({ subjects = [], ofOthers, viewers = [] }: Touched, tx: Transaction): Promise<void> {
  const filters = [
    ...subjects.map(({ kind, id }) => ({ 'subject.id': id, 'subject.kind': kind })),
    ...(ofOthers?.subjects ?? []).map(({ kind, id }) => {
      return { 'subject.id': id, 'subject.kind': kind, viewer: { $ne: ofOthers?.but ?? '' } };
    }),
    ...viewers.map((viewer) => ({ viewer, kind: { $in: ['working', 'record'] as const } })),
  ];
  const live = { formOpen: false, folded: { $exists: false } } as const;
  const updates = filters.map((filter) => ({ filter: { ...filter, ...live }, change: ANEW }));
  await Cards.updateWithOthers(updates, tx, { all: true });
}

/** `touchAll` of one subject. */
export async function touchCards(subject: Subject, tx: Transaction): Promise<void> {
  await touchAll({ subjects: [subject] }, tx);
}

/** From now on the cards about this are about something else of its kind, and go on showing what they show. */
export async function partFrom({ kind, id }: Subject, other: string, tx: Transaction): Promise<void> {
  const about = { 'subject.id': id, 'subject.kind': kind };
  await Cards.updateWithOthers([{ filter: about, change: { set: { subject: { kind, id: other } } } }], tx, {
    all: true,
  });
}

/** `touchCards` for many subjects of one kind. */
export async function touchCardsAbout(kind: SubjectKind, ids: readonly string[], tx: Transaction): Promise<void> {
  if (ids.length === 0) return;
  const about = { 'subject.id': { $in: ids }, 'subject.kind': kind, formOpen: false, folded: { $exists: false } };
  await Cards.updateWithOthers([{ filter: about, change: ANEW }], tx, { all: true });
}

/**
 * DingTalk has the card now. `shown` is undefined when an earlier call had brought it there. A tap that was faster than this
 * note has changed the card since, so that what it shows is not known. `redrawAt` (by `machine()`) when something was left
 * out of it that is to come.
 */
export async function cardWasDelivered(
  outTrackId: string,
  shown: Shown | undefined,
  formOpen: boolean,
  tx: Transaction,
  redrawAt?: number,
): Promise<void> {
  if (shown !== undefined) {
    const stale = redrawAt === undefined ? undefined : true;
    const waitsFor = redrawAt === undefined ? undefined : 'uploadImage';
    const known = {
      set: { delivered: true, formOpen, ...nowShows(shown), stale, quietUntil: redrawAt, waitsFor },
    } as const;
    const untouched = await Cards.update({ outTrackId, flight: 0 }, known, { tx });
    if (untouched.matchedCount === 1) {
      const behind = { outTrackId, wanted: { $ne: shown.version } };
      await Cards.update(behind, { set: { stale: true } }, { tx });
      return;
    }
  }
  await Cards.update({ outTrackId }, { set: { delivered: true, stale: true, shown: null } }, { tx });
}
