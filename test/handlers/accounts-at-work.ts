import { findIsoByEmail } from '../../models/isos.ts';
import { accountNamed, accountOf, addTestAccount, type TestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { DEMO_ISO, type InProcessWorld } from '../support/in-process/world.ts';
import type { Person } from '../support/world/person.ts';
import { lekBeforePayment } from './landed-task.ts';

export async function demoIso(): Promise<string> {
  return (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
}

/** The account that somebody has in the demo's ISO. */
export async function accountWith(userId: string): Promise<TestAccount | undefined> {
  return await accountOf(userId, await demoIso());
}

export async function named(name: string): Promise<TestAccount> {
  const account = await accountNamed(await demoIso(), name);
  if (account === undefined) throw new Error(`no account ${name}`);
  return account;
}

/** The demo's ISO has these, and nobody has any of them. */
export async function listed(...names: readonly string[]): Promise<void> {
  const isoId = await demoIso();
  for (const name of names)
    await inTransaction((tx) =>
      addTestAccount({ accountId: `id-${name}`, isoId, name, addedBy: 'admin1', addedAt: 0 }, tx),
    );
}

/** Lek pays with Alipay in Som Tam House and has asked for a test account. */
export async function lekAsks(world: InProcessWorld): Promise<{ readonly lek: Person; readonly admin: Person }> {
  const { lek } = await lekBeforePayment(world, { acceptsOnlyAlipay: true });
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  await lek.taps({ action: 'inspection.askAccount' });
  return { lek, admin: world.person('admin1') };
}

/** Lek has TH-04, and no password yet. */
export async function lekHasOne(world: InProcessWorld): Promise<{ readonly lek: Person; readonly admin: Person }> {
  await listed('TH-04');
  const both = await lekAsks(world);
  await both.admin.taps({ action: 'account.give' });
  return both;
}

/** An admin at their list of test accounts. */
export async function atTheList(admin: Person): Promise<void> {
  await admin.says('menu');
  await admin.taps({ action: 'team.open' });
  await admin.taps({ action: 'account.list' });
}
