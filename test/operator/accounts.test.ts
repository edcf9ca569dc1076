import { beforeEach, expect, it } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { accountNamed, changeAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useModels } from '../models/store.ts';
import { typed } from './typed.ts';

useModels(undefined);
beforeEach(async () => {
  await forgetEverything();
  await typed(`iso create --email ${MANGO} --name Mango`);
});

const MANGO = 'mango@iso.example';

it('accounts are added by name, listed and retired, each said in a sentence', async () => {
  expect((await typed(`iso accounts list ${MANGO}`)).out).toContain('Mango has no test account yet.');
  expect(await typed(`iso accounts add ${MANGO} TH-04`)).toEqual({
    exit: 0,
    out: 'TH-04 is in the list of Mango. Its admins give it in Team, Test accounts.',
    err: '',
  });
  await typed(`iso accounts add ${MANGO} alipay.test.05@mango.example`);
  expect((await typed(`iso accounts list ${MANGO}`)).out.split('\n')).toEqual([
    'al••05@mango.example  free',
    'TH-04  free',
  ]);
  expect((await typed(`iso accounts add ${MANGO} th-04`)).err).toContain('Mango has th-04 already.');
  expect((await typed(`iso accounts retire ${MANGO} TH-04`)).out).toBe(
    'TH-04 is retired: Mango gives it to nobody any more.',
  );
  expect((await typed(`iso accounts retire ${MANGO} TH-04`)).err).toContain('Mango has no TH-04.');
});

it('one that somebody has is not retired, and the list says who has it', async () => {
  await typed(`iso accounts add ${MANGO} TH-04`);
  const account = await accountNamed((await findIsoByEmail(MANGO))?.isoId ?? '', 'TH-04');
  if (account === undefined) throw new Error('none was added');
  const at = Date.UTC(2026, 10, 24, 3);
  await inTransaction((tx) =>
    changeAccount(account, { state: 'GIVEN', holderId: 'nok', givenBy: 'anong', givenAt: at }, tx),
  );
  expect((await typed(`iso accounts list ${MANGO}`)).out).toBe('TH-04  with nok  since 2026-11-24');
  const { exit, err } = await typed(`iso accounts retire ${MANGO} TH-04`);
  expect([exit, err]).toEqual([1, expect.stringContaining('nok has TH-04')]);
});

it('what could be a password is not taken, and not said again', async () => {
  for (const account of ['TH-04:Secret99', 'Xk9mQ2pLw7']) {
    const { exit, err } = await typed(`iso accounts add ${MANGO} ${account}`);
    expect(exit).toBe(2);
    expect(err).toContain('write one word, such as TH-04, and no password');
    expect(err).not.toMatch(/Secret99|Xk9m/);
  }
});
