import { expect, it } from 'vitest';
import { findCard } from '../../models/cards.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { pictures } from '../support/pictures.ts';
import { reach } from '../support/world/reach.ts';

const world = useWorld();

/** The cards of Nok's chat that moved on, as they stand there: the title above what is said. */
async function historyOf(nok: Awaited<ReturnType<ReturnType<typeof world>['hires']>>) {
  const cards = await nok.cards();
  return cards.slice(0, -1).map(({ outTrackId }) => {
    const { title, body } = world().platform.cards.get(outTrackId)?.params ?? {};
    return { title, body };
  });
}

it('a card that moved on says which step it asked for, and in whose shop', async () => {
  const nok = await world().hires('nok');
  await reach(nok, 'storefront', { shop: 'Baan Coffee' });
  await nok.sends(await pictures.storefront(1));
  await nok.says('menu');
  const history = await historyOf(nok);
  expect(history).toContainEqual({ title: 'Step 1 of 4 · Storefront photo', body: '✓ Photo kept · Baan Coffee' });
  expect(history.at(-1)).toEqual({ title: 'Step 2 of 4 · Spot 1', body: 'Baan Coffee · Continued below.' });
});

it('a menu or a list that moved on says which it was', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.says('help');
  await nok.says('menu');
  expect((await historyOf(nok)).map(({ title }) => title)).toEqual(['Menu', 'Help']);
});

it('so does the way into an ISO, and what an admin opens', async () => {
  const newcomer = world().person('newcomer');
  const admin = world().person('admin1');
  await newcomer.says('hi');
  await newcomer.fills({ isoEmail: 'demo@iso.example', phone: '0812345099' });
  await admin.taps('Approve');
  expect((await historyOf(newcomer)).map(({ title }) => title)).toEqual(['Join your ISO']);
  for (const button of ['Team', 'People']) {
    if (button === 'Team') await admin.says('menu');
    await admin.taps(button);
  }
  await admin.says('menu');
  expect((await historyOf(admin)).at(-1)?.title).toBe('People');
});

it('what is kept of a card to say so names no person', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  const { outTrackId } = await nok.card();
  await nok.sees('Hi Nok');
  expect((await findCard(outTrackId))?.asked).toBeUndefined();
});
