import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { closeFeeMonths, feesOfMonth } from '../../models/fee-months.ts';
import { changeItem } from '../../models/items.ts';
import { inTransaction } from '../../models/transaction.ts';
import { embeddedInEachRun } from '../../packages/embedded-store/test/stores.ts';
import { SETTLEMENTS } from '../../src/daily/incoming/land-settlements.ts';
import { FEE_STEPS } from '../../src/domain/fee-lines.ts';
import { useModels } from '../models/store.ts';
import { howOften } from '../support/how-often.ts';
import { addIsoIn, csv, itemOf, LandingHarness, submitPosm, submitSpots } from './landing-harness.ts';

const COLUMNS = ['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'state', 'amount', 'currency'];
const DAYS = ['2026-04-30', '2026-05-01', '2026-05-20', '2026-06-01', '2026-06-02', '2026-07-15'];
const MONTHS = ['202604', '202605', '202606', '202607', '202608'];
/** As decimals of each: what they come to is counted here in whole numbers of its own. */
const AMOUNTS: Readonly<Record<string, readonly string[]>> = {
  THB: ['0.1', '0.20', '12.5', '1999.99'],
  JPY: ['1200', '7'],
  KWD: ['1.005', '0.3'],
};
const DIGITS: Readonly<Record<string, number>> = { THB: 2, JPY: 0, KWD: 3 };

type Cells = Readonly<Record<string, string>>;

/** Rows about these items, of each day and key one at most for an item and a fee. */
function rowsAbout(items: readonly string[], count: number): fc.Arbitrary<readonly Cells[]> {
  const money = fc
    .constantFrom(...Object.keys(AMOUNTS))
    .chain((currency) =>
      fc.record({ currency: fc.constant(currency), amount: fc.constantFrom(...(AMOUNTS[currency] ?? [])) }),
    );
  const row = fc
    .record({
      itemRef: fc.constantFrom(...items),
      fee: fc.constantFrom('DEPLOYMENT', 'MARKETING'),
      dataDate: fc.constantFrom(...DAYS),
      sourceRowKey: fc.constantFrom('a', 'b', 'c'),
      state: fc.constantFrom('CONFIRMED', 'CONFIRMED', 'REVERSED'),
      money: fc.oneof(money, fc.constant({ currency: '', amount: '' })),
    })
    .map(({ money: { currency, amount }, ...cells }) => ({ ...cells, isoId: 'iso', currency, amount }));
  return fc.uniqueArray(row, { minLength: 1, maxLength: count, size: 'max', selector: nameOf });
}

function plainRow(dataDate: string): Cells {
  return {
    itemRef: 'a',
    fee: 'DEPLOYMENT',
    dataDate,
    sourceRowKey: 'a',
    state: 'CONFIRMED',
    isoId: 'iso',
    currency: '',
    amount: '',
  };
}

function nameOf({ itemRef, fee, dataDate, sourceRowKey }: Cells): string {
  return [itemRef, fee, dataDate, sourceRowKey].join();
}

/** What stands confirmed in the end, by fee and currency, in minor units: from the rows alone. */
function counted(rows: readonly Cells[]): Record<string, bigint> {
  const last = new Map<string, Cells>();
  for (const row of rows) {
    const name = `${row.itemRef},${row.fee}`;
    const before = last.get(name);
    if (before === undefined || `${row.dataDate}/${row.sourceRowKey}` > `${before.dataDate}/${before.sourceRowKey}`)
      last.set(name, row);
  }
  const sums: Record<string, bigint> = {};
  for (const { state, fee, currency = '', amount = '' } of last.values()) {
    if (state !== 'CONFIRMED' || amount === '') continue;
    const [whole = '', fraction = ''] = amount.split('.');
    const minor = BigInt(whole + fraction.padEnd(DIGITS[currency] ?? 0, '0'));
    sums[`${fee} ${currency}`] = (sums[`${fee} ${currency}`] ?? 0n) + minor;
  }
  return sums;
}

/** What the months say of it, summed over all of them. */
async function told(): Promise<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const month of MONTHS)
    for (const [fee, totals] of await feesOfMonth('iso', month))
      for (const step of FEE_STEPS)
        for (const [currency, minor] of totals[step].minor)
          sums[`${fee} ${currency}`] = (sums[`${fee} ${currency}`] ?? 0n) + BigInt(minor);
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

async function months(): Promise<unknown> {
  return await Promise.all(MONTHS.map(async (month) => new Map([...(await feesOfMonth('iso', month))].sort())));
}

async function forgetFees(): Promise<void> {
  for (const name of ['feelines', 'feemonths', 'feeledgers', 'items', 'incomingfiles'])
    await database().collection(name).deleteMany({});
}

describe.each(embeddedInEachRun())('fees by settlement files on the $name server', ({ uri }) => {
  useModels(uri);
  const harness = new LandingHarness();
  let files = 0;
  async function land(...contents: readonly (readonly Cells[])[]): Promise<void> {
    for (const rows of contents) {
      files += 1;
      harness.drop(`settlement_20260716_${files}.csv`, csv(rows, COLUMNS));
    }
    await harness.land();
    expect([harness.names(), harness.names('quarantine')]).toEqual([[], []]);
  }

  it('are what an independent count of the rows is, to the cent and month by month, in any order, doubled, cut into any files', async () => {
    await addIsoIn('Asia/Bangkok');
    const items = ['a', 'b', 'c', 'd'];
    const rows = rowsAbout(items, 60);
    await fc.assert(
      fc.asyncProperty(rows, fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }), async (all, chance) => {
        await forgetFees();
        await submitSpots(items);
        await land(all);
        const inOrder = await months();
        expect(await told()).toEqual(counted(all));
        await forgetFees();
        await submitSpots(items);
        const placed = [...all, ...all.slice(0, 10)].map((row, index) => ({ row, at: chance[index % 60] ?? 0 }));
        const shuffled = placed.sort((one, other) => one.at - other.at).map(({ row }) => row);
        const cut = (chance[0] ?? 0) % shuffled.length;
        await land(...[shuffled.slice(cut), shuffled.slice(0, cut)].filter((part) => part.length > 0));
        expect(await told()).toEqual(counted(all));
        expect(await months()).toEqual(inOrder);
      }),
      {
        numRuns: howOften({ inEachRun: 6, inFull: 60 }),
        // a row that stood in its month alone until an earlier one of another month came
        examples: [[[plainRow('2026-04-30'), plainRow('2026-05-20')], Array(60).fill(0).with(0, 1)]],
      },
    );
  });

  it('are so for many rows in several batches, and the same files again change nothing', async () => {
    await forgetFees();
    const many = howOften({ inEachRun: 3_000, inFull: 100_000 });
    const items = Array.from({ length: many / 10 }, (_, n) => `many${n}`);
    for (let from = 0; from < items.length; from += 500) await submitSpots(items.slice(from, from + 500));
    const states = ['CONFIRMED', 'CONFIRMED', 'REVERSED'];
    const currencies = Object.keys(AMOUNTS);
    const rows = Array.from({ length: many }, (_, n): Cells => {
      const currency = currencies[(n * 31) % 3] ?? '';
      const amounts = AMOUNTS[currency] ?? [];
      const cells = { fee: n % 4 === 0 ? 'MARKETING' : 'DEPLOYMENT', isoId: 'iso', dataDate: DAYS[(n * 7) % 6] ?? '' };
      const itemRef = items[(n * 7_919) % items.length] ?? '';
      return {
        ...cells,
        itemRef,
        sourceRowKey: `${n}`,
        state: states[(n * 13) % 3] ?? '',
        currency,
        amount: amounts[n % amounts.length] ?? '',
      };
    });
    const files = [0, 1, 2].map((part) => rows.filter((_, n) => (n * 17) % 3 === part));
    await land(...files);
    expect(await told()).toEqual(counted(rows));
    const before = await months();
    // the same rows under a header of another order are another content
    await land(...files.map((part) => [...part].reverse()));
    expect(await months()).toEqual(before);
    expect(await database().collection('feelines').countDocuments()).toBe(many);
  });

  it('of a month that was closed stay as they were, and a correction counts in the month after', async () => {
    await forgetFees();
    await submitSpots(['x', 'y']);
    const paid = {
      isoId: 'iso',
      fee: 'DEPLOYMENT',
      state: 'CONFIRMED',
      currency: 'THB',
      dataDate: '2026-05-10',
      sourceRowKey: '1',
    };
    await land([{ ...paid, itemRef: 'x', amount: '100' }]);
    const may = await feesOfMonth('iso', '202605');
    expect(await inTransaction((tx) => closeFeeMonths('iso', '202605', tx))).toBe(true);
    expect(await inTransaction((tx) => closeFeeMonths('iso', '202604', tx))).toBe(false);
    await land([
      { ...paid, itemRef: 'x', amount: '90', sourceRowKey: '2' },
      { ...paid, itemRef: 'y', amount: '50' },
    ]);
    expect(await feesOfMonth('iso', '202605')).toEqual(may);
    const june = (await feesOfMonth('iso', '202606')).get('DEPLOYMENT');
    expect(june).toMatchObject({
      CONFIRMED: { count: 1, minor: new Map([['THB', 5_000]]) },
      CORRECTED: { count: 1, minor: new Map([['THB', -1_000]]) },
    });
  });

  it('of a month that is closed while rows land are all in it or all in the one after', async () => {
    await forgetFees();
    const items = Array.from({ length: 40 }, (_, n) => `race${n}`);
    await submitSpots(items);
    const row = {
      isoId: 'iso',
      fee: 'DEPLOYMENT',
      state: 'CONFIRMED',
      currency: 'THB',
      amount: '1',
      dataDate: '2026-05-10',
      sourceRowKey: '1',
    };
    const closing = inTransaction(async (tx) => {
      await closeFeeMonths('iso', '202605', tx);
      return (await feesOfMonth('iso', '202605')).get('DEPLOYMENT')?.CONFIRMED.count ?? 0;
    });
    await Promise.all([land(items.map((itemRef) => ({ ...row, itemRef }))), closing]);
    await harness.land();
    const counts = await Promise.all(
      ['202605', '202606'].map(
        async (month) => (await feesOfMonth('iso', month)).get('DEPLOYMENT')?.CONFIRMED.count ?? 0,
      ),
    );
    expect(counts.toSorted()).toEqual([0, 40]);
  });

  it('of a month that was closed since they were decided are not written as decided', async () => {
    await forgetFees();
    await submitSpots(['late']);
    const money = { currency: 'THB', minor: 100 };
    const row = { isoId: 'iso', itemRef: 'late', fee: 'DEPLOYMENT', state: 'CONFIRMED', dataDate: '20260510' } as const;
    const batch = { cause: 'settlement_20260716_900.csv', asOf: '20260716_900', now: 1 };
    const plan = await SETTLEMENTS.plan([{ ...row, sourceRowKey: '1', money }], batch);
    await inTransaction((tx) => closeFeeMonths('iso', '202605', tx));
    await expect(inTransaction((tx) => plan.write(tx))).rejects.toMatchObject({ code: 'subject.lostRace' });
    expect(await feesOfMonth('iso', '202605')).toEqual(new Map());
  });

  it('of a spot that changed hands name both, and of a POSM and an inspection stand by themselves', async () => {
    await forgetFees();
    await submitSpots(['given']);
    await submitPosm('given');
    await submitSpots(['task'], { itemType: 'INSPECTION', staffId: 'lek' });
    await inTransaction(async (tx) => changeItem(await itemOf('given'), { ownerId: 'lek', formerId: 'nok' }, tx));
    const row = {
      isoId: 'iso',
      state: 'CONFIRMED',
      currency: 'THB',
      amount: '1',
      dataDate: '2026-05-10',
      sourceRowKey: '1',
    };
    await land([
      { ...row, itemRef: 'given', fee: 'DEPLOYMENT' },
      { ...row, itemRef: 'given.posm', fee: 'DEPLOYMENT', state: 'REVERSED' },
      { ...row, itemRef: 'task', fee: 'INSPECTION' },
      { ...row, itemRef: 'task', fee: 'DEPLOYMENT' },
      { ...row, itemRef: 'given', fee: 'INSPECTION' },
    ]);
    expect(
      harness.results(`done/settlement_20260716_${files}.result.csv`).map((line) => line.split(' ').slice(2).join(' ')),
    ).toEqual(['applied', 'applied', 'applied', 'unmatched otherItemType', 'unmatched otherItemType']);
    const lines = await database()
      .collection('feelines')
      .find({}, { projection: { _id: 0, itemRef: 1, staffId: 1, ownerId: 1 }, sort: { itemRef: 1 } })
      .toArray();
    expect(lines).toEqual([
      { itemRef: 'given', staffId: 'nok', ownerId: 'lek' },
      { itemRef: 'given.posm', staffId: 'nok' },
      { itemRef: 'task', staffId: 'lek' },
    ]);
    expect([(await itemOf('given')).settlement, (await itemOf('given.posm')).settlement]).toEqual([
      'CONFIRMED',
      'REVERSED',
    ]);
    expect((await itemOf('task')).settlement).toBe('CONFIRMED');
  });

  it('that a release before settled are a line without an amount, once a row comes about them', async () => {
    await forgetFees();
    await submitSpots(['old']);
    await inTransaction(async (tx) =>
      changeItem(await itemOf('old'), { settlement: 'CONFIRMED', settledBy: '20260420/1' }, tx),
    );
    const row = { isoId: 'iso', itemRef: 'old', fee: 'DEPLOYMENT', currency: 'THB', amount: '5', sourceRowKey: '1' };
    await land([
      { ...row, state: 'CONFIRMED', dataDate: '2026-04-20' },
      { ...row, state: 'REVERSED', dataDate: '2026-05-10' },
    ]);
    expect((await feesOfMonth('iso', '202604')).get('DEPLOYMENT')?.CONFIRMED).toEqual({ count: 1, minor: new Map() });
    expect((await feesOfMonth('iso', '202605')).get('DEPLOYMENT')?.TAKEN_BACK).toEqual({ count: 1, minor: new Map() });
  });
});
