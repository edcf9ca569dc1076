import { describe, expect, it } from 'vitest';
import { askForTestAccount, findTestAccount, giveTestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { allAtOnce, refusals, useModels, winners } from './store.ts';

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('test accounts on %s', (_, uri) => {
  useModels(uri);

  it('are asked for once, and given by the admin who comes first', async () => {
    const asked = { userId: 'lek', isoId: 'iso', askedAt: 1 };
    for (const askedAt of [1, 2]) await inTransaction((tx) => askForTestAccount({ ...asked, askedAt }, tx));
    const account = await findTestAccount('lek', 'iso');
    if (account === undefined) throw new Error('nothing was asked for');
    expect(account).toEqual({ ...asked, version: 1 });
    const outcomes = await allAtOnce(10, (index, tx) =>
      giveTestAccount(account, { alias: `TH-0${index}`, by: `admin${index}`, at: 3 }, tx),
    );
    expect(winners(outcomes)).toHaveLength(1);
    expect(new Set(refusals(outcomes))).toEqual(new Set(['subject.lostRace']));
    expect((await findTestAccount('lek', 'iso'))?.given?.alias).toMatch(/^TH-0\d$/);
  });

  it('are of one ISO: whoever changes it has none there', async () => {
    expect(await findTestAccount('lek', 'other')).toBeUndefined();
    await inTransaction((tx) => askForTestAccount({ userId: 'lek', isoId: 'other', askedAt: 9 }, tx));
    expect(await findTestAccount('lek', 'other')).toEqual({ userId: 'lek', isoId: 'other', askedAt: 9, version: 1 });
  });
});
