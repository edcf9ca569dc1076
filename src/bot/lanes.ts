import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { lanesWithWork } from '../../models/inbox.ts';
import { holdLane, releaseLane } from '../../models/lanes.ts';
import { peopleWithMoves } from '../../models/people.ts';
import { picturesLeft } from '../../models/pictures.ts';
import { FairTurns } from '../work/fair-turns.ts';
import type { InFlight } from '../work/in-flight.ts';

/** One thing done in a lane, or when to look again (`clock.now()`), or nothing left. */
export type LaneStep =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'empty' };

export interface LanesOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  readonly inFlight: InFlight;
  /** Does the next thing of a lane in one transaction that checks `token`. */
  readonly step: (lane: string, token: string) => Promise<LaneStep>;
  /** Looks in one trip whether a lane has something to do; undefined: it seems to. */
  readonly look: (lane: string) => Promise<Exclude<LaneStep, { kind: 'done' }> | undefined>;
  /** Wakes delivery after a commit. */
  readonly wake: () => void;
  /** Called once when a lane that was woken could not be had for three seconds: whoever waits there is told so. */
  readonly heldElsewhere: (lane: string) => Promise<void>;
}

/**
 * A person's messages, verdicts and card moves are applied in order by whoever holds the person's lane, over any number of
 * processes (architecture 4). What was recorded and not finished is found again by `sweep`: after a crash, and every few seconds.
 */
export interface Lanes {
  wake(lane: string): void;
  sweep(): Promise<void>;
  /** How many lanes are worked on, or wait for their turn. */
  atWork(): number;
  /** Stops taking work; resolves when what was begun is finished. */
  close(): Promise<void>;
}

/** How many lanes are worked on at once; the others wait, and each gets its turn after so many steps of one. */
const AT_ONCE = 16;
const STEPS_A_TURN = 25;
/** How soon another process's lane is looked at again, and how long a failed lane rests. */
const HELD_ELSEWHERE_MS = 1_000;
const AFTER_FAILURE_MS = 2_000;
/** An answer that is not there by then is preceded by "Got it. Checking…" (wording rule 12). */
const PATIENCE_MS = 3_000;

export function createLanes(options: LanesOptions): Lanes {
  const { clock, ids, log, inFlight } = options;
  const running = new Map<string, Promise<void>>();
  const turns = new FairTurns({ atOnce: AT_ONCE, each: 1 });
  const again = new Set<string>();
  const alarms = new Map<string, () => void>();
  const rests = new Map<string, NodeJS.Timeout>();
  const wanted = new Map<string, NodeJS.Timeout>();
  /** Lanes that this process may hold, since the store took no word of the end: under that token. */
  const unsaid = new Map<string, string>();
  let closed = false;

  function wake(lane: string): void {
    if (closed) return;
    if (running.has(lane)) {
      again.add(lane);
      return;
    }
    if (!wanted.has(lane)) wanted.set(lane, setTimeout(() => void sayHeld(lane), PATIENCE_MS).unref());
    const done = inFlight.begin('lane');
    const run = runLane(lane)
      .catch((error: unknown) => {
        log.error({ code: asAppError(error).code, err: error }, 'lane.failed');
        lookAgain(lane, AFTER_FAILURE_MS);
      })
      .finally(() => {
        running.delete(lane);
        if (again.delete(lane)) wake(lane);
        done();
      });
    running.set(lane, run);
  }

  async function runLane(lane: string): Promise<void> {
    const giveBack = await turns.take(lane);
    try {
      if (!closed) await holdAndStep(lane);
    } finally {
      giveBack();
    }
  }

  async function holdAndStep(lane: string): Promise<void> {
    const before = unsaid.get(lane);
    if (before !== undefined) await giveUp(lane, before);
    const token = ids.lease();
    unsaid.set(lane, token);
    if (!(await holdLane(lane, token, clock.machine()))) {
      unsaid.delete(lane);
      return lookAgain(lane, HELD_ELSEWHERE_MS);
    }
    clearTimeout(wanted.get(lane));
    wanted.delete(lane);
    try {
      for (let steps = 1; ; steps += 1) {
        if (steps > STEPS_A_TURN && turns.areWanted) return void again.add(lane);
        again.delete(lane);
        // mostly one thing is to be done, and then nothing: which a step would find out in five trips
        const step = (steps > 1 ? await options.look(lane) : undefined) ?? (await options.step(lane, token));
        if (step.kind === 'done') options.wake();
        if (step.kind === 'later') setAlarm(lane, step.at);
        if (step.kind !== 'done' && !again.has(lane)) return;
        if (closed) return;
      }
    } finally {
      await giveUp(lane, token);
    }
  }

  async function giveUp(lane: string, token: string): Promise<void> {
    await releaseLane(lane, token);
    unsaid.delete(lane);
  }

  async function sayHeld(lane: string): Promise<void> {
    const done = inFlight.begin('lane');
    await options
      .heldElsewhere(lane)
      .catch((error: unknown) => log.error({ code: asAppError(error).code, err: error }, 'lane.waitsUnsaid'))
      .finally(done);
  }

  function setAlarm(lane: string, at: number): void {
    alarms.get(lane)?.();
    alarms.set(
      lane,
      clock.at(at, () => {
        alarms.delete(lane);
        wake(lane);
      }),
    );
  }

  function lookAgain(lane: string, afterMs: number): void {
    if (closed || rests.has(lane)) return;
    const rest = setTimeout(() => {
      rests.delete(lane);
      wake(lane);
    }, afterMs);
    rests.set(lane, rest.unref());
  }

  /** Throws by the names of the catalogue. */
  async function whatIsLeft() {
    try {
      const [recorded, { lanes }, moves] = await Promise.all([lanesWithWork(), picturesLeft(), peopleWithMoves()]);
      return { lanes: new Set([...recorded, ...lanes]), moves };
    } catch (thrown) {
      throw asAppError(thrown);
    }
  }

  return {
    wake,
    atWork: () => running.size,
    async sweep() {
      const { lanes, moves } = await whatIsLeft();
      for (const lane of lanes) wake(lane);
      for (const { userId, dueAt } of moves) {
        if (dueAt <= clock.now()) wake(userId);
        else if (!alarms.has(userId)) setAlarm(userId, dueAt);
      }
    },
    async close() {
      closed = true;
      for (const cancel of alarms.values()) cancel();
      for (const timer of [...rests.values(), ...wanted.values()]) clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
}
