import { asAppError } from '@field/kit/errors';
import { dueCards, freePutsOf, staleCards } from '../../models/card-puts.ts';
import { freeSendsOf } from '../../models/held-sends.ts';
import { dueSends, pendingSends } from '../../models/outbox.ts';
import { aroundCalls } from '../platform/around-calls.ts';
import type { InFlight } from '../work/in-flight.ts';
import { createUnsaidEnds } from '../work/unsaid-ends.ts';
import { createWorkerPool, type Piece } from '../work/worker-pool.ts';
import { createHurry, type Hurry, type HurryOptions } from './hurry.ts';
import { redrawNext } from './redrawer.ts';
import { type SenderOptions, sendNext } from './sender.ts';

/** Everything that goes out to DingTalk on the bot's own account: first deliveries, then redraws, within the call rates. */
export interface Delivery extends Pick<Hurry, 'isThere' | 'look'> {
  /** Looks for work now; cheap when there is none. */
  wake(): void;
  /** What is still pending. */
  left(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** How many calls are under way at once. */
const WORKERS = 4;
/** A longer one would go off at once; what is further away is found by then. */
const LONGEST_TIMER_MS = 60_000;

export interface DeliveryOptions extends SenderOptions, Pick<HurryOptions, 'picturesHurried'> {
  readonly inFlight: InFlight;
}

export function createDelivery(given: DeliveryOptions): Delivery {
  const { clock, log, inFlight, picturesHurried } = given;
  const hurry = createHurry({ clock, log, inFlight, hurried: () => pool.wake(), picturesHurried });
  const platform = aroundCalls(given.platform, async (_call, send) => {
    try {
      return await send();
    } catch (error) {
      hurry.failed();
      throw error;
    }
  });
  const options = { ...given, platform };
  const [sendEnds, putEnds] = [createUnsaidEnds(given.ids, freeSendsOf), createUnsaidEnds(given.ids, freePutsOf)];
  let cancelAlarm: () => void = () => undefined;
  let quietTimer: NodeJS.Timeout | undefined;

  const pool = createWorkerPool({
    name: 'delivery',
    workers: WORKERS,
    inFlight,
    look,
    onFailure: (error) => log.error({ code: asAppError(error).code, err: error }, 'delivery.failed'),
  });

  /**
   * First deliveries before redraws; it wakes when the next retry is due, when the next card may be redrawn, and when what another one
   * claimed and has not done is free.
   */
  async function look(): Promise<readonly Piece[]> {
    await sendEnds.say();
    await putEnds.say();
    const [now, machine] = [clock.now(), clock.machine()];
    const [sends, cards] = await Promise.all([dueSends(now, machine), dueCards(machine)]);
    cancelAlarm();
    if (sends.nextAt !== undefined) cancelAlarm = clock.at(sends.nextAt, pool.wake);
    clearTimeout(quietTimer);
    const next = Math.min(cards.nextAt ?? Number.POSITIVE_INFINITY, sends.freeAt ?? Number.POSITIVE_INFINITY);
    if (next < Number.POSITIVE_INFINITY)
      quietTimer = setTimeout(pool.wake, Math.min(next - machine, LONGEST_TIMER_MS)).unref();
    return [
      ...Array.from({ length: sends.count }, () => () => sendEnds.follow((token) => sendNext(token, options))),
      ...cards.puts.map((before) => () => putEnds.follow((token) => redrawNext(token, options, before))),
    ];
  }

  return {
    wake: pool.wake,
    isThere: hurry.isThere,
    look: hurry.look,
    async left() {
      const [sends, cards] = await Promise.all([pendingSends(), staleCards()]);
      return [...(sends > 0 ? [`${sends} cards to send`] : []), ...(cards > 0 ? [`${cards} cards to redraw`] : [])];
    },
    async close() {
      await pool.close();
      cancelAlarm();
      clearTimeout(quietTimer);
    },
  };
}
