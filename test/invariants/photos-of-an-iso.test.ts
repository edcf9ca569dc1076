import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import type { Person } from '../support/world/person.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });

it('one photo sent for two shops and submitted at once backs one of them; the other asks for a new one', async () => {
  const front = await pictures.storefront(7);
  await toSummary(nok, { shop: 'Lotus Tea', front, series: 'PA' });
  await toSummary(lek, { shop: 'Silom Noodles', front, series: 'PB' });
  await Promise.all([nok, lek].map((person) => person.taps({ action: 'promotion.submit' }, { withoutWaiting: true })));
  await world.untilIdle();
  const late = (await nok.has('Submitted P-')) ? lek : nok;
  await late.doesNotSee('submitted.title');
  await late.sees('This photo was used before. Take a new one here.');
  await late.sends(await pictures.storefront(8));
  await late.taps({ action: 'promotion.submit' });
  await late.sees('Submitted P-');
  expect(await photosBackingTwo()).toEqual([]);
});

/** A promotion with one spot, up to *Check and submit*. */
async function toSummary(
  person: Person,
  { shop, front, series }: { shop: string; front: Buffer; series: string },
): Promise<void> {
  await person.says('menu');
  await person.taps({ action: 'menu.product' });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, nameLocal: shop });
  await person.sends(front);
  await person.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  const seed = shop.length;
  await person.sends(await pictures.counter(seed), await pictures.closeup(codeOf(series, 0), { seed }));
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
}

/** The pictures, by their bytes, that back more than one store or slot (domain A.12-11). */
function photosBackingTwo(): Promise<string[]> {
  return behindTheScenes(world, async () => {
    const rows = await mongoose.connection.collection('photos').find({}).toArray();
    const backing = rows.filter(({ backs }) => backs !== undefined).map(({ originalHash }) => String(originalHash));
    return backing.filter((hash, index) => backing.indexOf(hash) !== index);
  });
}
