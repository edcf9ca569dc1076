import { setTimeout as after } from 'node:timers/promises';
import type { World } from '../test/support/world/world.ts';
import { startBenchWorld } from './bench-world.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { treeRssMb } from './process-figures.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { tapNext } from './taps.ts';

const MOST_MB = 350;
/** What comes and goes with the work. */
const LEVEL_MB = 30;
const TEXT_EACH = 5;

/** As many as one admin lets in within an hour before their own budget is spent. */
const IN_AN_HOUR = 200;
const HOUR_MS = 3_600_000;

async function gatherAll(world: World, people: number): Promise<Crowd> {
  const crowd = [...(await gatherCrowd(world, Math.min(people, IN_AN_HOUR)))];
  while (crowd.length < people) {
    await world.advance(HOUR_MS);
    crowd.push(...(await gatherCrowd(world, Math.min(people - crowd.length, IN_AN_HOUR), crowd.length)));
  }
  return crowd;
}

/** What the bot holds in memory while many are at work by taps and texts: at most, and whether it goes on growing. */
export async function memoryRows({ people, seconds, perSecond }: Extent['memory']): Promise<Row[]> {
  // as the demo starts it, and the page of operating says
  const world = await startBenchWorld({ env: { MALLOC_ARENA_MAX: '2' } });
  try {
    const crowd = await gatherAll(world, people);
    const held: number[] = [];
    const begun = performance.now();
    for (let turn = 0; performance.now() - begun < seconds * 1_000; turn += 1) {
      const due = begun + (turn * 1_000) / perSecond;
      await after(Math.max(0, due - performance.now()));
      const index = turn % people;
      if (turn % TEXT_EACH === 0) await world.sandbox.say(crowd[index]?.userId ?? '', 'is it approved?');
      else await tapNext(world, crowd, index).catch(() => undefined);
      if (turn % perSecond === 0) held.push(treeRssMb(world.botPid));
    }
    const part = (from: number, to: number): number =>
      quantile(held.slice(Math.floor(held.length * from), Math.ceil(held.length * to)), 0.5);
    const quarters = [0, 0.25, 0.5, 0.75].map((from) => `${part(from, from + 0.25).toFixed(0)} MB`).join(', ');
    const told = `${people} people, ${Math.round(seconds / 60)} minutes, by quarters ${quarters}`;
    return [
      { name: 'rss.hourMb', value: Math.max(...held), unit: 'MB', goal: { atMost: MOST_MB }, bound: told },
      {
        name: 'rss.secondHalfMb',
        value: part(0.75, 1),
        unit: 'MB',
        floor: part(0.25, 0.5),
        floorIs: `in the second quarter; ${told}`,
        goal: { atMost: part(0.25, 0.5) + LEVEL_MB },
        bound: told,
      },
    ];
  } finally {
    await world.close();
  }
}
