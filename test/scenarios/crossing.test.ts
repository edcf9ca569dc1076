import { beforeAll, expect } from 'vitest';
import { findCard } from '../../models/cards.ts';
import { findPerson } from '../../models/people.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const DOWNLOAD = 'POST /v1.0/robot/messageFiles/download';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok goes on with one promotion, always too fast');
beforeAll(() => reach(nok, 'storefront'));

const fetched = async (): Promise<number> => (await world.stats('staff1')).apiCalls.byPath[DOWNLOAD] ?? 0;

it('a tap right after a photo decides what the card shows that moves below the photo', async () => {
  const before = await fetched();
  await world.sandbox.sendPictures('staff1', [await pictures.storefront(1)]);
  await expect.poll(() => fetched()).toBeGreaterThan(before);
  await nok.taps({ action: 'menu.open' }, { withoutWaiting: true });
  await world.untilIdle();
  const lowest = (await nok.cards()).at(-1);
  expect(lowest?.text).toContain('Hi Nok');
  await nok.taps('Resume Baan Coffee');
  await nok.sees('Step 2 of 4');
});

it('two taps that cross leave one card, which shows what is true', async () => {
  await nok.fills({ fixedSecurely: true });
  for (let round = 0; round < 3; round += 1) {
    const card = (await nok.cards()).at(-1);
    const both = (card?.buttons ?? []).filter(({ disabled }) => !disabled).slice(0, 2);
    expect(both).toHaveLength(2);
    await Promise.all(
      both.map(({ actionId, params }) =>
        world.sandbox.tap(card?.outTrackId ?? '', { userId: 'staff1', actionId, params }),
      ),
    );
    await world.untilIdle();
    const stored = await behindTheScenes(world, async () => {
      const { workingCard } = (await findPerson('staff1')) ?? {};
      return workingCard === undefined ? undefined : await findCard(workingCard);
    });
    expect(stored?.shown?.version).toBe(stored?.wanted);
    const seen = (await nok.cards()).filter(({ outTrackId }) => outTrackId === stored?.outTrackId);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.text.includes('Hi Nok')).toBe(stored?.view === 'menu');
    await nok.says('menu');
    await nok.taps('Resume Baan Coffee');
  }
});
