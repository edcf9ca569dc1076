import { expect, it } from 'vitest';
import { capturePhoneOf } from '../support/capture-phone.ts';
import { promoteByPage } from '../support/conversations/promotion-by-page.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1', 'staff2'] });

it('a promotion of three spots has all its photos from the page, each in its place', async () => {
  const before = await world.stats('staff1');
  await promoteByPage(nok, capturePhoneOf(world, 'staff1'), { shop: 'Page Cafe' });
  await nok.sees('Submitted', 'Page Cafe');
  const after = await world.stats('staff1');
  const pushes = ({ pushes: { messages, taps } }: typeof after): number => messages + taps;
  // the menu and every form are one each; nothing of the photos is
  expect(pushes(after) - pushes(before)).toBe(9);
  expect(after.apiCalls.billed - before.apiCalls.billed).toBeLessThanOrEqual(14);
  const lines = outgoingLines(world);
  expect(lines.map(({ itemType }) => itemType).sort()).toEqual([
    'POSM',
    'POSM',
    'POSM',
    'SPOT',
    'SPOT',
    'SPOT',
    'STORE',
  ]);
});
