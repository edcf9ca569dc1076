import { describe, expect, it } from 'vitest';
import { addAsk, changeAsk, findAsk, openAskOf } from '../../models/account-asks.ts';
import { accountNamed, accountOf, addTestAccount, changeAccount, findTestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { allAtOnce, refusals, useModels, winners } from './store.ts';

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('test accounts on %s', (_, uri) => {
  useModels(uri);
  const added = (accountId: string, name = accountId, isoId = 'iso') => ({
    accountId,
    isoId,
    name,
    addedBy: 'ploy',
    addedAt: 1,
  });
  const add = async (accountId: string) => await inTransaction((tx) => addTestAccount(added(accountId), tx));
  const to = (holderId: string) => ({ state: 'GIVEN', holderId, givenBy: 'ploy', givenAt: 2 }) as const;

  it('are given by the admin who comes first, each to one person', async () => {
    const account = await add('a');
    const outcomes = await allAtOnce(10, (index, tx) => changeAccount(account, to(`person${index}`), tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(new Set(refusals(outcomes))).toEqual(new Set(['subject.lostRace']));
    expect(await findTestAccount('a')).toMatchObject({
      state: 'GIVEN',
      version: 2,
      holderId: expect.stringMatching(/^person\d$/),
    });
  });

  it('are one a person, however many are given at once', async () => {
    const accounts = await Promise.all(['b0', 'b1', 'b2', 'b3'].map(add));
    const outcomes = await allAtOnce(4, (index, tx) => changeAccount(accounts[index] ?? fail(), to('lek'), tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(new Set(refusals(outcomes))).toEqual(new Set(['subject.lostRace']));
    expect((await accountOf('lek', 'iso'))?.holderId).toBe('lek');
    expect(await accountOf('lek', 'other')).toBeUndefined();
  });

  it('have a name of their own in an ISO, however it is written, until they are retired', async () => {
    await inTransaction((tx) => addTestAccount(added('c', 'TH-04'), tx));
    await inTransaction((tx) => addTestAccount(added('c-other', 'TH-04', 'other'), tx));
    const again = () => inTransaction((tx) => addTestAccount(added('c-again', 'ｔｈ-04'), tx));
    await expect(again()).rejects.toMatchObject({ code: 'subject.lostRace' });
    const account = (await accountNamed('iso', 'th-04')) ?? fail();
    await inTransaction((tx) => changeAccount(account, { state: 'RETIRED', retiredAt: 3 }, tx));
    await again();
    expect(await accountNamed('iso', 'TH-04')).toMatchObject({ accountId: 'c-again', name: 'ｔｈ-04' });
  });

  it('move as the table says, and in no other way', async () => {
    const free = await add('d');
    const moves = async (account: typeof free, state: 'FREE' | 'RETURNED' | 'GIVEN' | 'RETIRED') =>
      await inTransaction((tx) => changeAccount(account, { state }, tx));
    await expect(moves(free, 'RETURNED')).rejects.toMatchObject({ code: 'bug.unexpected' });
    const given = await moves(free, 'GIVEN');
    for (const state of ['FREE', 'RETIRED'] as const)
      await expect(moves(given, state)).rejects.toMatchObject({ code: 'bug.unexpected' });
    const back = await moves(given, 'RETURNED');
    await expect(moves(back, 'GIVEN')).rejects.toMatchObject({ code: 'bug.unexpected' });
    await moves(await moves(back, 'FREE'), 'RETIRED');
  });

  it('are asked for once a person, and answered by the admin who comes first', async () => {
    const ask = (askId: string, tx: Parameters<typeof addAsk>[1]) =>
      addAsk({ askId, isoId: 'iso', userId: 'nok', askedAt: 1 }, tx);
    const asked = await allAtOnce(5, (index, tx) => ask(`k${index}`, tx));
    expect(winners(asked)).toHaveLength(1);
    const open = (await openAskOf('nok', 'iso')) ?? fail();
    expect(await openAskOf('nok', 'other')).toBeUndefined();
    const answered = { state: 'ANSWERED', answeredBy: 'ploy', endedAt: 2 } as const;
    const outcomes = await allAtOnce(5, (_index, tx) => changeAsk(open, answered, tx));
    expect(winners(outcomes)).toHaveLength(1);
    expect(await openAskOf('nok', 'iso')).toBeUndefined();
    const over = (await findAsk(open.askId)) ?? fail();
    await expect(inTransaction((tx) => changeAsk(over, { state: 'DROPPED' }, tx))).rejects.toMatchObject({
      code: 'bug.unexpected',
    });
    await inTransaction((tx) => ask('again', tx));
  });
});

function fail(): never {
  throw new Error('there is none');
}
