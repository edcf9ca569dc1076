import { expect } from 'vitest';
import { taskLands } from '../support/conversations/inspection.ts';
import { promote, SHOP } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Work is left, and some of it is due');

it('a promotion is begun and left, a spot fails, and an inspection is due in two days', async () => {
  await promote(nok, { spots: 2 });
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'PRIMARY_POSM' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, nameLocal: 'Krung Thep Noodles', address: 'Sathorn Rd 3' });
  await nextDayFails(world, handedOverKey(world, 'SPOT', 2), ['SPOT_PHOTO_BLURRY']);
  await taskLands(world, { sourceKey: 'due', assignee: 'staff1', dueInDays: 2.3 });
  await nok.doesNotSee('reminder.title');
});

it('one card tells of all three, with what is due and where each was left', async () => {
  await world.advance(2 * DAY_MS + 3 * HOUR_MS);
  await nok.sees(
    'Still to do',
    'Baan Coffee · Cashier 2: photo too dark',
    'Som Tam House: ! Inspect · today',
    'Krung Thep Noodles: … Begun',
  );
  const { buttons } = await nok.card('Still to do');
  expect(buttons.map(({ label }) => label)).toEqual([
    'Fix Cashier 2',
    'Inspect Som Tam Hou…',
    'Resume Krung Thep N…',
    'Failed (1)',
    'Menu',
  ]);
});

it('one tap opens what was left', async () => {
  await nok.taps('Resume Krung Thep N…', { on: await nok.card('Still to do') });
  await nok.sees('Step 1 of 4 · Storefront photo', 'Krung Thep Noodles');
});
