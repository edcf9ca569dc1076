import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { openDraftsOf } from '../../models/drafts.ts';
import { SHOP, startPromotion } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import type { Person } from '../support/world/person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });

const PRODUCT = 'PRIMARY_POSM';
const MOST = 5;
const SHOP_NAME = 'Lotus Tea';

it('two who submit three spots of a new shop at once leave five at most', async () => {
  const plan = { product: PRODUCT, shop: SHOP_NAME, spots: 3, together: true } as const;
  await Promise.all([startPromotion(nok, { ...plan, visit: 1 }), startPromotion(lek, { ...plan, visit: 2 })]);
  await Promise.all([nok, lek].map((person) => person.taps({ action: 'promotion.submit' }, { withoutWaiting: true })));
  await world.untilIdle();
  const late = (await hasSubmitted(nok)) ? lek : nok;
  await late.doesNotSee('submitted.title');
  await late.taps({ action: 'menu.open' });
  await late.taps({ action: 'promotion.resume' });
  await late.sees('too many spots in this shop');
  await late.doesNotSee('button.submit', { on: await late.card() });

  await late.taps('Fix Cashier 3');
  await late.taps('Remove this spot');
  await late.sees('Everything is there.');
  await late.taps('Submit');
  await late.sees('Submitted', SHOP_NAME);
  expect(await spotsPerStore()).toEqual([MOST]);
});

it('a shop that is full cannot take one more: the last spot leads to what can be done', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: PRODUCT });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, nameLocal: SHOP_NAME });
  await nok.taps('Same shop');
  await nok.sends(await pictures.storefront(76));
  await nok.sees('Step 2 of 4', '! This shop has all the spots it may have.');
  await nok.fills({ posmForm: 'POSTER', fixedSecurely: true });
  await nok.sends(await pictures.counter(76), await pictures.display(76));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.sees('Cashier 1: too many spots in this shop.');
  await nok.taps('Fix Cashier 1');
  await nok.sees('What do you want to change?');
  await nok.doesNotSee('button.addSpot', { on: await nok.card() });
  await nok.taps('Discard');
  await nok.taps('Discard');
  await nok.sees(`${SHOP_NAME} is discarded.`);
});

it('a promotion of one product in one shop is open once, however often it is begun', async () => {
  const begin = async (address: string): Promise<void> => {
    await nok.says('menu');
    await nok.taps({ action: 'menu.product', product: PRODUCT });
    const { outTrackId, buttons } = await nok.card();
    const start = buttons.find(({ params }) => params.action === 'promotion.start');
    if (start === undefined) throw new Error('There is no Start Promotion');
    const tap = { userId: nok.userId, actionId: start.actionId, params: start.params, repeat: 5, atOnce: true };
    await world.sandbox.tap(outTrackId, tap);
    await nok.fills({ ...SHOP, nameLocal: 'Once', address });
  };
  await begin('Silom 1');
  await nok.sends(await pictures.storefront(77));
  await nok.sees('Step 2 of 4');
  await begin('Silom 1');
  await nok.sees('You have begun Once before. Here it goes on.', 'Step 2 of 4');
  await begin('Sathorn 2');
  await nok.sees('Step 1 of 4', 'Once');
  const open = await behindTheScenes(world, () => openDraftsOf(nok.userId));
  expect(open.map(({ draft }) => draft.answers.store?.address).sort()).toEqual(['Sathorn 2', 'Silom 1']);
});

async function hasSubmitted(person: Person): Promise<boolean> {
  return (await person.cards()).some(({ text }) => text.includes('Submitted') && text.includes(SHOP_NAME));
}

/** How many spots each store of that name has. */
async function spotsPerStore(): Promise<number[]> {
  return behindTheScenes(world, async () => {
    const stores = await mongoose.connection.collection('stores').find({ nameLocal: SHOP_NAME }).toArray();
    return Promise.all(
      stores.map(({ _id }) =>
        mongoose.connection.collection('spots').countDocuments({ storeId: _id, product: PRODUCT }),
      ),
    );
  });
}
