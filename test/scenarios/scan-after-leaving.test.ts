import { expect, it } from 'vitest';
import { type CapturePhone, capturePhoneOf, type Sealed } from '../support/capture-phone.ts';
import { fillAll } from '../support/conversations/promotion-by-page.ts';
import { pictures } from '../support/pictures.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

/** A shop of two spots on the page, all said, with three photos of it taken and none sent; older than anything that happens next. */
async function takesThree(shop: string, seed: number) {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const phone = capturePhoneOf(world, 'staff1');
  const settles = (): Promise<void> => world.untilIdle();
  const state = await fillAll(phone, { shop, spots: 2, settles });
  await phone.leaves(state);
  await nok.sees('Storefront photo', shop);
  const takenAt = phone.now() - 3_600_000;
  const seals = async (slot: string, photo: Promise<Buffer>): Promise<Sealed> =>
    phone.seals(state, { slot, takenAt }, await photo);
  const taken = [
    await seals('store//storefront', pictures.storefront(seed)),
    await seals('spots/s1/context', pictures.counter(seed)),
    await seals('spots/s2/context', pictures.counter(seed + 1)),
  ];
  return { phone, state, taken };
}

/** Sends them one after the other, a third of a minute apart; answers after which of them the card came below. */
async function sendsSlowly(phone: CapturePhone, taken: readonly Sealed[], unseen?: true): Promise<readonly boolean[]> {
  const moved: boolean[] = [];
  for (const [nth, sealed] of taken.entries()) {
    const before = (await nok.card()).outTrackId;
    await world.advance(20_000);
    const { body } = await phone.sends({ ...sealed, unseen, more: nth < taken.length - 1 || undefined });
    expect([body.done, body.says]).toEqual([true, undefined]);
    await world.idle();
    moved.push((await nok.card()).outTrackId !== before);
  }
  return moved;
}

it('what is on its way as the page is left brings the card once, with the last of it', async () => {
  const { phone, state, taken } = await takesThree('Left Cafe', 8_201);
  await phone.leaves(state);
  await world.idle();
  expect(await sendsSlowly(phone, taken)).toEqual([false, false, true]);
  await nok.sees('Left Cafe');
});

it('what a worker sends long after a page that could not say so does the same', async () => {
  const { phone, taken } = await takesThree('Worker Cafe', 8_211);
  expect(await sendsSlowly(phone, taken, true)).toEqual([false, false, true]);
});
