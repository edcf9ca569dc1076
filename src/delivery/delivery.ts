import { staleCards } from '../../models/cards.ts';
import { pendingSends } from '../../models/outbox.ts';
import type { InFlight } from '../bot/in-flight.ts';
import { redrawNext } from './redrawer.ts';
import { type SenderOptions, sendNext } from './sender.ts';

/** Everything that goes out to DingTalk on the bot's own account: first deliveries, then redraws, within the call rates. */
export interface Delivery {
  /** Looks for work now; cheap when there is none. */
  poke(): void;
  /** What is still owed. */
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** How many calls are under way at once. */
const WORKERS = 4;

export function createDelivery(options: SenderOptions & { readonly inFlight: InFlight }): Delivery {
  const { clock, log, inFlight } = options;
  const workers = new Set<Promise<void>>();
  let wanted = false;
  let closed = false;
  let cancelAlarm: () => void = () => undefined;
  let quietTimer: NodeJS.Timeout | undefined;

  function poke(): void {
    if (closed) return;
    wanted = true;
    if (workers.size >= WORKERS) return;
    const done = inFlight.begin('delivery');
    const worker = work()
      .catch((error: unknown) => log.error({ err: error }, 'delivery.failed'))
      .finally(() => {
        workers.delete(worker);
        done();
        if (wanted && workers.size === 0) poke();
      });
    workers.add(worker);
  }

  async function work(): Promise<void> {
    do {
      wanted = false;
      while (!closed && (await sendNext(options))) poke();
      while (!closed && (await redrawNext(options))) wanted = true;
    } while (wanted && !closed);
    await setAlarms();
  }

  /** Wakes when the next retry is due, and when the next card may be redrawn. */
  async function setAlarms(): Promise<void> {
    const [sends, cards] = [await pendingSends(), await staleCards()];
    cancelAlarm();
    if (sends.nextAt !== undefined) cancelAlarm = clock.at(Math.max(sends.nextAt, clock.now() + 50), poke);
    clearTimeout(quietTimer);
    if (cards.nextAt === undefined || closed) return;
    quietTimer = setTimeout(poke, Math.max(50, cards.nextAt - clock.machine()));
    quietTimer.unref();
  }

  return {
    poke,
    async left() {
      const [sends, cards] = [await pendingSends(), await staleCards()];
      return [
        ...(sends.count > 0 ? [`${sends.count} cards to send`] : []),
        ...(cards.count > 0 ? [`${cards.count} cards to redraw`] : []),
      ];
    },
    async close() {
      closed = true;
      cancelAlarm();
      clearTimeout(quietTimer);
      await Promise.allSettled(workers);
    },
  };
}
