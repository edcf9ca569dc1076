import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { noteActive, type Person } from '../../models/people.ts';
import type { InFlight } from '../work/in-flight.ts';

const HOUR_MS = 3_600_000;

/** When somebody was last heard of is known to the hour, as their admin reads it, so that most updates write nothing. */
export function isHeardAnew({ activeAt = 0 }: Pick<Person, 'activeAt'>, now: number): boolean {
  return now - activeAt >= HOUR_MS;
}

/** Notes that somebody was heard of, once their tap is answered: nobody waits for that. */
export function noteHeard(
  { inFlight, log }: { readonly inFlight: InFlight; readonly log: Logger },
  userId: string,
  at: number,
): void {
  const done = inFlight.begin('activity');
  void noteActive(userId, at)
    .catch((error: unknown) => log.error({ code: asAppError(error).code, err: error }, 'tap.unfinished'))
    .finally(done);
}
