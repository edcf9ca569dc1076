import { setTimeout as after } from 'node:timers/promises';
import { pictures as drawn } from '../test/support/pictures.ts';
import type { World } from '../test/support/world/world.ts';
import { startBenchWorld } from './bench-world.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { tapNext } from './taps.ts';

type Flood = Extent['flood'];

/** What DingTalk waits for the answer of a tap (dingtalk 2.2). */
const LATE_MS = 2_000;
const GOAL_MORE_MS = 300;
const BETWEEN_TAPS_MS = 200;
const SENDERS = 16;
const AFTERWARDS_MS = 20_000;

/** One person sends all of this at once; another taps before, and meanwhile. */
export async function floodRows(flood: Flood): Promise<Row[]> {
  const world = await startBenchWorld();
  try {
    const crowd = await gatherCrowd(world, 2);
    await beginPromotion(world, crowd[0]);
    const alone = await tapsWhile(world, crowd, after(flood.seconds * 1_000));
    const busy = await tapsWhile(world, crowd, sendAll(world, crowd, flood));
    const median = quantile(alone.latencies, 0.5);
    const floorIs = 'the same without a flood';
    return [
      {
        name: 'flood.otherTapMs',
        value: quantile(busy.latencies, 0.5),
        unit: 'ms',
        floor: median,
        floorIs,
        goal: { atMost: median + GOAL_MORE_MS },
        bound: `${flood.messages} messages and ${flood.pictures} pictures of one person on the same cores`,
      },
      {
        name: 'flood.otherTapsLate',
        value: busy.late,
        unit: `of ${busy.latencies.length + busy.late}`,
        floor: alone.late,
        floorIs,
        goal: { atMost: 0 },
        bound: 'the cores',
      },
    ];
  } finally {
    await world.close();
  }
}

/** From now on photos are wanted of this person. */
async function beginPromotion(world: World, member: Crowd[number] | undefined): Promise<void> {
  if (member === undefined) throw new Error('there is nobody');
  const person = world.person(member.userId);
  await person.taps({ action: 'menu.product' });
  await person.taps({ action: 'promotion.start' });
}

/** The second one's taps, one after the other, until `done`. */
async function tapsWhile(
  world: World,
  crowd: Crowd,
  done: Promise<unknown>,
): Promise<{ readonly latencies: readonly number[]; readonly late: number }> {
  const latencies: number[] = [];
  let late = 0;
  let going = true;
  const ended = done.finally(() => {
    going = false;
  });
  while (going) {
    const took = await tapNext(world, crowd, 1).catch(() => Number.POSITIVE_INFINITY);
    if (took > LATE_MS) late += 1;
    else latencies.push(took);
    await after(BETWEEN_TAPS_MS);
  }
  await ended;
  return { latencies, late };
}

/** What the first one sends; resolves when all is applied, or a little after every push is through. */
async function sendAll(world: World, crowd: Crowd, { messages, pictures }: Flood): Promise<void> {
  const userId = crowd[0]?.userId ?? '';
  const picture = await drawn.storefront();
  const left = Array.from({ length: messages + pictures }, (_, index) => index).values();
  const send = async (): Promise<void> => {
    for (const index of left) {
      if (index < pictures) await world.sandbox.sendPictures(userId, [picture]);
      else await world.sandbox.say(userId, `message ${index}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await world.sandbox.idle(AFTERWARDS_MS).catch(() => undefined);
}
