import { once } from 'node:events';
import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import type { Logger, Trace } from '@field/kit/log';
import { present } from '@field/kit/present';
import type { OrganisationEvent } from '../platform/event.ts';
import type { MessageUpdate, TapUpdate } from '../platform/update.ts';
import type { Frame } from './frames.ts';
import { someTime } from './json.ts';
import { parseEvent } from './parse-event.ts';
import { parseMessage } from './parse-message.ts';
import { parseTap } from './parse-tap.ts';
import { sessionWebhookOf } from './session-webhook.ts';
import type { FrameKind } from './stream-client.ts';

/** A tap's answer reaches the card only within 2 s of the push (dingtalk 2.2); past this, one that left does not count. */
const COUNTS_WITHIN_MS = 1_800;

export interface TapAnswer {
  /** What the card shows everybody from now on, whole: every variable, as text. Absent: no change. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** Only these variables of what it shows, where the rest cannot be drawn. */
  readonly changes?: Readonly<Record<string, string>> | undefined;
  /** What only the person who tapped sees. */
  readonly privateParams?: Readonly<Record<string, string>> | undefined;
  /** Called once: true when the ack left in time to change the card, false when it could not or came too late. */
  readonly left?: ((sent: boolean) => void) | undefined;
  /** Called once, after `left(true)`: the connection ended before anything proved that the ack arrived. */
  readonly lost?: (() => void) | undefined;
}

export interface StreamHandlers {
  /** Records a message; its frame is acked when this resolves. A rejection means no ack: it will be pushed again. `reply` writes into its chat. */
  message(update: MessageUpdate, trace: Trace, reply: Reply | undefined): Promise<void>;
  /** A message that was not recorded and will be pushed again; `reply` writes into its chat, where DingTalk says how. */
  notRecorded?(update: MessageUpdate, reply: Reply | undefined): Promise<void>;
  /** The answer of a tap. A rejection is answered with "no change". */
  tap(update: TapUpdate, trace: Trace): Promise<TapAnswer>;
  /** Records an event; resolved, it is acked as done, rejected, DingTalk is asked to push it again later. */
  event(event: OrganisationEvent, trace: Trace): Promise<void>;
}

/** Writes a text into the chat that a message came from: no card, and no call that counts (dingtalk 3.3). */
export type Reply = (text: string) => Promise<void>;

export interface FrameReceiverOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly handlers: StreamHandlers;
  /** Called for whatever is pushed, each time it is: DingTalk counts that against the month. When, by its clock, if it says so. */
  readonly onPush?: ((pushedAt: number | undefined) => void) | undefined;
  /** Writes a text to a message's `sessionWebhook`. */
  readonly sayToSession?: ((webhook: string, text: string) => Promise<void>) | undefined;
  /** Called with each answer: `refused` leaves what was pushed to be pushed again. */
  readonly acknowledged?: ((outcome: 'sent' | 'lost' | 'refused') => void) | undefined;
  /** Called with each tap that was answered, in time for its card or not. */
  readonly tapAnswered?: ((answered: { readonly tookMs: number; readonly inTime: boolean }) => void) | undefined;
}

/** Answers whether the ack left; `lost` is called when one that did may not have arrived. */
export type Acknowledge = (messageId: string, data: unknown, lost: () => void) => Promise<boolean>;

/** Turns frames into updates, hands them over, and answers each on the connection it came from. It never throws. */
export class FrameReceiver {
  readonly #options: FrameReceiverOptions;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: FrameReceiverOptions) {
    this.#options = options;
  }

  receive(kind: FrameKind, frame: Frame, acknowledge: Acknowledge): void {
    this.#options.onPush?.(someTime.parse(frame.headers.time));
    const id = frame.headers.messageId;
    const trace: Trace = { id, receivedAt: this.#options.clock.machine(), log: this.#options.log.child({ trace: id }) };
    const work = this.#answer(kind, frame, trace, acknowledge)
      .catch((thrown: unknown) => trace.log.error({ kind, err: thrown }, 'frame.failed'))
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  /** Resolves once nothing that was taken is still unanswered, or after `limitMs`; answers how many still are. */
  async finished(limitMs: number): Promise<number> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), limitMs);
    const late = once(limit.signal, 'abort');
    while (this.#underWay.size > 0 && !limit.signal.aborted) {
      await Promise.race([Promise.all(this.#underWay), late]);
    }
    clearTimeout(timer);
    return this.#underWay.size;
  }

  async #answer(kind: FrameKind, frame: Frame, trace: Trace, acknowledge: Acknowledge): Promise<void> {
    switch (kind) {
      case 'message':
        return await this.#message(frame, trace, acknowledge);
      case 'tap':
        return await this.#tap(frame, trace, acknowledge);
      case 'event':
        return await this.#event(frame, trace, acknowledge);
    }
  }

  async #message(frame: Frame, trace: Trace, acknowledge: Acknowledge): Promise<void> {
    const at = this.#pushedAt(frame);
    const update = this.#read(trace, () => parseMessage(frame.data, { messageId: trace.id, at }));
    try {
      // what cannot be read now cannot be read when it is pushed again
      if (update !== undefined) await this.#options.handlers.message(update, trace, this.#replyTo(frame));
    } catch (thrown) {
      trace.log.error({ err: thrown }, 'message.notRecorded');
      this.#options.acknowledged?.('refused');
      if (update !== undefined) await this.#options.handlers.notRecorded?.(update, this.#replyTo(frame));
      return;
    }
    await this.#send(trace, acknowledge, { response: {} });
  }

  #replyTo(frame: Frame): Reply | undefined {
    const { sayToSession, clock } = this.#options;
    const webhook = sessionWebhookOf(frame.data, clock.now());
    if (webhook === undefined || sayToSession === undefined) return undefined;
    return (text) => sayToSession(webhook, text);
  }

  async #tap(frame: Frame, trace: Trace, acknowledge: Acknowledge): Promise<void> {
    const at = this.#pushedAt(frame);
    const update = this.#read(trace, () => parseTap(frame.data, { messageId: trace.id, at }));
    let answer: TapAnswer = {};
    try {
      if (update !== undefined) answer = await this.#options.handlers.tap(update, trace);
    } catch (thrown) {
      trace.log.error({ err: thrown }, 'tap.failed');
    }
    let counts: boolean | undefined;
    let isLost = false;
    const lost = (): void => {
      isLost = true;
      trace.log.info('tap.answerLost');
      if (counts === true) answer.lost?.();
    };
    const sent = await this.#send(trace, acknowledge, { response: cardResponse(answer) }, lost);
    const tookMs = this.#options.clock.machine() - trace.receivedAt;
    counts = sent && !isLost && tookMs <= COUNTS_WITHIN_MS;
    trace.log.info({ action: update?.params.action, tookMs, counts }, 'tap.answered');
    this.#options.tapAnswered?.({ tookMs, inTime: counts });
    answer.left?.(counts);
  }

  #pushedAt({ headers }: Frame): number {
    return someTime.parse(headers.time) ?? this.#options.clock.now();
  }

  async #event(frame: Frame, trace: Trace, acknowledge: Acknowledge): Promise<void> {
    const event = this.#read(trace, () => parseEvent(frame, this.#options.clock.now()));
    let status = 'SUCCESS';
    try {
      if (event !== undefined) await this.#options.handlers.event(event, trace);
    } catch (thrown) {
      status = 'LATER';
      trace.log.error({ err: thrown, type: frame.headers.eventType }, 'event.notRecorded');
    }
    await this.#send(trace, acknowledge, { status });
  }

  async #send(trace: Trace, acknowledge: Acknowledge, data: unknown, lost: () => void = nothing): Promise<boolean> {
    const sent = await acknowledge(trace.id, data, lost);
    if (!sent) trace.log.warn('ack.lost');
    this.#options.acknowledged?.(sent ? 'sent' : 'lost');
    return sent;
  }

  #read<T>(trace: Trace, parse: () => T): T | undefined {
    try {
      return parse();
    } catch (thrown) {
      const reason = thrown instanceof AppError ? thrown.details.reason : 'unexpected';
      trace.log.warn({ reason }, 'frame.malformed');
      return undefined;
    }
  }
}

/** A message or an event whose ack is lost is pushed again, and known by its id. */
function nothing(): void {}

/**
 * What changes on the card (dingtalk 2.2). Public values overwrite, since ours are always complete; private ones alone must
 * leave the public ones as they are.
 */
function cardResponse({ params, changes, privateParams }: TapAnswer): Record<string, unknown> {
  if (changes !== undefined) {
    return {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: changes },
    };
  }
  const onlyPrivate = params === undefined && privateParams !== undefined;
  return present({
    cardUpdateOptions: onlyPrivate ? { updateCardDataByKey: true, updatePrivateDataByKey: false } : undefined,
    cardData: params && { cardParamMap: params },
    userPrivateData: privateParams && { cardParamMap: privateParams },
  });
}
