import { afterAll, afterEach, beforeAll } from 'vitest';
import { join, LEK, NOK } from '../conversations/joining.ts';
import type { Person } from './person.ts';
import { keepWarm, takeWarm } from './warm-parts.ts';
import { World, type WorldOptions } from './world.ts';

const NEWCOMERS = { staff1: NOK, staff2: LEK };

interface SharedWorldOptions extends WorldOptions {
  /** Who has joined the demo's ISO before the first test. */
  readonly joined?: readonly (keyof typeof NEWCOMERS)[];
  /** On processes that were started for this file, and end with it. */
  readonly fresh?: boolean;
}

export interface SharedWorld {
  readonly world: World;
  /** `staff1`. */
  readonly nok: Person;
  /** `staff2`. */
  readonly lek: Person;
  /** `admin1`. */
  readonly ploy: Person;
}

/**
 * One world for every test of a file, and its usual people; begun before the first test, on the processes of the worker's file before where
 * nothing is asked of them. To be called once, at the top of the file; a `beforeAll` below it finds the world running.
 */
export function sharedWorld({ joined = [], fresh, ...options }: SharedWorldOptions = {}): SharedWorld {
  const world = new World(options);
  const isWarm = fresh !== true && Object.keys(options).length === 0;
  let failed = false;
  const [nok, lek, ploy] = [world.person('staff1'), world.person('staff2'), world.person('admin1')];
  beforeAll(async () => {
    await world.start(isWarm ? await takeWarm() : undefined);
    for (const userId of joined) await join(world.person(userId), ploy, NEWCOMERS[userId]);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  // what went wrong here shall not go wrong in the next file
  afterAll(() => (isWarm && !failed ? keepWarm(world.parts) : world.close()));
  return { world, nok, lek, ploy };
}
