import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { hastenPuts, hastenQuiet, shortenPuts } from '../../models/card-puts.ts';
import { shortenSends } from '../../models/held-sends.ts';
import { shortenLanes } from '../../models/lanes.ts';
import { shortenLeases } from '../../models/leases.ts';
import { hastenSends, hastenUnhindered } from '../../models/outbox-waits.ts';
import { hastenMoves } from '../../models/people.ts';
import { liftPictures, shortenChecks } from '../../models/pictures.ts';

/** Less than this nobody notices. */
const FELT_MS = 1_000;
/** The longest that a try is put off; what is to come later than that comes at its time. */
const LONGEST_PUT_OFF_MS = 5 * 60_000;

/** Nothing that waits for nothing is put off for as long. */
const A_MINUTE_MS = 60_000;
/** A clock that was further ahead is beyond what is looked for: what it left to be sent comes at its time. */
const MOST_AHEAD_MS = 10 * 60_000;

/** What is held by `machine()`. */
const SHORTEN = [shortenPuts, shortenSends, shortenChecks, shortenLanes, shortenLeases];

export interface SetBackWatch {
  /**
   * Looks whether the clock of this machine was set back since. What was put off by it would wait by as much longer: it is due now; and
   * what was taken by it would be held as much longer: for no longer than if it were taken now. Where it fails, the next look does it.
   */
  look(): Promise<void>;
  /** A process has ended whose clock may have been ahead: nobody else knows by how much, and the next look goes by what it left. */
  processEnded(): void;
}

/** From its first look on, which comes after the end of whoever worked here before. */
export function watchSetBack({ clock, log }: { readonly clock: Clock; readonly log: Logger }): SetBackWatch {
  let before = clock.furthestAhead();
  let isInDoubt = true;

  async function lookIfSetBack(): Promise<void> {
    const present = clock.now() - clock.elapsed();
    before = Math.max(before, clock.furthestAhead());
    const setBackMs = Math.round(before - present);
    if (setBackMs >= FELT_MS) {
      log.warn({ setBackMs }, 'clock.setBack');
      const [now, machine] = [clock.now(), clock.machine()];
      const withinMs = setBackMs + LONGEST_PUT_OFF_MS;
      await hastenSends(now, now + withinMs);
      await liftPictures(now);
      await hastenMoves(now, now + withinMs);
      await hastenPuts(machine, machine + withinMs);
      for (const shorten of SHORTEN) await shorten(machine);
    }
    before = present;
  }

  async function liftWhatIsLeft(): Promise<void> {
    const [now, machine] = [clock.now(), clock.machine()];
    const until = now + MOST_AHEAD_MS + LONGEST_PUT_OFF_MS;
    await hastenUnhindered(now, until);
    await hastenMoves(now, until, now + A_MINUTE_MS);
    await liftPictures(now);
    await hastenQuiet(machine);
    for (const shorten of SHORTEN) await shorten(machine);
  }

  return {
    async look() {
      await lookIfSetBack();
      if (!isInDoubt) return;
      // another may end meanwhile
      isInDoubt = false;
      try {
        await liftWhatIsLeft();
      } catch (error) {
        isInDoubt = true;
        throw error;
      }
    },
    processEnded() {
      isInDoubt = true;
    },
  };
}
