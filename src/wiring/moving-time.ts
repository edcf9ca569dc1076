import type { MovableClock } from '@field/kit/clock';
import { writeClockOffset } from '../../models/settings.ts';
import type { Jobs } from '../daily/jobs.ts';
import type { InFlight } from '../work/in-flight.ts';
import { LOOK_AGAIN_MS } from './idle.ts';

interface MovingParts {
  readonly clock: MovableClock;
  readonly left: () => Promise<readonly string[]>;
  readonly inFlight: InFlight;
}

/**
 * Moves the demo's calendar to `target`: what was begun is finished first, and what is due in between happens in order, each to
 * idle, before it resolves.
 */
export async function moveClock(
  target: number,
  parts: MovingParts & { readonly jobs: Pick<Jobs, 'runDue' | 'nextDue'> },
): Promise<void> {
  const { clock, jobs, inFlight } = parts;
  await untilNothingElseRuns(parts);
  let standing = {};
  let changes = inFlight.changes();
  for (;;) {
    if (inFlight.changes() !== changes) standing = {};
    changes = inFlight.changes();
    const job = await jobs.nextDue(clock.now(), standing, target);
    const next = Math.min(clock.nextDue() ?? Infinity, job, target);
    await writeClockOffset(clock.offsetMs + Math.max(0, next - clock.now()));
    // an alarm comes by itself as well, and a sweep: what they began may have to be done before that hour
    if (inFlight.changes() !== changes || inFlight.left().length > 0) {
      const { runs } = await untilNothingElseRuns(parts);
      if (runs.length === 0) continue;
    }
    const before = inFlight.changes();
    clock.moveTo(next);
    await jobs.runDue();
    // most hours of a day nothing begins, and the database need not be asked
    if (inFlight.changes() !== before) await untilNothingElseRuns(parts);
    if (next >= target) return;
  }
}

const LONGEST_WAIT_MS = 20_000;

/**
 * Waits until nothing is left, or only what waits for a later time; gives up after 20 s of real time.
 *
 * @returns what still runs then, named, nothing where it did not give up; and whether something seemed to wait for a later time.
 */
export async function untilNothingElseRuns({
  left,
  clock,
  inFlight,
}: MovingParts): Promise<{ readonly runs: readonly string[]; readonly mayWait: boolean }> {
  const until = clock.machine() + LONGEST_WAIT_MS;
  while (clock.machine() < until) {
    const since = inFlight.changes();
    const open = await left();
    if (open.length === 0) return { runs: [], mayWait: false };
    if (clock.nextDue() !== undefined && inFlight.left().length === 0) return { runs: [], mayWait: true };
    await inFlight.changed(since, LOOK_AGAIN_MS);
  }
  return { runs: await left(), mayWait: false };
}
