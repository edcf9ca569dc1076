import { model, Schema } from 'mongoose';
import { seal, unseal } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

/** The Alipay test account that an ISO assigned to a staff member: its name, never its password (domain A.9). */
export interface TestAccount {
  readonly userId: string;
  readonly isoId: string;
  readonly version: number;
  /** When it was asked for, milliseconds. */
  readonly askedAt: number;
  /** Absent while it is waited for. */
  readonly given?: { readonly alias: string; readonly by: string; readonly at: number } | undefined;
}

interface Row {
  _id: string;
  isoId: string;
  version: number;
  askedAt: number;
  sealedAlias?: string | undefined;
  givenBy?: string | undefined;
  givenAt?: number | undefined;
}

const TestAccounts = model<Row>(
  'testaccounts',
  new Schema<Row>(
    {
      _id: String,
      isoId: String,
      version: Number,
      askedAt: Number,
      sealedAlias: String,
      givenBy: String,
      givenAt: Number,
    },
    { versionKey: false },
  ),
);

/** Of this person in this ISO: who changes the ISO has none there. */
export async function findTestAccount(
  userId: string,
  isoId: string,
  tx?: Transaction,
): Promise<TestAccount | undefined> {
  const row = await TestAccounts.findById(userId)
    .session(tx ?? null)
    .lean();
  return row === null || row.isoId !== isoId ? undefined : toAccount(row);
}

/** Asks for one; asked already, or given, it stays as it is. */
export async function askForTestAccount(
  { userId, isoId, askedAt }: Pick<TestAccount, 'userId' | 'isoId' | 'askedAt'>,
  tx: Transaction,
): Promise<void> {
  if ((await findTestAccount(userId, isoId, tx)) !== undefined) return;
  await TestAccounts.updateOne(
    { _id: userId },
    { $set: { isoId, askedAt, version: 1 }, $unset: { sealedAlias: 1, givenBy: 1, givenAt: 1 } },
    { upsert: true, session: tx },
  );
}

/** Compare-and-set on the version at which it was read: the first admin's answer counts. */
export async function giveTestAccount(
  { userId, version }: TestAccount,
  given: NonNullable<TestAccount['given']>,
  tx: Transaction,
): Promise<void> {
  const { modifiedCount } = await TestAccounts.updateOne(
    { _id: userId, version },
    { $set: { sealedAlias: seal(given.alias), givenBy: given.by, givenAt: given.at }, $inc: { version: 1 } },
    { session: tx },
  );
  mustHaveMatched(modifiedCount === 1 ? true : undefined);
}

function toAccount({ _id, isoId, version, askedAt, sealedAlias, givenBy, givenAt }: Row): TestAccount {
  const given =
    sealedAlias === undefined || givenBy === undefined || givenAt === undefined
      ? {}
      : { given: { alias: unseal(sealedAlias), by: givenBy, at: givenAt } };
  return { userId: _id, isoId, version, askedAt, ...given };
}
