import { expect, it } from 'vitest';
import type { CaptureAsk, CaptureState } from '../../src/web/capture/client/protocol.ts';
import { capturePhoneOf } from '../support/capture-phone.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { promoteByPage } from '../support/conversations/promotion-by-page.ts';
import { pictures } from '../support/pictures.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok } = sharedWorld({ joined: ['staff1', 'staff2'] });

/** Nok has a new promotion before her, and her page open. */
async function begins(): Promise<CaptureState> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  return await capturePhoneOf(world, 'staff1').opens();
}

function front({ work }: CaptureState): CaptureAsk {
  const ask = work?.asks.find(({ slot }) => slot.startsWith('store/'));
  if (ask === undefined) throw new Error('no photo of the front is asked for');
  return ask;
}

const store = (shop: string) => ({ ...SHOP, nameLocal: shop, consent: 'true' });

it('two devices fill one draft: the later answer stays, and each sees what the other sent', async () => {
  const state = await begins();
  const [one, other] = [capturePhoneOf(world, 'staff1'), capturePhoneOf(world, 'staff1')];
  await other.opens();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await one.fills(state, form, store('First Cafe'));
  await other.takes(state, front(state), await pictures.storefront(8_001));
  await world.untilIdle();
  await other.fills(state, form, { nameLocal: 'Second Cafe' });
  await world.untilIdle();
  const seen = await other.state();
  expect([seen.work?.shop, front(seen).have]).toEqual(['Second Cafe', 1]);
  expect(seen.work?.forms.some(({ slot }) => slot === form.slot)).toBe(false);
});

it('what waits on the phone while its promotion is submitted comes late: said on the page and in the chat, and nothing changes', async () => {
  const phone = capturePhoneOf(world, 'staff1');
  let early: CaptureState | undefined;
  const settles = async (): Promise<void> => {
    await world.untilIdle();
    early ??= await phone.opens();
  };
  await promoteByPage(nok, capturePhoneOf(world, 'staff1'), { shop: 'Gone Cafe', spots: 1, series: 'BL', settles });
  await nok.sees('Submitted', 'Gone Cafe');
  if (early === undefined) throw new Error('nothing was filled in');
  const before = outgoingLines(world);
  const slot = 'form:merchant::main';
  const form = await phone.sends(phone.seals(early, { kind: 'form', slot, values: { contactPhoneOrEmail: 'late' } }));
  expect(form.body.says).toContain('Gone Cafe');
  await world.untilIdle();
  await nok.sees('An answer came late for Gone Cafe');
  const photo = await phone.takes(early, front(early), await pictures.storefront(8_002));
  expect(photo.body.says).toContain('Gone Cafe');
  await world.untilIdle();
  await nok.sees('Your photo for it is kept, not used.');
  expect(outgoingLines(world)).toEqual(before);
});

it('the same photo by the chat and by the page is one photo', async () => {
  const state = await begins();
  const phone = capturePhoneOf(world, 'staff1');
  await phone.opens();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await phone.fills(state, form, store('Twice Cafe'));
  await phone.leaves(state);
  await world.untilIdle();
  const photo = await pictures.storefront(8_003);
  await nok.sends(photo);
  await phone.takes(state, front(state), photo);
  await world.untilIdle();
  const after = front(await phone.state());
  expect([after.have, after.says]).toEqual([1, expect.stringMatching(wordsOf('note.samePhoto'))]);
});

it('a page that could not say that it was left keeps the chat waiting for a minute, and no longer', async () => {
  const state = await begins();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await capturePhoneOf(world, 'staff1').fills(state, form, store('Minute Cafe'));
  await world.advance(40_000);
  const before = (await nok.card()).outTrackId;
  await world.advance(30_000);
  expect((await nok.card()).outTrackId).not.toBe(before);
  await nok.sees('Storefront photo', 'Minute Cafe');
});
