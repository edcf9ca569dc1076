import { lanesWithWork } from '../../models/inbox.ts';
import { peopleWithMoves } from '../../models/people.ts';
import { picturesLeft } from '../../models/pictures.ts';
import { submissionsLeft } from '../../models/submissions.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { InFlight } from '../work/in-flight.ts';

/** How soon the database is asked again when nothing happens in this process: another one may work on it too. */
export const LOOK_AGAIN_MS = 100;

/** The longest that a card waits for what was begun: a burst of pictures, and their check. */
const MOVES_WITHIN_MS = 5_000;

/**
 * What a person or a reviewer still waits for: what this process is at, else what stands in the database; empty when the bot is
 * idle. A card that waits for what its person has yet to do on the page beside the chat is not waited for. `now`: by `clock.now()`.
 */
export async function whatIsLeft(inFlight: InFlight, delivery: Delivery, now: number): Promise<readonly string[]> {
  const running = inFlight.left();
  if (running.length > 0) return running;
  const before = inFlight.changes();
  const [lanes, moves, pictures, submissions, deliveries] = await Promise.all([
    lanesWithWork(),
    peopleWithMoves(),
    picturesLeft(),
    submissionsLeft(),
    delivery.left(),
  ]);
  const moving = moves.filter(({ dueAt }) => dueAt <= now + MOVES_WITHIN_MS);
  const left = [
    ...(lanes.length > 0 ? [`${lanes.length} lanes with messages`] : []),
    ...(moving.length > 0 ? [`${moving.length} cards to move`] : []),
    ...(pictures.pending + pictures.lanes.length > 0 ? ['pictures to check or apply'] : []),
    ...(submissions > 0 ? [`${submissions} submissions to hand over`] : []),
    ...deliveries,
  ];
  return left.length === 0 && inFlight.changes() !== before ? ['work that began meanwhile'] : left;
}

/** What is left, none of it when the bot is idle, and how much had happened in this process when it was looked for. */
export interface IdleAnswer {
  readonly idle: boolean;
  readonly left: readonly string[];
  readonly changes: number;
}

/**
 * Answers as soon as nothing is left, at the latest after `withinMs` of real time. Whoever read that nothing was left, with `since`
 * changes, is told so again without a look into the database while nothing has begun or ended in this process.
 */
export async function answerIdle(
  { withinMs, since }: { readonly withinMs: number; readonly since?: number | undefined },
  left: () => Promise<readonly string[]>,
  inFlight: InFlight,
): Promise<IdleAnswer> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const changes = inFlight.changes();
    if (since === changes && inFlight.left().length === 0) return { idle: true, left: [], changes };
    const open = await left();
    const remaining = deadline - performance.now();
    if (open.length === 0 || remaining <= 0) return { idle: open.length === 0, left: open, changes };
    await inFlight.changed(changes, Math.min(remaining, LOOK_AGAIN_MS));
  }
}
