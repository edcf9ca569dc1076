import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { unseal } from '../../models/sealing.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { accountWith, atTheList, lekAsks, lekHasOne, listed } from './accounts-at-work.ts';

const world = useWorld();
const SECRET = 'Xk9mQ2pLw7';

/** Everything that is stored, with what is sealed opened. */
async function allStored(): Promise<string> {
  const rows: unknown[] = [];
  for (const { collection } of Object.values(mongoose.models)) rows.push(...(await collection.find({}).toArray()));
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? opened(value) : value));
}

function opened(value: string): string {
  try {
    return unseal(value);
  } catch {
    return value;
  }
}

async function expectKeptNowhere(): Promise<void> {
  await world().untilIdle();
  expect(await allStored()).not.toContain(SECRET);
  expect(world().log.text()).not.toContain(SECRET);
}

it('a password that is typed anywhere is kept nowhere', async () => {
  const { admin } = await lekAsks(world());
  await admin.taps({ action: 'account.add' });
  for (const account of [`TH-04 / ${SECRET}`, `TH-04:${SECRET}`, `TH-04 ${SECRET}`, SECRET]) {
    await admin.fills({ account });
    await admin.sees(wordsOf('line.onlyAccountName'));
    expect((await admin.cards()).some(({ text }) => text.includes(SECRET))).toBe(false);
  }
  expect(await accountWith('lek')).toBeUndefined();
  await expectKeptNowhere();
});

it('what an admin writes to the bot while somebody waits for a password is answered with where it belongs', async () => {
  const { lek, admin } = await lekHasOne(world());
  await admin.says('menu');
  await admin.says(SECRET);
  await admin.sees(wordsOf('line.noPasswords'));
  await expectKeptNowhere();
  await admin.taps({ action: 'account.given' });
  await admin.says('menu');
  await admin.says('hello there');
  await admin.sees(wordsOf('line.keptPlace'));
  await lek.says(SECRET);
  await expectKeptNowhere();
});

it('also below a form that is open, which stays where it is', async () => {
  const { admin } = await lekAsks(world());
  await admin.taps({ action: 'account.add' });
  await admin.says(SECRET);
  await admin.sees(wordsOf('line.noPasswords'));
  await expectKeptNowhere();
  await admin.fills({ account: 'TH-04' });
  expect((await accountWith('lek'))?.name).toBe('TH-04');
});

it('so is what they write at a test account that is open', async () => {
  await listed('TH-04');
  const admin = world().person('admin1');
  await atTheList(admin);
  await admin.taps('TH-04');
  await admin.says(SECRET);
  await admin.sees(wordsOf('line.noPasswords'));
  await expectKeptNowhere();
});

it('what is searched for among the accounts is kept only where it finds something', async () => {
  await listed('TH-01', 'TH-02', 'TH-03', 'TH-04', 'TH-05', 'TH-06', 'TH-07');
  const admin = world().person('admin1');
  await atTheList(admin);
  await admin.taps({ action: 'team.search' });
  await admin.fills({ find: SECRET });
  await admin.sees(wordsOf('accounts.nothingFound'), 'Test accounts (7)');
  await expectKeptNowhere();
  await admin.taps({ action: 'team.search' });
  await admin.fills({ find: 'th-07' });
  await admin.sees('Test accounts (1)', 'TH-07');
});
