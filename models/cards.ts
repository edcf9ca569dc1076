import { model, Schema } from 'mongoose';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** `working`: the one a person works on. `record`: keeps its content. `line`: one sentence, never changed. */
export type CardKind = 'working' | 'record' | 'line';

export interface Subject {
  readonly kind: string;
  readonly id: string;
}

/** A line in the viewer's language, by text key. */
export interface CardLine {
  readonly key: string;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** A card is state, not a message (design 6): what it should show, and what is known of what it shows. */
export interface Card {
  readonly outTrackId: string;
  readonly kind: CardKind;
  readonly view: string;
  readonly subject: Subject;
  /** The person it belongs to. */
  readonly viewer: string;
  /** Stands on top of the card until the next step. */
  readonly line: CardLine | undefined;
  /** Set once it is history: one line, no buttons. */
  readonly folded: CardLine | undefined;
  /** The version it should show; raised by whatever changes it. */
  readonly wanted: number;
  /** What it is known to show; undefined while that is not known. */
  readonly shown: Shown | undefined;
  /** Whether a form is open on it, so that somebody may be typing. */
  readonly formOpen: boolean;
  /** Whether DingTalk has it. */
  readonly delivered: boolean;
}

export interface Shown {
  readonly version: number;
  readonly hash: string;
}

interface CardRow extends Omit<Card, 'outTrackId' | 'line' | 'folded' | 'shown'> {
  _id: string;
  line?: CardLine;
  folded?: CardLine;
  shown?: Shown;
  /** Whether it may show something else than wanted. */
  stale: boolean;
  /** No PUT before this, by `machine()`: a tap's answer may be under way. */
  quietUntil: number;
  /** Who sends a PUT at this moment. */
  putting?: { token: string; until: number };
  /** Taps whose answers are under way: receipt times by `machine()`. */
  answering: { id: string; at: number }[];
  /** Counts everything that was sent to it, so that two things in flight are noticed. */
  flight: number;
}

/** How long a tap's answer is taken to be under way. */
export const QUIET_MS = 3_000;
const PUT_LEASE_MS = 15_000;
const AFTER = { returnDocument: 'after' } as const;

const schema = new Schema<CardRow>(
  {
    _id: String,
    kind: String,
    view: String,
    subject: { kind: String, id: String },
    viewer: String,
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

const Cards = model<CardRow>('cards', schema);

export type NewCardState = Pick<Card, 'outTrackId' | 'kind' | 'view' | 'subject' | 'viewer' | 'line'>;

/** A card that is wanted and not delivered yet; its outbox row is added beside it. */
export async function addCard(card: NewCardState, tx: Transaction): Promise<void> {
  const { outTrackId, line, ...rest } = card;
  await Cards.create(
    [
      {
        _id: outTrackId,
        ...rest,
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
  readonly kind?: CardKind;
  readonly view?: string;
  readonly subject?: Subject;
  /** `null` takes the line away. */
  readonly line?: CardLine | null;
  readonly folded?: CardLine;
}

export async function wantCard(outTrackId: string, change: CardChange, tx: Transaction): Promise<void> {
  await Cards.updateOne({ _id: outTrackId }, updateFor(change), { session: tx });
}

function updateFor({ line, ...rest }: CardChange) {
  return {
    $set: { ...rest, stale: true, ...(line === null || line === undefined ? {} : { line }) },
    $inc: { wanted: 1 },
    ...(line === null ? { $unset: { line: 1 as const } } : {}),
  };
}

/** Raises what is wanted on every live card of a subject, but never under somebody who may be typing. */
export async function touchCards(subject: Subject, tx: Transaction): Promise<void> {
  await Cards.updateMany(
    { 'subject.id': subject.id, 'subject.kind': subject.kind, formOpen: false, folded: { $exists: false } },
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

/** A tap's answer that is under way; handed from `beginAnswer` to `settleAnswer`. */
export interface AnswerInFlight {
  readonly outTrackId: string;
  readonly id: string;
  readonly flight: number;
  /** Something else was in flight when the tap came, so the order of the two is not known. */
  readonly crossed: boolean;
}

/**
 * The last write of a tap's transaction: the tapped card as it shall be, no PUT for 3 s, and the answer counted as in flight.
 * Answers the card as it is then, which is what the answer is drawn from.
 */
export async function beginAnswer(
  outTrackId: string,
  tap: { id: string; at: number },
  change?: CardChange,
  tx?: Transaction,
): Promise<{ answer: AnswerInFlight; card: Card }> {
  const wanted = change === undefined ? { $set: {}, $inc: {} } : updateFor(change);
  const row = mustHaveMatched(
    await Cards.findOneAndUpdate(
      { _id: outTrackId },
      {
        ...wanted,
        $set: { ...wanted.$set, quietUntil: tap.at + QUIET_MS, stale: true },
        $inc: { ...wanted.$inc, flight: 1 },
        $push: { answering: tap },
      },
      { ...AFTER, ...(tx === undefined ? {} : { session: tx }) },
    ).lean(),
  );
  const others = row.answering.some(({ id, at }) => id !== tap.id && at > tap.at - QUIET_MS);
  const crossed = others || (row.putting !== undefined && row.putting.until > tap.at);
  return { answer: { outTrackId, id: tap.id, flight: row.flight, crossed }, card: toCard(row) };
}

/** What became of a tap's answer. `shown` is what it carried if it left in time, else undefined: the worker will repair. */
export async function settleAnswer(
  answer: AnswerInFlight,
  shown: Shown | undefined,
  formOpen: boolean | undefined,
): Promise<{ needsPut: boolean }> {
  const { outTrackId: _id, flight } = answer;
  const done = { $pull: { answering: { id: answer.id } } };
  const form = formOpen === undefined ? {} : { formOpen };
  if (shown !== undefined && !answer.crossed) {
    const filter = { _id, flight, putting: { $exists: false } };
    const fresh = await Cards.updateOne(
      { ...filter, wanted: shown.version },
      { $set: { shown, stale: false, ...form }, ...done },
    );
    if (fresh.matchedCount === 1) return { needsPut: false };
    const behind = await Cards.updateOne(filter, { $set: { shown, stale: true, ...form }, ...done });
    if (behind.matchedCount === 1) return { needsPut: true };
  }
  await Cards.updateOne({ _id }, { $set: { stale: true, ...form }, $unset: { shown: 1 }, ...done });
  return { needsPut: true };
}

/** A PUT that one worker may send. */
export interface PutInFlight {
  readonly card: Card;
  readonly token: string;
  readonly flight: number;
  readonly crossed: boolean;
}

/** Takes the lease on one card that may show something else than it should, if one may be redrawn now. */
export async function claimStaleCard(token: string, machine: number): Promise<PutInFlight | undefined> {
  const filter = { stale: true, delivered: true, quietUntil: { $lte: machine } };
  const lease = {
    $set: { putting: { token, until: machine + PUT_LEASE_MS } },
    $inc: { flight: 1 },
    $pull: { answering: { at: { $lte: machine - QUIET_MS } } },
  };
  const free = await Cards.findOneAndUpdate({ ...filter, putting: { $exists: false } }, lease, AFTER).lean();
  const row =
    free ?? (await Cards.findOneAndUpdate({ ...filter, 'putting.until': { $lte: machine } }, lease, AFTER).lean());
  if (row === null) return undefined;
  // whoever let the lease run out may still have a PUT on its way
  const crossed = free === null || row.answering.length > 0;
  return { card: toCard(row), token, flight: row.flight, crossed };
}

/** Ends a PUT. `shown` is what it carried, or undefined when it failed or was not needed to be known. */
export async function settlePut(put: PutInFlight, shown: Shown | undefined, formOpen: boolean): Promise<void> {
  const mine = { _id: put.card.outTrackId, 'putting.token': put.token };
  const release = { $unset: { putting: 1 as const } };
  if (shown !== undefined && !put.crossed) {
    const filter = { ...mine, flight: put.flight };
    const fresh = await Cards.updateOne(
      { ...filter, wanted: shown.version },
      { $set: { shown, stale: false, formOpen }, ...release },
    );
    if (fresh.matchedCount === 1) return;
    const behind = await Cards.updateOne(filter, { $set: { shown, stale: true, formOpen }, ...release });
    if (behind.matchedCount === 1) return;
  }
  await Cards.updateOne(mine, { $set: { stale: true }, $unset: { putting: 1, shown: 1 } });
}

/** Gives a card up after a failure: it is tried again, but not before `retryAt` (by `machine()`). */
export async function postponePut(put: PutInFlight, retryAt: number): Promise<void> {
  await Cards.updateOne(
    { _id: put.card.outTrackId, 'putting.token': put.token },
    { $set: { quietUntil: retryAt, stale: true }, $unset: { putting: 1, shown: 1 } },
  );
}

/** Stops trying: DingTalk will never take this update. What was wanted meanwhile is still to be drawn. */
export async function abandonPut(put: PutInFlight): Promise<void> {
  const mine = { _id: put.card.outTrackId, 'putting.token': put.token };
  const release = { $unset: { putting: 1 as const, shown: 1 as const } };
  const given = await Cards.updateOne({ ...mine, wanted: put.card.wanted }, { $set: { stale: false }, ...release });
  if (given.matchedCount === 0) await Cards.updateOne(mine, release);
}

/**
 * DingTalk has the card now. `shown` is undefined when an earlier call had brought it there. A tap that was faster than this
 * note has changed the card since, so that what it shows is not known.
 */
export async function cardWasDelivered(
  outTrackId: string,
  shown: Shown | undefined,
  formOpen: boolean,
  tx: Transaction,
): Promise<void> {
  if (shown !== undefined) {
    const known = { $set: { delivered: true, formOpen, shown } };
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

/** Frees every PUT; see `freeLanes`. Whether it got through is not known. */
export async function freePuts(): Promise<void> {
  await Cards.updateMany({ putting: { $exists: true } }, { $set: { stale: true }, $unset: { putting: 1, shown: 1 } });
}

/** How many cards may still show something else than they should, and when the next may be redrawn. */
export async function staleCards(): Promise<{ count: number; nextAt: number | undefined }> {
  const rows = await Cards.find({ stale: true, delivered: true }, { quietUntil: 1 })
    .sort({ quietUntil: 1 })
    .limit(100)
    .lean();
  return { count: rows.length, nextAt: rows[0]?.quietUntil };
}

function toCard(row: CardRow): Card {
  return {
    outTrackId: row._id,
    kind: row.kind,
    view: row.view,
    subject: { kind: row.subject.kind, id: row.subject.id },
    viewer: row.viewer,
    line: row.line ?? undefined,
    folded: row.folded ?? undefined,
    wanted: row.wanted,
    shown: row.shown ?? undefined,
    formOpen: row.formOpen,
    delivered: row.delivered,
  };
}
