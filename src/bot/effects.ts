import { derivedId } from '@field/kit/ids';
import { addAudit } from '../../models/audit.ts';
import {
  addCard,
  type Card,
  type CardChange,
  type CardLine,
  doubtShown,
  foldLeftBehind,
  touchAll,
  wantCard,
} from '../../models/cards.ts';
import { addToOutbox, takeLeftBehind } from '../../models/outbox.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { type RecordCard, sendRecord } from '../../models/record-cards.ts';
import { jobWanted } from '../../models/wanted.ts';
import { isTheirDoing } from '../platform/event.ts';
import type { Context, WantedMove, WorkingContent } from './context.ts';

/** Said on a working card that was left behind. */
export const CONTINUED_BELOW: CardLine = { key: 'folded.continued' };

/** As `CONTINUED_BELOW`, where photos were sent to it. */
export function leftBehind({ photos, shop = '' }: Pick<WantedMove, 'photos' | 'shop'>): CardLine {
  if (photos <= 0) return CONTINUED_BELOW;
  if (shop === '') return { key: 'folded.photosKept', args: { count: photos } };
  return { key: 'folded.photosKeptFor', args: { count: photos, shop } };
}

/** What is left to do after the effects: on the tapped card with its answer, and outside of the transaction. */
export interface AfterEffects {
  /** How the tapped card changes; written with the answer. */
  readonly tapped: CardChange | undefined;
  /** How many new cards come below in the person's chat. */
  readonly below: number;
  /** Whether something is to be sent or redrawn besides the answer. */
  readonly sends: boolean;
}

/** Carries out what a handler recorded, in its own transaction: cards, sends, audit, the person's working card. */
export async function commitEffects(ctx: Context): Promise<AfterEffects> {
  const { effects, tx } = ctx;
  const workedOn = ctx.person.workingCard;
  const ofOthers = { subjects: effects.touchedForOthers, but: ctx.person.userId };
  await touchAll({ subjects: effects.touched, ofOthers, viewers: effects.viewers }, tx);
  const became = effects.becomes === undefined ? undefined : await turnIntoRecord(ctx, effects.becomes);
  const shown = effects.working === undefined ? undefined : await showWorking(ctx, effects.working);
  // what is shown below the message has moved already
  if (effects.move !== undefined && effects.working === undefined) await askForMove(ctx, effects.move);
  for (const { userId, content } of effects.shownTo) {
    const other = await findPerson(userId, tx);
    if (other !== undefined) await showBelow({ ...ctx, person: other }, content, CONTINUED_BELOW);
  }
  const [sent, mayBeSent]: [RecordCard[], RecordCard[]] = [[], []];
  for (const record of effects.records) {
    if (isUnsaid(ctx, record)) continue;
    const follows = record.to === ctx.person.userId ? doneAt(ctx) : undefined;
    const isNew = await sendRecord(record, ctx.now, tx, { follows, causedBy: chargedFor(ctx, record) });
    if (isNew) sent.push(record);
    else if (record.once) mayBeSent.push(record);
  }
  for (const { intent, ...job } of effects.jobs) {
    const wanted = jobWanted(job);
    await addToOutbox({ intent, job, priority: 'answer', dueAt: ctx.now, ...wanted }, tx);
  }
  await addAudit(
    effects.audit.map((entry) => ({ ...entry, at: ctx.now, by: ctx.person.userId, cause: ctx.update.id })),
    tx,
  );
  const { touched, touchedForOthers, viewers, shownTo, jobs } = effects;
  const elsewhere = [touched, touchedForOthers, viewers, shownTo, sent, mayBeSent, jobs].some(
    ({ length }) => length > 0,
  );
  const moved = effects.working !== undefined && ctx.person.workingCard !== workedOn;
  const wasLeft = shown?.folded !== undefined;
  const [becameElsewhere, shownElsewhere] = [
    effects.becomes !== undefined && became === undefined && workedOn !== undefined,
    effects.working !== undefined && shown === undefined,
  ];
  const isBelow =
    moved && ctx.person.workingCard !== tappedCard(ctx)?.outTrackId && ctx.person.workingCard !== undefined;
  const below = sent.filter(({ to }) => to === ctx.person.userId).length + (isBelow ? 1 : 0);
  const sends = elsewhere || becameElsewhere || shownElsewhere || moved || wasLeft || effects.submits;
  return { tapped: became ?? shown, below, sends };
}

/** Answers the change if the working card is the tapped one; otherwise makes it. */
async function turnIntoRecord(
  ctx: Context,
  content: Pick<WorkingContent, 'view' | 'subject'>,
): Promise<CardChange | undefined> {
  const working = ctx.person.workingCard;
  if (working === undefined) return undefined;
  const change: CardChange = { kind: 'record', ...content, line: null, at: ctx.now };
  const isTapped = working === tappedCard(ctx)?.outTrackId;
  const recordByAnswer = isTapped ? working : null;
  ctx.person = await changePerson(ctx.person.userId, { workingCard: null, move: null, recordByAnswer }, ctx.tx);
  if (isTapped) return change;
  await wantCard(working, change, ctx.tx);
  return undefined;
}

/** Answers how the tapped card changes; a working card that was not tapped is changed here, or sent below. */
async function showWorking(ctx: Context, content: WorkingContent): Promise<CardChange | undefined> {
  const working = ctx.person.workingCard;
  const tapped = tappedCard(ctx);
  if (ctx.stop !== undefined && tapped !== undefined && mayBecomeWorking(tapped))
    return await workOn(ctx, tapped, content);
  if (ctx.stop !== undefined && working !== undefined) {
    // no call is made: it shows this when it is tapped next
    await wantCard(working, { view: content.view, subject: content.subject, line: content.line ?? null }, ctx.tx);
    return undefined;
  }
  if (working === undefined || tapped === undefined || tapped.kind === 'record') {
    await showBelow(ctx, content, leftBehind(ctx.effects.move ?? { photos: 0 }));
    return undefined;
  }
  await forgetMovedContent(ctx);
  const change: CardChange = { view: content.view, subject: content.subject, line: content.line ?? null };
  if (tapped.outTrackId === working) return change;
  await wantCard(working, change, ctx.tx);
  return { folded: tapped.folded ?? CONTINUED_BELOW, at: ctx.now };
}

function mayBecomeWorking({ inGroup, folded }: Card): boolean {
  return !inGroup && folded === undefined;
}

/** Where no call is made, what was tapped is the working card from now on, and its answer shows it. */
async function workOn(ctx: Context, tapped: Card, content: WorkingContent): Promise<CardChange> {
  const { userId, workingCard } = ctx.person;
  const { view, subject, line = null } = content;
  await forgetMovedContent(ctx);
  if (tapped.outTrackId !== workingCard) {
    if (workingCard !== undefined) {
      await wantCard(workingCard, { folded: CONTINUED_BELOW, at: ctx.now }, ctx.tx);
      const left = await takeLeftBehind(workingCard, ctx.tx);
      const others = left.filter(({ outTrackId }) => outTrackId !== tapped.outTrackId);
      await foldLeftBehind(others, ctx.now, ctx.tx);
    }
    const change = { workingCard: tapped.outTrackId, move: null, recordByAnswer: null } as const;
    ctx.person = await changePerson(userId, change, ctx.tx);
  }
  return { kind: 'working', view, subject, line };
}

/** Where no call is made, the answer to the tap says it all: a line below it would only wait. */
function isUnsaid({ stop, update, person }: Context, { kind, to }: RecordCard): boolean {
  return stop !== undefined && update.kind === 'tap' && kind === 'line' && to === person.userId;
}

/** What a person chooses now wins over what an earlier message wanted the card to show once it moves below it. */
async function forgetMovedContent(ctx: Context): Promise<void> {
  const { move, userId } = ctx.person;
  if (move?.content === undefined) return;
  const { content: _content, ...rest } = move;
  ctx.person = await changePerson(userId, { move: rest }, ctx.tx);
}

function tappedCard(ctx: Context): Card | undefined {
  return ctx.update.kind === 'tap' ? ctx.card : undefined;
}

/** Sends the working card anew, below everything; the old one folds once the new one has arrived. */
export async function showBelow(
  ctx: Context,
  content: WorkingContent,
  foldLine: CardLine,
  name = ctx.update.id,
): Promise<void> {
  const outTrackId = derivedId('working', ctx.person.userId, name);
  const { userId: to, workingCard } = ctx.person;
  const folds = workingCard === undefined ? undefined : { outTrackId: workingCard, line: foldLine };
  const follows = doneAt(ctx);
  const callClass = follows === undefined ? 'approval' : 'own';
  const cause = { follows, callClass, causedBy: causerOf(ctx) } as const;
  const send = { intent: outTrackId, outTrackId, to, folds, priority: 'answer', ...cause } as const;
  const added = await addToOutbox({ ...send, dueAt: ctx.now }, ctx.tx);
  const card = { ...content, line: content.line, outTrackId, viewer: ctx.person.userId, kind: 'working' } as const;
  if (added) await addCard({ ...card, at: ctx.now }, ctx.tx);
  await makeSureOfRecord(ctx);
  const change = { workingCard: outTrackId, move: null, recordByAnswer: null } as const;
  ctx.person = await changePerson(ctx.person.userId, change, ctx.tx);
}

/**
 * Nobody looks again at a record that is left behind: where only an answer made it one, and that was lost after it left, it would keep the
 * buttons of before. A tap on what the record shows tells that it arrived.
 */
async function makeSureOfRecord(ctx: Context): Promise<void> {
  const { recordByAnswer } = ctx.person;
  if (recordByAnswer === undefined) return;
  const card = tappedCard(ctx);
  const { subject } = ctx.update.kind === 'tap' ? ctx.update.params : {};
  const showsRecord = subject?.kind === card?.subject.kind && subject?.id === card?.subject.id;
  if (card?.outTrackId === recordByAnswer && showsRecord) return;
  await doubtShown(recordByAnswer, ctx.tx);
}

/** When this person did what the context follows from, by `clock.now()`; undefined for what somebody else did, or nobody. */
function doneAt({ update, person, now, dingTalkNow }: Context): number | undefined {
  switch (update.kind) {
    case 'message':
      return update.from.userId === person.userId ? update.at - (dingTalkNow - now) : undefined;
    case 'tap':
      return update.userId === person.userId ? now : undefined;
    case 'move':
    case 'verdict':
      return update.saidAt;
    case 'operator':
      return undefined;
    case 'event':
      if (update.type === 'quickEntry.tapped') return update.at;
      // what was taken without a network is told of as it arrives
      return isTheirDoing(update.type) ? now : undefined;
  }
}

/** Who decides about others may tell many of them by one tap: that is their ISO's, and not out of their own budget. */
function chargedFor(ctx: Context, { to, inGroup }: Pick<RecordCard, 'to' | 'inGroup'>): string | undefined {
  const { userId, role } = ctx.person;
  return to === userId || inGroup || role === 'STAFF' ? causerOf(ctx) : undefined;
}

/** Whose step it is, by userId; undefined for what comes by itself. */
function causerOf({ update, person }: Pick<Context, 'update' | 'person'>): string | undefined {
  switch (update.kind) {
    case 'message':
      return update.from.userId;
    case 'tap':
      return update.userId;
    case 'move':
    case 'verdict':
      return person.userId;
    case 'operator':
      return undefined;
    case 'event':
      return isTheirDoing(update.type) ? person.userId : undefined;
  }
}

function latest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

async function askForMove(ctx: Context, move: WantedMove): Promise<void> {
  if (ctx.stop !== undefined) return;
  const pending = ctx.person.move;
  const line = move.line ?? pending?.line;
  const content = move.content ?? pending?.content;
  const belowForm = move.belowForm ?? pending?.belowForm;
  const shop = move.shop ?? pending?.shop;
  ctx.person = await changePerson(
    ctx.person.userId,
    {
      move: {
        id: pending?.id ?? ctx.update.id,
        since: pending?.since ?? ctx.now,
        saidAt: latest(doneAt(ctx), pending?.saidAt),
        dueAt: Math.max(move.hastens === true ? 0 : (pending?.dueAt ?? 0), ctx.now + move.afterMs),
        photos: (pending?.photos ?? 0) + move.photos,
        evenForm: move.evenForm || pending?.evenForm === true,
        line,
        content,
        belowForm,
        shop,
      },
    },
    ctx.tx,
  );
}
