import { expect, it } from 'vitest';
import { knownFacts } from '../../handlers/promotion/known-facts.ts';
import { changeItem } from '../../models/items.ts';
import { changePerson, findPerson, type PersonChange } from '../../models/people.ts';
import { findStore } from '../../models/stores.ts';
import { inTransaction } from '../../models/transaction.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import { MARKETING_CODE_FLOW } from '../support/shipped-programme.ts';
import { hire, itemOf, NOW, submitShop } from '../support/shop-under-review.ts';

useModels(undefined);

const ON_THE_DOOR = {
  nameLocal: 'Shop coffee',
  address: 'Silom Rd 12',
  city: 'Bangkok',
  countryRegion: 'TH',
  paysWith: 'ALIPAY_AND_OTHERS',
};
const ALL = {
  ...ON_THE_DOOR,
  managerName: 'Malee',
  tradingName: 'Shop coffee',
  contactName: 'Malee',
  contactPhoneOrEmail: 'm@shop.example',
};

/** What somebody of this place in the ISO reads of the shop that Nok has promoted. */
async function readBy(userId: string, change: PersonChange = {}) {
  await hire(userId);
  await inTransaction((tx) => changePerson(userId, change, tx));
  return await inTransaction(async (tx) => {
    const [store, reader] = [await findStore('coffee', tx), await findPerson(userId, tx)];
    if (store === undefined || reader === undefined) throw new Error('there is no such shop, or reader');
    return await knownFacts(newDraft(MARKETING_CODE_FLOW), store, { person: reader, now: NOW, tx });
  });
}

it('the private facts of a shop are for who promoted it, has it in hand, supervises these, and for admins', async () => {
  await hire('nok');
  await submitShop('nok', 'coffee', { spots: 1 });
  expect(await readBy('nok')).toEqual(ALL);
  expect(await readBy('lek')).toEqual(ON_THE_DOOR);
  expect(await readBy('anong', { role: 'ADMIN' })).toEqual(ALL);
  expect(await readBy('anong', { role: 'ADMIN', isoId: 'other' })).toEqual(ON_THE_DOOR);
  expect(await readBy('anong', { role: 'ADMIN', isoId: 'iso', state: 'PAUSED' })).toEqual(ON_THE_DOOR);
  expect(await readBy('pim', { role: 'SUPERVISOR' })).toEqual(ON_THE_DOOR);
  expect(await readBy('nok', { supervisorId: 'pim' })).toEqual(ALL);
  expect(await readBy('pim', { role: 'SUPERVISOR' })).toEqual(ALL);
  expect(await readBy('pim', { role: 'STAFF' })).toEqual(ON_THE_DOOR);
  const item = await itemOf('coffee');
  await inTransaction((tx) => changeItem(item, { ownerId: 'lek' }, tx));
  expect(await readBy('lek')).toEqual(ALL);
  expect(await readBy('nok')).toEqual(ALL);
});
