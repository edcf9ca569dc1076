import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { usageOf } from '../../models/monthly-usage.ts';
import { monthEnd } from '../../src/domain/limits.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { pictures } from '../support/pictures.ts';
import type { Person } from '../support/world/person.ts';

const LIMIT = 60;
const world = useWorld({ DINGTALK_CALLS_A_MONTH: String(LIMIT) });
const NOVEMBER = '2026-11';

const calls = () => world().platform.calls.length;
const usedBy = async (email: string, what: 'own' | 'result') =>
  (await usageOf(NOVEMBER)).payers.get((await findIsoByEmail(email))?.isoId ?? '')?.[what] ?? 0;

async function spendAll() {
  const nok = await world().hires('nok');
  await spend(nok);
  return nok;
}

/** Somebody writes until nothing is sent any more. */
async function spend(nok: Person) {
  await world().sweep();
  for (let before = -1; calls() > before; ) {
    before = calls();
    await nok.says('menu');
    await world().sweep();
  }
}

it('one ISO spends all it has, and the other goes on', async () => {
  await spendAll();
  const spent = await usedBy(DEMO_ISO, 'own');
  expect(spent).toBeGreaterThan(20);
  expect(spent).toBeLessThan(LIMIT * 0.85);
  const ploy = world().person('ploy');
  await ploy.says('menu');
  await ploy.sees('Hi Ploy');
  await ploy.says('menu');
  expect((await usageOf(NOVEMBER)).calls).toBeLessThanOrEqual(LIMIT);
});

it('whoever writes reads in the chat why nothing comes, once a day; then that it is kept', async () => {
  const nok = await spendAll();
  expect(world().replies).toEqual([expect.stringContaining('Your ISO has used up its share')]);
  await nok.says('menu');
  expect(world().replies).toHaveLength(1);
  world().clock.skip(61_000);
  await nok.says('menu');
  expect(world().replies.slice(1)).toEqual(['Got it. Go on with the card above.']);
});

it('buttons answer as ever, and say why once', async () => {
  const nok = await spendAll();
  const before = calls();
  await nok.taps({ action: 'review.mine' });
  const card = await nok.card();
  expect(card.text).toContain('Your ISO has used up its share');
  expect(card.text).toContain('My results');
  await nok.taps({ action: 'menu.open' });
  expect((await nok.card()).text).not.toContain('Your ISO has used up its share');
  expect(calls()).toBe(before);
});

it('a photo that is sent meanwhile is waited for by nobody, and is there with the new month', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP });
  await spend(nok);
  await nok.sends(await pictures.storefront(1));
  const photos = async () => (await openDraftsOf('nok'))[0]?.draft.photos ?? [];
  expect(await photos()).toMatchObject([{ where: { kind: 'checking' } }]);
  world().clock.moveTo(monthEnd(NOVEMBER) + 1);
  await world().sweep();
  expect(await photos()).toMatchObject([{ where: { kind: expect.not.stringMatching(/refused|checking/) } }]);
});

it('what waited comes with the new month, and the card is one', async () => {
  const nok = await spendAll();
  await nok.says('help');
  world().clock.moveTo(monthEnd(NOVEMBER) + 1);
  await world().sweep();
  await nok.says('menu');
  await nok.sees('Hi Nok');
  expect((await usageOf('2026-12')).calls).toBeGreaterThan(0);
});
