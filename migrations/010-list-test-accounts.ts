import { derivedId } from '@field/kit/ids';
import type mongoose from 'mongoose';
import { blindIndex, unseal } from '../models/sealing.ts';
import type { Migration } from './migration.ts';

/** Who asked for a test account, and what it is called once it was given. */
interface Asked {
  readonly _id: string;
  readonly isoId: string;
  readonly askedAt: number;
  readonly sealedAlias?: string;
  readonly givenBy?: string;
  readonly givenAt?: number;
  readonly returnedAt?: number;
}

interface Account {
  readonly _id: string;
  readonly holderId?: string;
  readonly givenAt?: number;
}

type Rows<Row extends { readonly _id: string }> = mongoose.mongo.Collection<Row>;

const AT_ONCE = 100;

/**
 * Test accounts are a list of the ISO's from now on, and who asks for one is apart from it: what was kept a person becomes rows of both.
 * One name that was given to several is with whom it was given last; of who does not work there it has come back. A row that was taken
 * over is removed; what a bot of the release before writes meanwhile stays as it is, and is not read.
 */
export const listTestAccounts: Migration = {
  id: 10,
  name: 'list-test-accounts',
  readableFrom: 0,
  async up({ db, reached }) {
    const asked = db.collection<Asked>('testaccounts');
    for (;;) {
      const batch = await asked.find({}).sort({ _id: 1 }).limit(AT_ONCE).toArray();
      const last = batch.at(-1);
      if (last === undefined) return;
      for (const row of batch) {
        const works = await db
          .collection<Asked>('peoples')
          .findOne({ _id: row._id, isoId: row.isoId, state: 'ACTIVE' });
        if (row.sealedAlias !== undefined) await listed(db.collection<Account>('accounts'), row, works !== null);
        else if (works !== null) await asks(db.collection('accountasks'), row);
        await asked.deleteOne({ _id: row._id });
      }
      await reached(last._id);
    }
  },
};

async function listed(accounts: Rows<Account>, row: Asked, works: boolean): Promise<void> {
  const { isoId, sealedAlias: sealedName = '', givenBy = '', givenAt = 0, askedAt, returnedAt } = row;
  const nameIndex = blindIndex(`account:${isoId}:${unseal(sealedName).normalize('NFKC').toLowerCase()}`);
  const _id = derivedId('testAccount', isoId, nameIndex);
  const isBack = returnedAt !== undefined || !works;
  const given = { state: 'GIVEN', holderId: row._id, givenBy, givenAt };
  const back = { state: 'RETURNED', lastHolderId: row._id, back: 'left', returnedAt: returnedAt ?? givenAt };
  const known = await accounts.findOne({ _id });
  if (known === null) {
    const added = { isoId, version: 1, sealedName, nameIndex, live: true, addedBy: givenBy, addedAt: askedAt };
    await accounts.insertOne(Object({ _id, ...added, ...(isBack ? back : given) }));
  } else if (!isBack && known.holderId !== row._id && (known.givenAt ?? 0) < givenAt) {
    await accounts.updateOne({ _id }, { $set: given, $unset: { lastHolderId: 1, back: 1, returnedAt: 1 } });
  }
}

async function asks(all: mongoose.mongo.Collection, { _id: userId, isoId, askedAt, returnedAt }: Asked): Promise<void> {
  if (returnedAt !== undefined || (await all.findOne({ userId, open: true })) !== null) return;
  const askId = derivedId('accountAsk', isoId, userId, askedAt);
  await all.insertOne(
    Object({ _id: askId, isoId, version: 1, userId, state: 'OPEN', askedAt, reminded: 0, open: true }),
  );
}
