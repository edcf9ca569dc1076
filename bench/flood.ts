import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { pictures as drawn } from '../test/support/pictures.ts';
import { reach } from '../test/support/world/reach.ts';
import type { World } from '../test/support/world/world.ts';
import { inBenchWorld } from './bench-world.ts';
import { type Crowd, gatherCrowd } from './crowd.ts';
import type { Extent } from './extent.ts';
import { takenMs } from './photo-taken.ts';
import { quantile } from './quantile.ts';
import type { Row } from './row.ts';
import { tapNext } from './taps.ts';

type Flood = Extent['flood'];

/** What DingTalk waits for the answer of a tap (dingtalk 2.2). */
const LATE_MS = 2_000;
const GOAL_MORE_MS = 300;
const GOAL_PHOTO_MS = 10_000;
const BETWEEN_TAPS_MS = 200;
const SENDERS = 16;
const AFTERWARDS_MS = 20_000;
/** The flood is everywhere by then. */
const PHOTO_AFTER_MS = 2_000;

/** One person sends all of this at once; another taps before, and meanwhile; a third one’s photo is on its way beside it. */
export async function floodRows(flood: Flood): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    const crowd = await gatherCrowd(world, 3);
    await beginPromotion(world, crowd[0]);
    const alone = await tapsWhile(world, crowd, after(flood.seconds * 1_000));
    const third = world.person(crowd[2]?.userId ?? '');
    await reach(third, 'storefront');
    const flooding = sendAll(world, crowd, flood);
    const photo = (async () => {
      await after(PHOTO_AFTER_MS);
      return await takenMs(world, third, await drawn.storefront(5));
    })();
    const busy = await tapsWhile(world, crowd, Promise.all([flooding, photo]));
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
      {
        name: 'flood.otherPhotoMs',
        value: await photo,
        unit: 'ms',
        goal: { atMost: GOAL_PHOTO_MS },
        bound: 'the pictures in hand, and the messages that wait to be applied',
      },
    ];
  });
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
      // each a file of its own that shows the same, so that none of them is known before it was looked at
      if (index < pictures) await world.sandbox.sendPictures(userId, [Buffer.concat([picture, randomBytes(16)])]);
      else await world.sandbox.say(userId, `message ${index}`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
  await world.sandbox.idle(AFTERWARDS_MS).catch(() => undefined);
}
