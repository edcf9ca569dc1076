import { expect, it } from 'vitest';
import { closeFeeMonths } from '../../models/fee-months.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { SETTLEMENTS } from '../../src/daily/incoming/land-settlements.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { submittedSpot } from '../support/submitted-spot.ts';

const world = useWorld({}, { uri: process.env.REALDB_URI });
const NOW = Date.UTC(2026, 10, 27, 2);
const isoIdOf = async (email: string): Promise<string> => (await findIsoByEmail(email))?.isoId ?? '';

async function approved(isoId: string, spots: readonly string[]): Promise<void> {
  const storeId = `shop-${isoId}`;
  const of = { isoId, storeId, submittedAt: NOW - 9 * 86_400_000, product: 'PRIMARY_POSM' };
  const store = { ...submittedSpot(storeId, of), itemType: 'STORE', spotId: undefined, product: undefined } as const;
  await inTransaction(async (tx) => {
    await addItems([store, ...spots.map((spot, index) => submittedSpot(spot, { ...of, number: index + 1 }))], tx);
    for (const ref of [storeId, ...spots]) await approve(ref);

    async function approve(ref: string): Promise<void> {
      const item = await findItem(ref, tx);
      if (item !== undefined) await changeItem(item, { state: 'APPROVED' }, tx);
    }
  });
}

/** Rows as a file brings them. */
async function settle(
  rows: readonly (readonly [isoId: string, spot: string, day: string, state: 'CONFIRMED' | 'REVERSED', baht: number])[],
): Promise<void> {
  for (const [isoId, itemRef, dataDate, state, baht] of rows) {
    const row = { sourceRowKey: `fee-${itemRef}`, dataDate, isoId, itemRef, fee: 'DEPLOYMENT', state };
    const money = { currency: 'THB', minor: baht * 100 };
    await inTransaction(async (tx) => {
      const about = { cause: 'settlement_20261126_001.csv', asOf: '20261126_001', now: NOW };
      await (await SETTLEMENTS.plan([{ ...row, money }], about, tx)).write(tx);
    });
  }
}

async function inFees() {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.fees']) await admin.taps({ action });
  return admin;
}

it('an admin sees a month of the own ISO alone, and of each number the rows that said so', async () => {
  world().clock.moveTo(NOW);
  const [own, other] = [await isoIdOf(DEMO_ISO), await isoIdOf('story@iso.example')];
  await approved(own, ['s1', 's2', 's3', 's4']);
  await approved(other, ['o1', 'o2']);
  await settle([
    [own, 's1', '20261120', 'CONFIRMED', 1_204],
    [own, 's2', '20261030', 'CONFIRMED', 90],
    [own, 's2', '20261121', 'REVERSED', 0],
    [other, 'o1', '20261121', 'CONFIRMED', 77],
  ]);
  const admin = await inFees();
  await admin.sees(
    'Deployment fee',
    'November 2026',
    '… Waiting | 2',
    '✓ Confirmed | 1 | 1,204.00 THB',
    '✗ Taken back | 1 | −90.00 THB',
  );
  await admin.taps({ action: 'team.feeLines', number: 'CONFIRMED' });
  await admin.sees('Confirmed (1)', '1,204.00 THB');
  await admin.taps({ action: 'team.feeLine' });
  await admin.sees('1,204.00 THB', 'Fri 20 Nov', 'settlement 20261126 001', 'fee-s1');
  await admin.taps({ action: 'team.feeLines' });
  await admin.taps({ action: 'team.fees' });
  await admin.taps({ action: 'team.feeLines', number: 'WAITING' });
  await admin.sees('Waiting (2)', 'Its fee has not come in yet');
  await admin.taps({ action: 'team.story', item: 's3' });
  await admin.sees('✓ Approved', 'Nothing is kept of what happened here.');
  await inFees();
  await admin.taps({ action: 'team.fees', month: '202610' });
  await admin.sees('October 2026', '✓ Confirmed | 1 | 90.00 THB');
  const { text } = await admin.card();
  expect(text).not.toMatch(/77|Waiting|Closed/);
  await inTransaction((tx) => closeFeeMonths(own, '202610', tx));
  await admin.taps({ action: 'team.fees', month: '202611' });
  await admin.taps({ action: 'team.fees', month: '202610' });
  await admin.sees('Closed. What comes late counts next month.');
});

it('of an inspection and of another fee there is a page of its own, and what is none is the first', async () => {
  const own = await isoIdOf(DEMO_ISO);
  const inspection = {
    ...submittedSpot('task1', { isoId: own, submittedAt: NOW }),
    itemType: 'INSPECTION',
    spotId: undefined,
  } as const;
  await inTransaction(async (tx) => {
    await addItems([inspection], tx);
    const item = await findItem('task1', tx);
    if (item !== undefined) await changeItem(item, { state: 'APPROVED' }, tx);
  });
  const admin = await inFees();
  await admin.taps({ action: 'team.fees', fee: 'INSPECTION' });
  await admin.sees('Spot inspection fee', '… Waiting | 1');
  await admin.taps({ action: 'team.fees', fee: 'MARKETING' });
  await admin.sees('Marketing fee', 'No fee came in this month.');
});

it('staff see for which of their own items the fee came, no amount, and nothing of a colleague', async () => {
  const own = await isoIdOf(DEMO_ISO);
  const of = { isoId: own, submittedAt: NOW, product: 'PRIMARY_POSM' };
  await inTransaction((tx) =>
    addItems([submittedSpot('mine', { ...of, staffId: 'admin1', shop: 'Nine Mart' }), submittedSpot('other', of)], tx),
  );
  await settle([
    [own, 'mine', '20261120', 'CONFIRMED', 1_204],
    [own, 'other', '20261120', 'CONFIRMED', 1_204],
  ]);
  const staff = world().person('admin1');
  await staff.says('menu');
  for (const action of ['review.mine', 'review.fees']) await staff.taps({ action });
  await staff.sees('Fee for', 'November 2026', 'Deployment fee | 1 | 0', 'counts for what was sent and approved');
  expect((await staff.card()).text).not.toContain('1,204');
  await staff.taps({ action: 'review.feeList' });
  await staff.sees('Nine Mart', '✓ Confirmed · Fri 20 Nov');
  expect((await staff.card()).text).not.toMatch(/1,204|Baan/);
  for (const action of ['review.feeLine', 'review.open']) await staff.taps({ action });
  await staff.sees('Nine Mart', 'Deployment fee', 'confirmed');
});
