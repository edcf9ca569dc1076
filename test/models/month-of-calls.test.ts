import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { addIso } from '../../models/isos.ts';
import { weightsOf } from '../../models/month-of-calls.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from './store.ts';

useModels(undefined);
beforeEach(forgetEverything);

it('an ISO counts as those who work for it, and as one before anybody does', async () => {
  const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
  await inTransaction(async (tx) => {
    for (const isoId of ['lotus', 'mango'])
      await addIso({ isoId, email: `${isoId}@iso.example`, name: isoId, joinToken: isoId, ...place }, tx);
    for (const userId of ['nok', 'lek']) {
      await meetPerson(userId, userId, tx);
      await changePerson(userId, { state: 'ACTIVE', isoId: 'lotus' }, tx);
    }
  });
  expect(await weightsOf()).toEqual(
    new Map([
      ['lotus', 2],
      ['mango', 1],
    ]),
  );
});
