import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { doPutsWait, hurryPuts } from '../../models/card-puts.ts';
import { doSendsWait, hurrySends } from '../../models/outbox-waits.ts';
import { doPicturesWait, hurryPictures } from '../../models/pictures.ts';
import { liftUploads } from '../../models/uploads.ts';
import type { InFlight } from '../work/in-flight.ts';

export interface HurryOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** Wakes whoever sends: something became due. */
  readonly hurried: () => void;
  /** Wakes whoever checks pictures. */
  readonly picturesHurried: () => void;
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

export function createHurry({ clock, log, inFlight, hurried, picturesHurried }: HurryOptions): Hurry {
  /** Until the first look nobody knows. */
  let mayWait = true;
  let failures = 0;
  /** Were there, and may not have what waits for them. */
  const there = new Set<string>();

  async function hurry(userId: string): Promise<void> {
    const at = { now: clock.now(), machine: clock.machine() };
    const sends = await hurrySends(userId, at);
    const puts = await hurryPuts(userId, at.machine);
    const pictures = await hurryPictures(userId, at);
    // a card that waits for a picture asks for it when it is drawn
    if (puts) await liftUploads(at.machine);
    if (sends || puts) hurried();
    if (pictures) picturesHurried();
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
