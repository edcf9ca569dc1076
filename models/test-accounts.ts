import { collection, type RecordOf } from './collection.ts';
import { number, sealed, text } from './fields.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const GIVEN = {
  alias: sealed().optional(),
  givenBy: text().optional(),
  givenAt: number().optional(),
  /** When whoever had it ceased to work there, milliseconds: its password is to be changed. */
  returnedAt: number().optional(),
};

const TestAccounts = collection('testaccounts', {
  id: 'userId',
  fields: {
    isoId: text(),
    version: number(),
    /** When it was asked for, milliseconds. */
    askedAt: number(),
    ...GIVEN,
  },
});

/** The Alipay test account that an ISO assigned to a staff member: its name, never its password (domain A.9). */
export interface TestAccount extends Omit<RecordOf<typeof TestAccounts>, keyof typeof GIVEN> {
  /** Absent while it is waited for. */
  readonly given?: { readonly alias: string; readonly by: string; readonly at: number } | undefined;
  readonly returnedAt?: number | undefined;
}

/** Of this person in this ISO: who changes the ISO has none there, and who left gave it back. */
export async function findTestAccount(
  userId: string,
  isoId: string,
  tx?: Transaction,
): Promise<TestAccount | undefined> {
  const account = await findAnyTestAccount(userId, isoId, tx);
  return account?.returnedAt === undefined ? account : undefined;
}

/** `findTestAccount`, one that was given back included. */
export async function findAnyTestAccount(
  userId: string,
  isoId: string,
  tx?: Transaction,
): Promise<TestAccount | undefined> {
  const row = await TestAccounts.get(userId, { tx });
  return row?.isoId === isoId ? toAccount(row) : undefined;
}

/** Whoever has one, or waits for one, works there no more; answers whether one had been given. */
export async function returnTestAccount(
  { userId, version, given }: TestAccount,
  returnedAt: number,
  tx: Transaction,
): Promise<boolean> {
  const { modifiedCount } = await TestAccounts.update(
    { userId, version },
    { set: { returnedAt }, inc: { version: 1 } },
    { tx },
  );
  mustHaveMatched(modifiedCount === 1 ? true : undefined);
  return given !== undefined;
}

/** Asks for one; asked already, or given, it stays as it is. */
export async function askForTestAccount(
  { userId, isoId, askedAt }: Pick<TestAccount, 'userId' | 'isoId' | 'askedAt'>,
  tx: Transaction,
): Promise<void> {
  if ((await findTestAccount(userId, isoId, tx)) !== undefined) return;
  const set = { isoId, askedAt, version: 1, alias: null, givenBy: null, givenAt: null, returnedAt: null };
  await TestAccounts.update({ userId }, { set }, { upsert: true, tx });
}

/** Compare-and-set on the version at which it was read: the first admin's answer counts. */
export async function giveTestAccount(
  { userId, version }: TestAccount,
  given: NonNullable<TestAccount['given']>,
  tx: Transaction,
): Promise<void> {
  const { modifiedCount } = await TestAccounts.update(
    { userId, version },
    { set: { alias: given.alias, givenBy: given.by, givenAt: given.at }, inc: { version: 1 } },
    { tx },
  );
  mustHaveMatched(modifiedCount === 1 ? true : undefined);
}

function toAccount({ alias, givenBy, givenAt, ...asked }: RecordOf<typeof TestAccounts>): TestAccount {
  const isGiven = alias !== undefined && givenBy !== undefined && givenAt !== undefined;
  return { ...asked, given: isGiven ? { alias, by: givenBy, at: givenAt } : undefined };
}
