import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { PartProcess } from '../test/support/world/process.ts';
import type { World } from '../test/support/world/world.ts';
import { startBenchWorld } from './bench-world.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';

/** Both start a store, connect, and send a card; what the product loads besides is the rest. */
const MOST_OF_FLOOR = 1.8;

/** From spawning the built bot to its first card in the chat of somebody who says hi as soon as it is connected. */
export async function startRows(starts: number): Promise<Row[]> {
  const world = await startBenchWorld({ bot: false });
  try {
    const floor = floorBot(world);
    const floorTimes = await timed(
      world,
      starts,
      'floor',
      () => floor.spawn(),
      () => floor.stop(),
    );
    const times = await timed(
      world,
      starts,
      'own',
      () => world.spawnBot(),
      () => world.stopBot(),
    );
    return [
      {
        name: 'start.firstCardMs',
        value: quantile(times, 0.5),
        unit: 'ms',
        floor: quantile(floorTimes, 0.5),
        floorIs: 'bare SDK bot with the same store',
        goal: { atMost: quantile(floorTimes, 0.5) * MOST_OF_FLOOR },
        bound: 'loading of packages',
      },
    ];
  } finally {
    await world.close();
  }
}

/** The bare bot of `floor-bot.ts`, on the same sandbox. */
export function floorBot(world: World): PartProcess {
  const dataDir = join(world.dataDir, 'floor');
  mkdirSync(dataDir, { recursive: true });
  return new PartProcess({
    name: 'The floor',
    entry: 'dist/bench/floor-bot.js',
    env: {
      DINGTALK_API_BASE: world.sandbox.url,
      DATA_DIR: dataDir,
      FLOOR_TEMPLATE: '5f0c2d3e-8a41-4b7e-9c16-2d7a90e1b6f4.schema',
    },
    logFile: join(dataDir, 'floor.log'),
    readyUrl: `${world.sandbox.url}/sandbox/api/clock`,
  });
}

async function timed(
  world: World,
  starts: number,
  name: string,
  spawn: () => void,
  stop: () => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let time = 0; time < starts; time += 1) {
    const { userId } = await world.sandbox.addUser({
      userId: `${name}${time}`,
      name: `New ${name} ${time}`,
      mobile: `+66 80 0${name.length}0 00${time}0`,
    });
    const begun = performance.now();
    spawn();
    await connected(world);
    await world.sandbox.say(userId, 'hi');
    await firstCard(world, userId);
    times.push(performance.now() - begun);
    await stop();
  }
  return times;
}

/** Resolves when the sandbox has a Stream connection. */
export async function connected(world: World): Promise<void> {
  while ((await world.stats()).connections === 0) await after(5);
}

async function firstCard(world: World, userId: string): Promise<void> {
  for (let seq = 0; ; ) {
    const entries = await world.sandbox.conversation(userId, userId, seq, 30_000);
    if (entries.some((entry) => entry.outTrackId !== undefined)) return;
    if (entries.length === 0) throw new Error(`no card came:\n${world.botLog()}`);
    seq = Math.max(...entries.map((entry) => entry.seq));
  }
}
