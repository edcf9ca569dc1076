import { expect, it } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();

/** What comes again with each promotion: a file is fetched from elsewhere, and an example picture is uploaded once for all. */
const NOT_COUNTED = ['fetchFile', 'uploadImage'];
const calls = () => world().platform.calls.filter((call) => !NOT_COUNTED.includes(call)).length;

it.each([
  ['MARKETING_CODE', 'one photo a message', false, { pushes: 16, calls: 24 }],
  ['MARKETING_CODE', 'a spot’s photos together', true, { pushes: 13, calls: 18 }],
  ['PRIMARY_POSM', 'one photo a message', false, { pushes: 16, calls: 24 }],
  ['PRIMARY_POSM', 'a spot’s photos together', true, { pushes: 13, calls: 18 }],
] as const)(
  'a promotion of three spots, %s, %s, costs so many pushes and calls',
  async (product, _how, together, most) => {
    const nok = await world().hires('nok');
    // each once: one may be begun anew
    const pushes = new Set<string>();
    world().standsAround(async ({ update }, handle) => {
      if (['message', 'tap', 'event'].includes(update.kind)) pushes.add(`${update.kind} ${update.id}`);
      await handle();
    });
    await promote(nok, { product, spots: 3, together });
    await nok.sees('Submitted', 'Baan Coffee');
    expect({ pushes: pushes.size, calls: world().asInTime(calls(), most.calls) }).toEqual(most);
  },
);
