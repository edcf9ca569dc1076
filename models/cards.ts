import { model, Schema } from 'mongoose';
import type { ViewName } from '../cards/views.ts';
import type { Transaction } from './transaction.ts';
import { viewNamed } from './view-named.ts';

/** `working`: the one a person works on. `record`: keeps its content. `line`: one sentence, never changed. */
export type CardKind = 'working' | 'record' | 'line';

export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** A line in the viewer's language, by text key. */
export interface CardLine {
  readonly key: string;
  readonly args?: Readonly<Record<string, string | number>> | undefined;
}

/** A card is state, not a message (architecture 6): what it should show, and what is known of what it shows. */
export interface Card {
  readonly outTrackId: string;
  readonly kind: CardKind;
  readonly view: ViewName;
  readonly subject: Subject;
  /** The person it belongs to; the `openConversationId` of a group for a card that everybody in it sees. */
  readonly viewer: string;
  readonly inGroup: boolean;
  /** Stands on top of the card until the next step. */
  readonly line?: CardLine | undefined;
  /** Set once it is history: one line, no buttons. */
  readonly folded?: CardLine | undefined;
  /** The version it should show; raised by whatever changes it. */
  readonly wanted: number;
  /** What it is known to show; undefined while that is not known. */
  readonly shown?: Shown | undefined;
  /** Whether a form is open on it, so that somebody may be typing. */
  readonly formOpen: boolean;
  /** Whether DingTalk has it. */
  readonly delivered: boolean;
}

export interface Shown {
  readonly version: number;
  readonly hash: string;
}

/** A card as it is stored. */
interface CardRow extends Omit<Card, 'outTrackId' | 'view' | 'line' | 'folded' | 'shown'> {
  _id: string;
  /** As another version of the product may have named it. */
  view: string;
  line?: CardLine;
  folded?: CardLine;
  shown?: Shown;
  /** Whether it may show something else than wanted. */
  stale: boolean;
  /** No PUT before this, by `machine()`: a tap's answer may be under way. */
  quietUntil: number;
  /** Who sends a PUT at this moment. */
  putting?: { token: string; until: number };
  /** Taps whose answers are under way, each `until` then (`machine()`). */
  answering: { id: string; until: number }[];
  /** Counts everything that was sent to it, so that two things in flight are noticed. */
  flight: number;
}

const schema = new Schema<CardRow>(
  {
    _id: String,
    kind: String,
    view: String,
    subject: { kind: String, id: String },
    viewer: String,
    inGroup: Boolean,
    line: { type: Object },
    folded: { type: Object },
    wanted: Number,
    shown: { type: Object },
    formOpen: Boolean,
    delivered: Boolean,
    stale: Boolean,
    quietUntil: Number,
    putting: { type: Object },
    answering: { type: [Object] },
    flight: Number,
  } as never,
  { versionKey: false, minimize: false },
);
schema.index({ 'subject.id': 1, 'subject.kind': 1 });
schema.index({ viewer: 1 });
schema.index({ stale: 1, quietUntil: 1 });

/** For the files of `models` only. */
export const Cards = model<CardRow>('cards', schema);

export type NewCardState = Pick<Card, 'outTrackId' | 'kind' | 'view' | 'subject' | 'viewer' | 'line'> & {
  readonly inGroup?: true | undefined;
};

/** A card that is wanted and not delivered yet; its outbox row is added beside it. */
export async function addCard(card: NewCardState, tx: Transaction): Promise<void> {
  const { outTrackId, line, ...rest } = card;
  await Cards.create(
    [
      {
        _id: outTrackId,
        ...rest,
        inGroup: rest.inGroup ?? false,
        ...(line === undefined ? {} : { line }),
        wanted: 1,
        formOpen: false,
        delivered: false,
        stale: false,
        quietUntil: 0,
        answering: [],
        flight: 0,
      },
    ],
    { session: tx },
  );
}

export async function findCard(outTrackId: string, tx?: Transaction): Promise<Card | undefined> {
  const row = await Cards.findById(outTrackId)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toCard(row);
}

/** What a card should show from now on. */
export interface CardChange {
  readonly kind?: CardKind | undefined;
  readonly view?: ViewName | undefined;
  readonly subject?: Subject | undefined;
  /** `null` takes the line away. */
  readonly line?: CardLine | null | undefined;
  readonly folded?: CardLine | undefined;
}

export async function wantCard(outTrackId: string, change: CardChange, tx: Transaction): Promise<void> {
  await Cards.updateOne({ _id: outTrackId }, updateFor(change), { session: tx });
}

/** The update that makes a card want this, and may want more besides. */
export function updateFor({ line, ...rest }: CardChange) {
  return {
    $set: { ...rest, stale: true, ...(line === null || line === undefined ? {} : { line }) },
    $inc: { wanted: 1 },
    ...(line === null ? { $unset: { line: 1 as const } } : {}),
  };
}

/** Raises what is wanted on every live card of a subject, but never under somebody who may be typing. */
export async function touchCards(subject: Subject, tx: Transaction): Promise<void> {
  await touchCardsAbout(subject.kind, [subject.id], tx);
}

/** `touchCards` for everybody but one: what that person sees is being drawn otherwise. */
export async function touchCardsOfOthers({ kind, id }: Subject, viewer: string, tx: Transaction): Promise<void> {
  await Cards.updateMany(
    { 'subject.id': id, 'subject.kind': kind, viewer: { $ne: viewer }, formOpen: false, folded: { $exists: false } },
    { $set: { stale: true }, $inc: { wanted: 1 } },
    { session: tx },
  );
}

/** `touchCards` for many subjects of one kind. */
export async function touchCardsAbout(kind: string, ids: readonly string[], tx: Transaction): Promise<void> {
  if (ids.length === 0) return;
  await Cards.updateMany(
    { 'subject.id': { $in: [...ids] }, 'subject.kind': kind, formOpen: false, folded: { $exists: false } },
    { $set: { stale: true }, $inc: { wanted: 1 } },
    { session: tx },
  );
}

/** Raises what is wanted on every live card that a person sees. */
export async function touchCardsOf(viewer: string, tx: Transaction): Promise<void> {
  await Cards.updateMany(
    { viewer, kind: { $in: ['working', 'record'] }, formOpen: false, folded: { $exists: false } },
    { $set: { stale: true }, $inc: { wanted: 1 } },
    { session: tx },
  );
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
    const more = redrawAt === undefined ? {} : { stale: true, quietUntil: redrawAt };
    const known = { $set: { delivered: true, formOpen, shown, ...more } };
    const untouched = await Cards.updateOne({ _id: outTrackId, flight: 0 }, known, { session: tx });
    if (untouched.matchedCount === 1) {
      const behind = { _id: outTrackId, wanted: { $ne: shown.version } };
      await Cards.updateOne(behind, { $set: { stale: true } }, { session: tx });
      return;
    }
  }
  await Cards.updateOne(
    { _id: outTrackId },
    { $set: { delivered: true, stale: true }, $unset: { shown: 1 } },
    { session: tx },
  );
}

/** For the files of `models` only. */
export function toCard(row: CardRow): Card {
  return {
    outTrackId: row._id,
    kind: row.kind,
    view: viewNamed(row.view),
    subject: { kind: row.subject.kind, id: row.subject.id },
    viewer: row.viewer,
    inGroup: row.inGroup,
    line: row.line ?? undefined,
    folded: row.folded ?? undefined,
    wanted: row.wanted,
    shown: row.shown ?? undefined,
    formOpen: row.formOpen,
    delivered: row.delivered,
  };
}
