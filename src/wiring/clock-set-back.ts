import type { Clock } from '@field/kit/clock';
import type { Logger } from '@field/kit/log';
import { hastenPuts } from '../../models/card-puts.ts';
import { hastenSends } from '../../models/outbox-waits.ts';
import { hastenMoves } from '../../models/people.ts';
import { liftPictures } from '../../models/pictures.ts';

/** Less than this nobody notices. */
const FELT_MS = 1_000;
/** The longest that a try is put off; what is to come later than that comes at its time. */
const LONGEST_PUT_OFF_MS = 5 * 60_000;

/**
 * Looks, whenever it is called, whether the clock of this machine was set back since. What was put off by it would wait by as much
 * longer: it is due now. Where it fails, the next look does it.
 */
export function watchSetBack({ clock, log }: { readonly clock: Clock; readonly log: Logger }): () => Promise<void> {
  const aheadOfElapsed = (): number => clock.now() - clock.elapsed();
  let before = aheadOfElapsed();
  return async () => {
    const present = aheadOfElapsed();
    const setBackMs = Math.round(before - present);
    if (setBackMs >= FELT_MS) {
      log.warn({ setBackMs }, 'clock.setBack');
      const [now, machine] = [clock.now(), clock.machine()];
      const withinMs = setBackMs + LONGEST_PUT_OFF_MS;
      await hastenSends(now, now + withinMs);
      await liftPictures(now);
      await hastenMoves(now, now + withinMs);
      await hastenPuts(machine, machine + withinMs);
    }
    before = present;
  };
}
