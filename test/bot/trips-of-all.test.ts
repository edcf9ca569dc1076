import { expect, it } from 'vitest';
import { useModels } from '../models/store.ts';
import { GROUP } from '../support/forger/cast.ts';
import { twoIsosAtWork } from '../support/forger/two-isos.ts';
import { howOften } from '../support/how-often.ts';
import { everybodyTaps } from '../support/in-process/everybody-taps.ts';
import { openWorld } from '../support/in-process/open-world.ts';
import { MORE, MOST, tripsOf } from './most-trips.ts';

const SEED = Number(process.env.TRIPS_SEED ?? 7);
const TAPS = howOften({ inEachRun: 250, inFull: 4_000 });
const REACHED = howOften({ inEachRun: 40, inFull: 100 });
const PEOPLE = 'admin1 nok ploy bee admin1 kwan sup nok lek som admin1 jin ploy zoe pim olan admin1 aran'.split(' ');

const { onDisk } = useModels(undefined, { watched: true });

it(`whatever anybody taps takes six trips to the store, or as many as are told (seed ${SEED})`, async () => {
  const open = await openWorld(onDisk);
  const { world } = open;
  const trips = world.watchTrips();
  try {
    await twoIsosAtWork(open);
    await everybodyTaps(world, { people: PEOPLE, group: GROUP, taps: TAPS, seed: SEED });
  } finally {
    await open.close();
  }
  const taps = trips.take();
  const most = new Map<string, ReturnType<typeof tripsOf>>();
  for (const { action, commands } of taps.filter(({ inTime }) => inTime)) {
    const own = tripsOf(commands);
    if (own.length >= (most.get(action)?.length ?? 0)) most.set(action, own);
  }
  const over = [...most].flatMap(([action, own]) =>
    own.length <= (MORE[action]?.most ?? MOST) ? [] : [`${own.length} ${action}: ${own.join(', ')}`],
  );
  expect(over).toEqual([]);
  expect(most.size).toBeGreaterThanOrEqual(REACHED);
});
