import type { Clock } from '@field/kit/clock';
import { AppError, asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { type AnsweredTap, type AnswerInFlight, beginAnswer, TAPS_KEPT } from '../../models/card-answers.ts';
import { type Card, type CardLine, findCard } from '../../models/cards.ts';
import { findPerson, meetPerson, type Person } from '../../models/people.ts';
import { type Seen, seenIn } from '../../models/read-ahead.ts';
import { STORE_SILENT_MS, type StorePulse, whileHeard } from '../../models/store-pulse.ts';
import { findTapped, wasApplied } from '../../models/tapped-card.ts';
import { inTransaction, type SingleWrite, type Transaction } from '../../models/transaction.ts';
import type { CallBudget } from '../delivery/call-budget.ts';
import type { CardImages } from '../delivery/card-images.ts';
import type { Renderer } from '../delivery/renderer.ts';
import type { DingTalkTime } from '../platform/dingtalk-time.ts';
import type { CardParams } from '../platform/platform.ts';
import type { TapUpdate } from '../platform/update.ts';
import type { InFlight } from '../work/in-flight.ts';
import { within } from '../work/within.ts';
import { createActionsThatWrite } from './actions-that-write.ts';
import { isHeardAnew, noteHeard } from './activity.ts';
import { createAnswerNotes } from './answer-notes.ts';
import { saySpentOnCard } from './budget-spent.ts';
import type { CannotSave } from './cannot-save.ts';
import { newContext, type TapContext } from './context.ts';
import { commitEffects } from './effects.ts';
import { type FinishOptions, finishTap, repairLost } from './finish-tap.ts';

/** What goes back in the ack. `left` is called once, and told whether it got out. */
export interface TapAnswer {
  readonly params?: CardParams | undefined;
  /** Only these of them, the others staying as they are. */
  readonly changes?: CardParams | undefined;
  /** Only for the person who tapped. */
  readonly privateParams?: CardParams | undefined;
  readonly left?: ((sent: boolean) => void) | undefined;
  /** Called when it turns out, after `left(true)`, that it may not have arrived. */
  readonly lost?: (() => void) | undefined;
}

export interface TapsOptions {
  readonly clock: Clock;
  readonly dingTalkTime: DingTalkTime;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly renderer: Renderer;
  readonly images: Pick<CardImages, 'prepare'>;
  readonly inFlight: InFlight;
  readonly dispatch: (ctx: TapContext) => Promise<void>;
  readonly pulse: StorePulse;
  readonly cannotSave: Pick<CannotSave, 'met' | 'onCard'>;
  readonly budget: Pick<CallBudget, 'stopsTap' | 'opened'>;
  /** Wakes delivery after a commit. */
  readonly wake: () => void;
  /** Called with each tap on a card that was never made here. */
  readonly unknownCard?: (() => void) | undefined;
  /** How long an answer may be on its way to the phone, so that the card is left alone: see `ANSWER_TAKES_MS`. */
  readonly answerTakesMs: number;
}

/** DingTalk brings an answer to the phone within this time (architecture 6); a sandbox on this machine, as soon as it is there. */
export const ANSWER_TAKES_MS = { dingTalk: 3_000, sandbox: 50 } as const;

/** The last moment to begin another try, to say "working" instead, and to count an ack as in time (dingtalk 2.2: 2 s). */
const LAST_TRY_MS = 1_400;
export const WORKING_MS = 1_500;
const IN_TIME_MS = 1_800;
/** How long "working" may take to be drawn, and a store that says nothing meanwhile is not waited for. */
const DRAWN_WITHIN_MS = 250;
/** One that says something is waited for this much longer: no answer at all is a failure on the phone. */
const AT_LAST_MS = 150;

interface Applied {
  /** The tapped card as it is now; undefined when it is not ours. */
  readonly card: Card | undefined;
  /** Undefined when the card belongs to somebody else. */
  readonly answer: AnswerInFlight | undefined;
  readonly viewer?: Person | undefined;
  readonly sends: boolean;
  /** Stands on top, in the answer alone. */
  readonly line?: CardLine | undefined;
  /** How many cards the tap brought below. */
  readonly opened?: number | undefined;
  readonly isUnknown?: true;
  /** Whoever tapped was last heard of longer ago than is known to the hour. */
  readonly heardAt?: number | undefined;
  /** What the card is drawn from without asking again. */
  readonly seen?: (() => Seen) | undefined;
}

interface KnowsActions {
  readonly singleWriteOf: (action: string) => SingleWrite | undefined;
}

const NOTHING: Applied = { card: undefined, answer: undefined, sends: false };

/**
 * Taps never queue: each runs at once, guarded by compare-and-set, and is answered within 2 s with the card as it is then. While
 * the store says nothing or takes nothing, the answer says that it cannot be saved now, and nothing of the tap is done later.
 */
export function createTaps(given: TapsOptions): (update: TapUpdate) => Promise<TapAnswer> {
  let underWay = 0;
  const noteAnswer = createAnswerNotes(() => underWay > 0);
  const options = { ...given, noteAnswer, singleWriteOf: createActionsThatWrite() };
  const { clock, pulse, cannotSave, inFlight } = options;
  return async (update) => {
    const receipt = clock.machine();
    if (pulse.silentForMs() >= STORE_SILENT_MS) return cannotSave.onCard(update);
    const giveUp = new AbortController();
    const done = inFlight.begin('tap');
    underWay += 1;
    const work = answerTap(options, update, receipt, giveUp.signal).finally(() => {
      underWay -= 1;
      done();
    });
    const first = await within(WORKING_MS, whileHeard(pulse, work), 'late');
    if (first !== 'late' && first !== 'silent') return first;
    // what comes of it may be drawn before this is on the phone, and must be drawn again then
    const left = (): void => void work.then((late) => late.left?.(false)).catch(() => undefined);
    const unsaved = (): TapAnswer => {
      giveUp.abort(new AppError('store.cannotSave', { why: 'silent' }));
      return { ...cannotSave.onCard(update), left };
    };
    if (first === 'silent') return unsaved();
    const { renderer } = options;
    const drawn = renderer.working(update.outTrackId, update.userId).catch(() => undefined);
    const working = await within(DRAWN_WITHIN_MS, drawn, 'late');
    const isHeard = working === 'late' && pulse.silentForMs() < DRAWN_WITHIN_MS;
    const params = isHeard ? await within(AT_LAST_MS, drawn, undefined) : working;
    return params === undefined || params === 'late' ? unsaved() : { params, left };
  };
}

async function answerTap(
  options: TapsOptions & FinishOptions & KnowsActions,
  update: TapUpdate,
  receipt: number,
  givenUp: AbortSignal,
): Promise<TapAnswer> {
  const { renderer, cannotSave } = options;
  const done = await appliedOrNot(options, update, receipt, givenUp);
  if (done === undefined) return cannotSave.onCard(update);
  const { card, answer, viewer, sends, failed, again, line: said, opened = 0, heardAt, seen } = done;
  options.budget.opened(update.userId, opened);
  if (sends) options.wake();
  if (done.isUnknown) {
    options.log.warn({ trace: update.id }, 'tap.unknownCard');
    options.unknownCard?.();
  }
  if (card === undefined) return {};
  if (answer === undefined) return { privateParams: await renderer.othersCard(card, update.userId, card.viewer) };
  if (viewer !== undefined) cannotSave.met(viewer);
  const line = failed ? ({ key: 'notice.trouble' } as const) : said;
  const rendered = await renderer.render(card, { viewer, line, seen: seen?.() });
  // DingTalk heard no answer the first time; and at what is folded nobody looks again: one redraw makes sure
  const isTrusted = !again && card.folded === undefined;
  let finished: Promise<void> = Promise.resolve();
  return {
    params: rendered.params,
    left: (sent) => {
      const inTime = sent && isTrusted && options.clock.machine() - receipt <= IN_TIME_MS;
      finished = finishTap(options, { answer, rendered, line }, inTime);
      if (heardAt !== undefined) noteHeard(options, update.userId, heardAt);
    },
    lost: () => void finished.then(() => repairLost(options, { answer, line })),
  };
}

/** Applies the tap, or answers the card as it is; undefined where the store takes nothing now. */
async function appliedOrNot(
  options: TapsOptions & KnowsActions,
  update: TapUpdate,
  receipt: number,
  givenUp: AbortSignal,
): Promise<(Applied & { readonly failed: boolean; readonly again: boolean }) | undefined> {
  const { clock, log } = options;
  const deadline = { machine: () => clock.machine(), until: receipt + LAST_TRY_MS };
  try {
    const mayBeSingle = options.singleWriteOf(update.params.action);
    const limits = { whose: update.userId, deadline, givenUp, mayBeSingle };
    return {
      ...(await inTransaction((tx) => applyTap(options, update, receipt, tx), limits)),
      failed: false,
      again: false,
    };
  } catch (thrown) {
    const error = asAppError(thrown);
    const failed = error.kind !== 'conflict';
    if (failed) log.error({ code: error.code, trace: update.id, err: error.cause ?? error }, 'tap.failed');
    try {
      const again = error.code === 'tap.duplicate';
      if (error.code !== 'store.cannotSave') return { ...(await unchanged(options, update, receipt)), failed, again };
    } catch (again) {
      if (asAppError(again).kind !== 'retryable') throw again;
    }
    // what was applied before is not said to be lost
    const before = !givenUp.aborted && (await wasApplied(update).catch(() => false));
    return before ? { ...NOTHING, failed, again: false } : undefined;
  }
}

async function applyTap(options: TapsOptions, update: TapUpdate, receipt: number, tx: Transaction): Promise<Applied> {
  const card = await findTapped(update, tx);
  if (card === undefined) return { ...NOTHING, isUnknown: true };
  if (!mayTap(card, update)) return { ...NOTHING, card };
  const person = await tapper(card, update, tx);
  if (person === undefined) return NOTHING;
  const { ids, clock, dingTalkTime } = options;
  const [now, stop] = [clock.now(), options.budget.stopsTap(person)];
  const ctx = newContext({ update, tx, ids, now, dingTalkNow: dingTalkTime.now(), person, card, stop });
  await options.dispatch(ctx);
  const { tapped, sends, below: opened } = await commitEffects(ctx);
  const isTold = stop !== undefined && !card.inGroup;
  const line = isTold ? await saySpentOnCard(ctx.person, stop, now, tx) : undefined;
  const answer = {
    ...answered(options, update.id, receipt),
    ofForm: answersForm(card, update),
    applies: card.inGroup ? TAPS_KEPT.group : TAPS_KEPT.person,
    seen: card,
  };
  const begun = await beginAnswer(card.outTrackId, answer, tapped, tx);
  const heardAt = isHeardAnew(ctx.person, now) ? now : undefined;
  return { ...begun, viewer: ctx.person, sends, line, opened, heardAt, seen: seenIn(tx) };
}

/** An answer to a form that the card does not show any more leaves the one that it shows as it is: somebody may be typing. */
function answersForm({ round = 0 }: Card, { params }: TapUpdate): boolean {
  return params.form !== undefined && params.round === round;
}

/** A person's card is for that person, a group's for everybody in it. */
function mayTap(card: Card, { userId }: TapUpdate): boolean {
  return card.inGroup || card.viewer === userId;
}

/** Whoever sees a card has been met, but for those who see it in a group. */
async function tapper(card: Card, { userId }: TapUpdate, tx: Transaction): Promise<Person | undefined> {
  const known = await findPerson(userId, tx);
  return known === undefined && card.inGroup ? await meetPerson(userId, '', tx) : known;
}

/** A duplicate or a tap that could not be applied: nothing changes, the card is answered as it is now, read outside. */
async function unchanged(options: TapsOptions, update: TapUpdate, receipt: number): Promise<Applied> {
  const card = await findCard(update.outTrackId);
  if (card === undefined) return NOTHING;
  if (!mayTap(card, update)) return { ...NOTHING, card };
  return { ...(await beginAnswer(card.outTrackId, answered(options, `${update.id}+`, receipt))), sends: false };
}

function answered(options: TapsOptions, id: string, at: number): AnsweredTap {
  return { id, at, until: at + options.answerTakesMs };
}
