import { asAppError } from '@field/kit/errors';
import { hurryPuts, staleCards } from '../../models/card-puts.ts';
import { pendingSends } from '../../models/outbox.ts';
import { hurrySends } from '../../models/outbox-waits.ts';
import { hurryPictures } from '../../models/pictures.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createWorkerPool } from '../work/worker-pool.ts';
import { redrawNext } from './redrawer.ts';
import { type SenderOptions, sendNext } from './sender.ts';

/** Everything that goes out to DingTalk on the bot's own account: first deliveries, then redraws, within the call rates. */
export interface Delivery {
  /** Looks for work now; cheap when there is none. */
  wake(): void;
  /** This person has just written or tapped: what waits for them after a failure is tried now. */
  isThere(userId: string): void;
  /** What is still pending. */
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** How many calls are under way at once. */
const WORKERS = 4;

export function createDelivery(options: SenderOptions & { readonly inFlight: InFlight }): Delivery {
  const { clock, log, inFlight } = options;
  let cancelAlarm: () => void = () => undefined;
  let quietTimer: NodeJS.Timeout | undefined;

  const pool = createWorkerPool({
    name: 'delivery',
    workers: WORKERS,
    inFlight,
    takeOne: async () => (await sendNext(options)) || (await redrawNext(options)),
    rested: setAlarms,
    onFailure: (error) => log.error({ code: asAppError(error).code, err: error }, 'delivery.failed'),
  });

  /** Wakes when the next retry is due, and when the next card may be redrawn. */
  async function setAlarms(): Promise<void> {
    const [sends, cards] = [await pendingSends(), await staleCards()];
    cancelAlarm();
    if (sends.nextAt !== undefined) cancelAlarm = clock.at(Math.max(sends.nextAt, clock.now() + 50), pool.wake);
    clearTimeout(quietTimer);
    if (cards.nextAt === undefined) return;
    quietTimer = setTimeout(pool.wake, Math.max(50, cards.nextAt - clock.machine()));
    quietTimer.unref();
  }

  async function hurry(userId: string): Promise<void> {
    const [sends, puts] = [await hurrySends(userId, clock.now()), await hurryPuts(userId, clock.machine())];
    await hurryPictures(userId, clock.now());
    if (sends || puts) pool.wake();
  }

  return {
    wake: pool.wake,
    isThere(userId) {
      const done = inFlight.begin('hurry');
      hurry(userId)
        .catch((error: unknown) => log.error({ code: asAppError(error).code, err: error }, 'hurry.failed'))
        .finally(done);
    },
    async left() {
      const [sends, cards] = [await pendingSends(), await staleCards()];
      return [
        ...(sends.count > 0 ? [`${sends.count} cards to send`] : []),
        ...(cards.count > 0 ? [`${cards.count} cards to redraw`] : []),
      ];
    },
    async close() {
      await pool.close();
      cancelAlarm();
      clearTimeout(quietTimer);
    },
  };
}
