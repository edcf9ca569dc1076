import { afterAll, beforeAll } from 'vitest';
import { join, LEK, NOK } from '../conversations/joining.ts';
import type { Person } from './person.ts';
import { World, type WorldOptions } from './world.ts';

const NEWCOMERS = { staff1: NOK, staff2: LEK };

interface SharedWorldOptions extends WorldOptions {
  /** Who has joined the demo's ISO before the first test. */
  readonly joined?: readonly (keyof typeof NEWCOMERS)[];
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
 * One world for every test of a file, and its usual people; started before the first test, ended after the last. To be called once,
 * at the top of the file; a `beforeAll` below it finds the world running.
 */
export function sharedWorld({ joined = [], ...options }: SharedWorldOptions = {}): SharedWorld {
  const world = new World(options);
  const [nok, lek, ploy] = [world.person('staff1'), world.person('staff2'), world.person('admin1')];
  beforeAll(async () => {
    await world.start();
    for (const userId of joined) await join(world.person(userId), ploy, NEWCOMERS[userId]);
  });
  afterAll(() => world.close());
  return { world, nok, lek, ploy };
}
