import { writeClockOffset } from '../../models/settings.ts';
import type { MovableClock } from '../clock.ts';
import type { Jobs } from '../daily/jobs.ts';

/** Moves the demo's calendar to `target`: what is due in between happens in order, each to idle, before it resolves. */
export async function moveClock(
  target: number,
  parts: { clock: MovableClock; jobs: Jobs; left: () => Promise<readonly string[]> },
): Promise<void> {
  const { clock, jobs, left } = parts;
  for (;;) {
    const next = Math.min(clock.nextDue() ?? Infinity, jobs.nextDue(clock.now()) ?? Infinity, target);
    await writeClockOffset(clock.offsetMs + Math.max(0, next - clock.now()));
    clock.moveTo(next);
    await jobs.runDue();
    await untilNothingElseRuns(left, clock);
    if (next >= target) return;
  }
}

const LONGEST_WAIT_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** Waits until nothing is left, or only what waits for a later time; gives up after 20 s of real time. */
export async function untilNothingElseRuns(left: () => Promise<readonly string[]>, clock: MovableClock): Promise<void> {
  const until = clock.machine() + LONGEST_WAIT_MS;
  while (clock.machine() < until) {
    const open = await left();
    const waitsForTime =
      clock.nextDue() !== undefined && open.every((what) => !/^\d+ (lane|tap|picture|delivery|settle)$/.test(what));
    if (open.length === 0 || waitsForTime) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
