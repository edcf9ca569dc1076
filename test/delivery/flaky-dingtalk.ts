import { MovableClock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import { systemIds } from '@field/kit/ids';
import { addCard, wantCard } from '../../models/cards.ts';
import { addToOutbox } from '../../models/outbox.ts';
import { type RecordCard, sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { watchCalls } from '../../src/delivery/call-watch.ts';
import { createDelivery } from '../../src/delivery/delivery.ts';
import { aroundCalls } from '../../src/platform/around-calls.ts';
import type { AwaitedCall, Delivered, NewCard, Platform } from '../../src/platform/platform.ts';
import { createInFlight } from '../../src/work/in-flight.ts';
import { RecordingPlatform } from '../support/in-process/recording-platform.ts';
import { logLines } from '../support/log-lines.ts';
import { NO_TODOS } from '../support/no-todos.ts';
import { plain } from './delivery-on-sandbox.ts';

/**
 * How DingTalk is at the moment: `answerLost` does what it is asked and does not say so; `halfDone` makes a card, and neither delivers it
 * nor says so.
 */
export type Weather = 'well' | 'away' | 'answerLost' | 'halfDone' | 'busy' | 'usedUp';

/** Both times are moved by hand, as if the machine had waited. */
class WaitedClock extends MovableClock {
  override now(): number {
    return 1_800_000_000_000 + this.offsetMs;
  }
  override machine(): number {
    return this.now();
  }
}

/** DingTalk, that is not always there. */
export class FlakyDingTalk extends RecordingPlatform {
  weather: Weather = 'well';
  /** The calls that the weather is about; everything, unless it is said. */
  about: readonly AwaitedCall[] | undefined;
  /** First deliveries in the order in which they arrived. */
  readonly arrived: NewCard[] = [];
  /** Every call that was asked for, in vain or not. */
  asked = 0;
  /** Told of each call before it is carried out. */
  onCall: ((call: AwaitedCall) => void | Promise<void>) | undefined;
  /** Told of each that failed, before whoever asked for it is. */
  onFailure: (() => Promise<void>) | undefined;

  override async createAndDeliver(card: NewCard): Promise<Delivered> {
    return await this.#through('createAndDeliver', async () => {
      const answer = await super.createAndDeliver(card);
      if (!answer.existed && this.weather !== 'halfDone') this.arrived.push(card);
      return answer;
    });
  }

  override async deliver(card: NewCard): Promise<Delivered> {
    return await this.#through('deliver', async () => {
      const answer = await super.deliver(card);
      const isThere = this.arrived.some(({ outTrackId }) => outTrackId === card.outTrackId);
      if (!isThere) this.arrived.push(card);
      return answer;
    });
  }

  override async updateCard(update: Parameters<RecordingPlatform['updateCard']>[0]): Promise<void> {
    await this.#through('updateCard', () => super.updateCard(update));
  }

  override async contactOf(userId: string) {
    return await this.#through('contactOf', () => super.contactOf(userId));
  }

  async #through<T>(call: AwaitedCall, ask: () => Promise<T>): Promise<T> {
    this.asked += 1;
    await this.onCall?.(call);
    switch (this.about?.includes(call) === false ? 'well' : this.weather) {
      case 'well':
        return await ask();
      case 'answerLost':
      case 'halfDone':
        await ask();
        throw new AppError('dingtalk.unreachable', { status: 504 });
      case 'away':
        throw new AppError('dingtalk.unreachable', { status: 504 });
      case 'busy':
        throw new AppError('dingtalk.busy', { status: 403, retryAfterMs: 1_000 });
      case 'usedUp':
        throw new AppError('dingtalk.quotaUsedUp', { status: 403, retryAfterMs: 3_600_000 });
    }
  }
}

/** Nobody asks for a list here. */
const noLists = () => Promise.reject(new Error('a list was asked for'));

let names = 0;

/** Delivery in so many processes over one store, to a DingTalk that is not always there. The models must be connected. */
export function aFlakyDelivery(processes = 1) {
  const clock = new WaitedClock();
  const dingTalk = new FlakyDingTalk(() => undefined);
  const { log, text } = logLines();
  const inFlight = createInFlight();
  const random = (): number => 1;
  const platforms: Platform[] = [];
  const deliveries = Array.from({ length: processes }, () => {
    const watched = watchCalls(dingTalk, { clock, log, random, lifted: () => delivery.wake() });
    const platform = aroundCalls(watched, async (_call, send) => {
      try {
        return await send();
      } catch (error) {
        await dingTalk.onFailure?.();
        throw error;
      }
    });
    platforms.push(platform);
    const rest = {
      renderer: plain,
      images: { prepare: () => undefined },
      recorded: () => undefined,
      filesOf: noLists,
      picturesHurried: () => undefined,
      ...NO_TODOS,
    };
    const delivery = createDelivery({ platform, clock, log, inFlight, ids: systemIds, random, ...rest });
    return delivery;
  });
  /** The working card of each, as it was wanted last, and all that ever were. */
  const working = new Map<string, string>();
  const all = new Map<string, string[]>();

  const rest = async (): Promise<void> => {
    while (inFlight.left().length > 0) await inFlight.changed(inFlight.changes(), 1_000);
  };
  const wake = async (): Promise<void> => {
    for (const delivery of deliveries) delivery.wake();
    await rest();
  };
  return {
    clock,
    dingTalk,
    deliveries,
    platforms,
    working,
    all,
    rest,
    wake,
    logged: text,
    /** A person writes: their working card comes below, and folds the one before. */
    async writes(userId: string): Promise<string> {
      names += 1;
      const outTrackId = `working-${userId}-${names}`;
      const before = working.get(userId);
      const folds = before === undefined ? undefined : ({ outTrackId: before, line: FOLDED } as const);
      await inTransaction(async (tx) => {
        const send = { intent: outTrackId, outTrackId, to: userId, folds, priority: 'answer' } as const;
        await addToOutbox({ ...send, dueAt: clock.now(), follows: clock.now() }, tx);
        const subject = { kind: 'person', id: userId } as const;
        const card = { outTrackId, kind: 'working', view: 'menu', subject, viewer: userId, line: undefined } as const;
        await addCard({ ...card, at: clock.now() }, tx);
      });
      working.set(userId, outTrackId);
      all.set(userId, [...(all.get(userId) ?? []), outTrackId]);
      for (const delivery of deliveries) delivery.isThere(userId);
      await rest();
      await wake();
      return outTrackId;
    },
    /** Something is to be told, by a card of this view. */
    async tells(
      to: string,
      view: RecordCard['view'],
      more: Partial<RecordCard> = {},
      follows?: number,
    ): Promise<string> {
      names += 1;
      const intent = `${view}-${to}-${names}`;
      const subject = { kind: 'person', id: to } as const;
      const record = { intent, to, view, subject, kind: 'record', ...more } as const;
      await inTransaction((tx) => sendRecord(record, clock.now(), tx, { follows }));
      await wake();
      return intent;
    },
    /** A card that is there changes. */
    async changes(outTrackId: string): Promise<void> {
      await inTransaction((tx) => wantCard(outTrackId, { view: 'help' }, tx));
      await wake();
    },
    /** So much time goes by, in steps. */
    async later(ms: number, step = ms): Promise<void> {
      for (let gone = 0; gone < ms; gone += step) {
        clock.moveTo(clock.now() + step);
        await wake();
      }
    },
    left: async () => (await Promise.all(deliveries.map((delivery) => delivery.left()))).flat(),
    close: async () => {
      for (const delivery of deliveries) await delivery.close();
    },
  };
}

const FOLDED = { key: 'folded.continued' } as const;
