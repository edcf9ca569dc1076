import { dayAfter, dayOf } from '@field/kit/calendar';
import { expect } from 'vitest';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, ploy } = sharedWorld({ joined: ['staff1'] });
const it = story('Results that came each day are not there one morning');
const HOUR_MS = 3_600_000;
const PROGRAMME = 'Asia/Shanghai';
const HEADER = 'sourceRowKey,dataDate,isoId,itemType,itemRef,submissionRevision,decision,reasonCodes,decidedAt';

const now = async (): Promise<number> => (await world.sandbox.advance(0)).now;
const today = async (): Promise<string> => dayOf(await now(), PROGRAMME);
const late = async () => (await ploy.cards()).filter(({ text }) => text.includes('Results are late'));

it('nobody is told before ten in the morning', async () => {
  for (const back of [2, 3]) world.drop(`review_${dayAfter(await today(), -back)}_001.csv`, `${HEADER},of${back}\r\n`);
  await promote(nok, { spots: 1 });
  const sinceMidnight = ((await now()) + 8 * HOUR_MS) % (24 * HOUR_MS);
  await world.advance(33 * HOUR_MS - sinceMidnight);
  expect(await late()).toHaveLength(0);
});

it('then its admins read it once, and see it in Team', async () => {
  await world.advance(2 * HOUR_MS);
  await ploy.sees('Results are late', 'Nothing to do: you see them when they come.');
  await world.advance(3 * HOUR_MS);
  expect(await late()).toHaveLength(1);
  await ploy.says('menu');
  for (const label of ['Team', 'More', 'Data']) await ploy.taps(label);
  await ploy.sees('! not in yet', 'Nothing to do: late results show when they come.');
});
