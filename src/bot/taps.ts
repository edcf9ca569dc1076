import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { type AnsweredTap, type AnswerInFlight, beginAnswer, finishAnswer } from '../../models/card-answers.ts';
import { type Card, findCard } from '../../models/cards.ts';
import { findPerson, meetPerson, type Person } from '../../models/people.ts';
import { recordTap } from '../../models/taps.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { CardImages } from '../delivery/card-images.ts';
import type { Rendered, Renderer } from '../delivery/renderer.ts';
import type { CardParams } from '../platform/platform.ts';
import type { TapUpdate } from '../platform/update.ts';
import type { InFlight } from '../work/in-flight.ts';
import { newContext, type TapContext } from './context.ts';
import { commitEffects } from './effects.ts';

/** What goes back in the ack. `left` is called once, and told whether it got out. */
export interface TapAnswer {
  readonly params?: CardParams | undefined;
  /** Only for the person who tapped. */
  readonly privateParams?: CardParams | undefined;
  readonly left?: ((sent: boolean) => void) | undefined;
}

export interface TapsOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly renderer: Renderer;
  readonly images: Pick<CardImages, 'prepare'>;
  readonly inFlight: InFlight;
  readonly dispatch: (ctx: TapContext) => Promise<void>;
  /** Wakes delivery after a commit. */
  readonly wake: () => void;
  /** How long an answer may be on its way to the phone, so that the card is left alone: see `ANSWER_TAKES_MS`. */
  readonly answerTakesMs: number;
}

/** DingTalk brings an answer to the phone within this time (architecture 6); a sandbox on this machine, as soon as it is there. */
export const ANSWER_TAKES_MS = { dingTalk: 3_000, sandbox: 300 } as const;

/** The last moment to begin another try, to say "working" instead, and to count an ack as in time (dingtalk 2.2: 2 s). */
const LAST_TRY_MS = 1_400;
const WORKING_MS = 1_500;
const IN_TIME_MS = 1_800;

interface Applied {
  /** The tapped card as it is now; undefined when it is not ours. */
  readonly card: Card | undefined;
  /** Undefined when the card belongs to somebody else. */
  readonly answer: AnswerInFlight | undefined;
  readonly viewer?: Person | undefined;
  readonly sends: boolean;
}

const NOTHING: Applied = { card: undefined, answer: undefined, sends: false };

/** Taps never queue: each runs at once, guarded by compare-and-set, and is answered within 2 s with the card as it is then. */
export function createTaps(options: TapsOptions): (update: TapUpdate) => Promise<TapAnswer> {
  return async (update) => {
    const receipt = options.clock.machine();
    const done = options.inFlight.begin('tap');
    const work = answerTap(options, update, receipt).finally(done);
    const working = sleepUntilWorking().then(() => 'working' as const);
    const first = await Promise.race([work, working]);
    if (first !== 'working') return first;
    // what comes of it may be drawn before this is on the phone, and must be drawn again then
    const left = (): void => void work.then((late) => late.left?.(false)).catch(() => undefined);
    return { params: await options.renderer.working(update.outTrackId, update.userId), left };
  };
}

function sleepUntilWorking(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, WORKING_MS).unref());
}

async function answerTap(options: TapsOptions, update: TapUpdate, receipt: number): Promise<TapAnswer> {
  const { clock, renderer, log } = options;
  let applied: Applied;
  let failed = false;
  try {
    applied = await inTransaction((tx) => applyTap(options, update, receipt, tx), {
      machine: () => clock.machine(),
      deadline: receipt + LAST_TRY_MS,
    });
  } catch (thrown) {
    const error = asAppError(thrown);
    failed = error.kind !== 'conflict';
    if (failed) log.error({ code: error.code, trace: update.id, err: error.cause ?? error }, 'tap.failed');
    applied = await unchanged(options, update, receipt);
  }
  const { card, answer, viewer, sends } = applied;
  if (sends) options.wake();
  if (card === undefined) return {};
  if (answer === undefined) return { privateParams: await renderer.othersCard(card, update.userId, card.viewer) };
  const rendered = await renderer.render(card, {
    viewer,
    line: failed ? { key: 'notice.trouble' } : undefined,
  });
  return { params: rendered.params, left: (sent) => finishTap(options, answer, rendered, receipt, sent) };
}

async function applyTap(options: TapsOptions, update: TapUpdate, receipt: number, tx: Transaction): Promise<Applied> {
  await recordTap(update.id, receipt, tx);
  const card = await findCard(update.outTrackId, tx);
  if (card === undefined) return NOTHING;
  if (!mayTap(card, update)) return { ...NOTHING, card };
  const person = await tapper(card, update, tx);
  if (person === undefined) return NOTHING;
  const ctx = newContext({ update, tx, ids: options.ids, now: options.clock.now(), person, card });
  await options.dispatch(ctx);
  const { tapped, sends } = await commitEffects(ctx);
  const answer = { ...answered(options, update.id, receipt), ofForm: answersForm(card, update) };
  const begun = await beginAnswer(card.outTrackId, answer, tapped, tx);
  return { ...begun, viewer: ctx.person, sends };
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
  return card.inGroup ? await meetPerson(userId, '', tx) : await findPerson(userId, tx);
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

function finishTap(
  options: TapsOptions,
  answer: AnswerInFlight,
  rendered: Rendered,
  receipt: number,
  sent: boolean,
): void {
  const inTime = sent && options.clock.machine() - receipt <= IN_TIME_MS;
  const done = options.inFlight.begin('answer');
  const { version, hash, formOpen, redrawAt } = rendered;
  options.images.prepare(rendered.soon);
  finishAnswer(answer, inTime ? { version, hash } : undefined, formOpen, redrawAt)
    .then(({ needsPut }) => needsPut && options.wake())
    .catch((error: unknown) => options.log.error({ trace: answer.id, err: error }, 'tap.unfinished'))
    .finally(done);
}
