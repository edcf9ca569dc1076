import { AppError } from '@field/kit/errors';
import type { Iso } from '../../models/isos.ts';
import {
  accountNamed,
  accountsOf,
  addTestAccount,
  changeAccount,
  type TestAccount,
} from '../../models/test-accounts.ts';
import type { Context } from '../bot/context.ts';
import { maskedAccount } from '../domain/test-account.ts';
import { asOperator } from './as-operator.ts';
import { OP, type Operator } from './command.ts';
import { isoWith } from './isos.ts';

type Doer = Pick<Operator, 'ids' | 'now'>;

/** A test account, for its operator: of an e-mail or a phone no. its ends. */
export interface AccountLine extends Pick<TestAccount, 'state'> {
  readonly account: string;
  /** The userId of whoever has it. */
  readonly holder?: string | undefined;
  readonly since?: number | undefined;
}

export interface AccountOfIso {
  readonly email: string;
  readonly account: string;
}

export interface AccountChanged {
  readonly iso: Pick<Iso, 'email' | 'name'>;
  readonly account: string;
}

const byName = new Intl.Collator('en', { numeric: true });

/** All that an ISO has, by name. Errors: `iso.unknown`. */
export async function listAccounts(
  email: string,
): Promise<{ readonly iso: Pick<Iso, 'email' | 'name'>; readonly accounts: readonly AccountLine[] }> {
  const { isoId, name } = await isoWith(email);
  const accounts = (await accountsOf(isoId)).map((one): AccountLine => {
    const since = one.state === 'RETURNED' ? one.returnedAt : one.givenAt;
    return { account: maskedAccount(one.name), state: one.state, holder: one.holderId, since };
  });
  return { iso: { email, name }, accounts: accounts.sort((one, other) => byName.compare(one.account, other.account)) };
}

/** Adds one by its name. Errors: `iso.unknown`, `account.cannot` where there is one of that name. */
export async function addAccount({ email, account }: AccountOfIso, doer: Doer): Promise<AccountChanged> {
  return await onAccount({ email, account }, doer, async (ctx, iso, known) => {
    if (known !== undefined) throw cannot(`${iso.name} has ${maskedAccount(account)} already.`);
    const accountId = ctx.ids.next();
    await addTestAccount({ accountId, isoId: iso.isoId, name: account, addedBy: 'operator', addedAt: ctx.now }, ctx.tx);
    ctx.audit('testAccount.add', { kind: 'testAccount', id: accountId });
  });
}

/** Takes one from the list. Errors: `iso.unknown`, `account.cannot` where there is none of that name, or somebody has it. */
export async function retireAccountOf({ email, account }: AccountOfIso, doer: Doer): Promise<AccountChanged> {
  return await onAccount({ email, account }, doer, async (ctx, iso, known) => {
    const shown = maskedAccount(account);
    if (known === undefined) throw cannot(`${iso.name} has no ${shown}. See: ${OP} iso accounts list ${iso.email}`);
    if (known.state === 'GIVEN')
      throw cannot(
        `${known.holderId} has ${shown}: an admin of ${iso.name} takes it back first, in Team, Test accounts.`,
      );
    await changeAccount(known, { state: 'RETIRED', retiredAt: ctx.now }, ctx.tx);
    const subject = { kind: 'testAccount', id: known.accountId } as const;
    ctx.touch(subject);
    ctx.audit('testAccount.retire', subject);
  });
}

async function onAccount(
  { email, account }: AccountOfIso,
  doer: Doer,
  change: (ctx: Context, iso: Iso, known: TestAccount | undefined) => Promise<void>,
): Promise<AccountChanged> {
  const iso = await isoWith(email);
  return await asOperator(iso.isoId, doer, async (ctx) => {
    await change(ctx, iso, await accountNamed(iso.isoId, account, ctx.tx));
    return { iso: { email: iso.email, name: iso.name }, account: maskedAccount(account) };
  });
}

function cannot(say: string): AppError {
  return new AppError('account.cannot', { say });
}
