import sharp from 'sharp';
import { join, LEK, NOK } from '../test/support/conversations/joining.ts';
import { pictures } from '../test/support/pictures.ts';
import type { Person } from '../test/support/world/person.ts';
import { reach } from '../test/support/world/reach.ts';
import type { World } from '../test/support/world/world.ts';
import { inBenchWorld } from './bench-world.ts';
import { takenMs } from './photo-taken.ts';
import type { Row } from './row.ts';

const A_MESSAGE = 10;

/** How long another person's photo takes until the card has it: alone, and behind so many pictures that one person sends at once. */
export async function photoQueueRows(before: number): Promise<Row[]> {
  return await inBenchWorld(async (world) => {
    const admin = world.person('admin1');
    const [nok, lek] = [world.person('staff1'), world.person('staff2')];
    await join(nok, admin, NOK);
    await join(lek, admin, LEK);
    await reach(nok, 'storefront', { shop: 'Nine Mart' });
    await reach(lek, 'storefront');
    const alone = await takenMs(world, nok, await pictures.storefront(4));
    await flood(world, nok, before);
    const behind = await takenMs(world, lek, await pictures.storefront(5));
    return [
      {
        name: `photo.takenBehind${before}Ms`,
        value: behind,
        unit: 'ms',
        floor: alone,
        floorIs: 'a photo alone',
        goal: { atMost: 10_000 },
        bound: 'the pictures in hand, and the messages that wait to be applied',
      },
    ];
  });
}

/** Pictures that all differ, some a message; all are with the bot when it resolves. */
async function flood(world: World, { userId }: Person, count: number): Promise<void> {
  const counter = await pictures.counter(3);
  const different: Buffer[] = [];
  for (let index = 0; index < count; index += 1) {
    const brightness = 0.7 + index / 1_000;
    different.push(await sharp(counter).modulate({ brightness }).jpeg().toBuffer());
  }
  const messages = Array.from({ length: Math.ceil(count / A_MESSAGE) }, (_, index) =>
    different.slice(index * A_MESSAGE, (index + 1) * A_MESSAGE),
  );
  await Promise.all(messages.map((some) => world.sandbox.sendPictures(userId, some)));
}
