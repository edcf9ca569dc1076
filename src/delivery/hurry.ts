import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { doPutsWait, hurryPuts } from '../../models/card-puts.ts';
import { doSendsWait, hurrySends } from '../../models/outbox-waits.ts';
import { doPicturesWait, hurryPictures } from '../../models/pictures.ts';
import type { InFlight } from '../work/in-flight.ts';

export interface HurryOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** Wakes whoever sends: something became due. */
  readonly hurried: () => void;
}

/**
 * What waits for a person after a failure is due as soon as they are there (architecture 7). Nearly always nothing waits for anybody:
 * then nothing is asked for each tap, and `look` makes up for what began to wait unseen, in another process or in this one, and for
 * what the store could not do.
 */
export interface Hurry {
  /** This person has just written or tapped. */
  isThere(userId: string): void;
  /** A call has failed: something may wait from now on. */
  failed(): void;
  /** Learns whether something waits for anybody; hurries for whoever was there since the last look. To be called every few seconds. */
  look(): Promise<void>;
}

export function createHurry({ clock, log, inFlight, hurried }: HurryOptions): Hurry {
  /** Until the first look nobody knows. */
  let mayWait = true;
  let failures = 0;
  /** Were there, and may not have what waits for them. */
  const there = new Set<string>();

  async function hurry(userId: string): Promise<void> {
    const [sends, puts] = [await hurrySends(userId, clock.now()), await hurryPuts(userId, clock.machine())];
    await hurryPictures(userId, clock.now());
    if (sends || puts) hurried();
  }

  return {
    isThere(userId) {
      if (!mayWait) return void there.add(userId);
      const done = inFlight.begin('hurry');
      hurry(userId)
        .catch((error: unknown) => {
          there.add(userId);
          log.error({ code: asAppError(error).code, err: error }, 'hurry.failed');
        })
        .finally(done);
    },
    failed() {
      failures += 1;
      mayWait = true;
    },
    async look() {
      const before = failures;
      const [now, machine] = [clock.now(), clock.machine()];
      const waits = await Promise.all([doSendsWait(now), doPutsWait(machine), doPicturesWait(now)]);
      // what failed meanwhile may have been written behind it
      mayWait = waits.includes(true) || failures !== before;
      for (const userId of there) {
        if (mayWait) await hurry(userId);
        there.delete(userId);
      }
    },
  };
}
