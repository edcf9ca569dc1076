import { ACCOUNT_MOVES, type AccountState, type WhyBack } from '../src/domain/account-state.ts';
import type { FirstOf } from '../src/domain/moves.ts';
import { accountKey } from '../src/domain/test-account.ts';
import { checkMove } from './check-move.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, sealed, text } from './fields.ts';
import type { Update } from './queries.ts';
import { blindIndex } from './sealing.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const Accounts = collection('accounts', {
  id: 'accountId',
  fields: {
    isoId: text(),
    version: number(),
    /** What it is called, or logged in with; never its password (domain A.9). */
    name: sealed(),
    state: text<AccountState>(),
    addedBy: text(),
    addedAt: number(),
    /** Who has it; absent while nobody has. */
    holderId: text().optional(),
    givenBy: text().optional(),
    givenAt: number().optional(),
    /** Who told them its password last, and when. */
    toldBy: text().optional(),
    toldAt: number().optional(),
    /** Who had it last, how it came back and when; until it is given again. */
    lastHolderId: text().optional(),
    back: text<WhyBack>().optional(),
    returnedAt: number().optional(),
    /** Who said last that its password is changed, and when. */
    changedBy: text().optional(),
    changedAt: number().optional(),
    retiredAt: number().optional(),
  },
  own: {
    /** A keyed hash of what it is called. */
    nameIndex: text(),
    /** As long as it is not retired. */
    live: mark(),
  },
  indexes: [
    // one account of a name in an ISO, and one a person (domain A.12-24)
    [
      { isoId: 1, nameIndex: 1 },
      { unique: true, partialFilterExpression: { live: true } },
    ],
    [{ holderId: 1 }, { unique: true, partialFilterExpression: { holderId: { $exists: true } } }],
    [{ isoId: 1, state: 1 }],
    [{ retiredAt: 1, accountId: 1 }, { partialFilterExpression: { retiredAt: { $exists: true } } }],
  ],
});

/** An Alipay test account of an ISO: its name, never its password, and who has it. */
export interface TestAccount extends RecordOf<typeof Accounts> {}

export type NewTestAccount = Pick<TestAccount, 'accountId' | 'isoId' | 'name' | 'addedBy' | 'addedAt'>;

/** Adds an account that nobody has yet; `subject.lostRace` where the ISO has one of that name. */
export async function addTestAccount(account: NewTestAccount, tx: Transaction): Promise<TestAccount> {
  const state: FirstOf<typeof ACCOUNT_MOVES> = 'FREE';
  const added = { ...account, state, version: 1 } as const;
  const { isoId, name } = account;
  await Accounts.addWithOthers([{ ...added, nameIndex: indexOf(isoId, name), live: true }], tx, 'subject.lostRace');
  return added;
}

export async function findTestAccount(accountId: string, tx?: Reads): Promise<TestAccount | undefined> {
  return await Accounts.get(accountId, { tx });
}

/** The account of that name, unless it is retired. */
export async function accountNamed(isoId: string, name: string, tx?: Reads): Promise<TestAccount | undefined> {
  return await Accounts.findOne({ isoId, nameIndex: indexOf(isoId, name), live: true }, { tx });
}

/** The account that somebody has, in whatever ISO. */
export async function accountHeldBy(userId: string, tx?: Reads): Promise<TestAccount | undefined> {
  return await Accounts.findOne({ holderId: userId }, { tx });
}

/** The account that somebody has in this ISO. */
export async function accountOf(userId: string, isoId: string, tx?: Reads): Promise<TestAccount | undefined> {
  const account = await accountHeldBy(userId, tx);
  return account?.isoId === isoId ? account : undefined;
}

/** Every account of an ISO that is not retired. */
export async function accountsOf(isoId: string, tx?: Reads): Promise<readonly TestAccount[]> {
  return await Accounts.find({ isoId, state: { $in: ['FREE', 'GIVEN', 'RETURNED'] } }, { tx });
}

/** What may change about an account; `null` removes. */
export type AccountChange = NonNullable<
  Update<Omit<TestAccount, 'accountId' | 'isoId' | 'version' | 'name'>, never>['set']
>;

/** Compare-and-set on the version at which it was read: `subject.lostRace`, also where whoever gets it has one already. */
export async function changeAccount(
  { accountId, version, state }: TestAccount,
  to: AccountChange,
  tx: Transaction,
): Promise<TestAccount> {
  checkMove(ACCOUNT_MOVES, { what: 'testAccount', id: accountId, from: state, to: to.state });
  const live = to.state === 'RETIRED' ? null : undefined;
  const change = { set: { ...to, live }, inc: { version: 1 } } as const;
  return mustHaveMatched(await Accounts.change({ accountId, version }, change, { tx, refusedAs: 'subject.lostRace' }));
}

/** Those that were retired before this, in the order of that. */
export async function pastAccounts(
  before: number,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const past = await Accounts.find(
    { retiredAt: { $lt: before, $exists: true } },
    { only: ['accountId'], sort: { retiredAt: 1, accountId: 1 }, ...page },
  );
  return past.map(({ accountId }) => accountId);
}

export async function forgetAccounts(accountIds: readonly string[]): Promise<number> {
  return await Accounts.removeAll({ accountId: { $in: accountIds }, state: 'RETIRED' });
}

function indexOf(isoId: string, name: string): string {
  return blindIndex(`account:${isoId}:${accountKey(name)}`);
}
