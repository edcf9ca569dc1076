import { beforeEach, describe, expect, it } from 'vitest';
import { database, forgetEverything } from '../../models/database.ts';
import { staffLines } from '../../models/fee-lines.ts';
import { feesOfMonth } from '../../models/fee-months.ts';
import { changeItem } from '../../models/items.ts';
import { changePerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { hire } from '../support/shop-under-review.ts';
import { addIsoIn, csv, itemOf, LandingHarness, submitSpots } from './landing-harness.ts';

const COLUMNS = ['sourceRowKey', 'dataDate', 'isoId', 'itemRef', 'fee', 'state', 'amount', 'currency'];
const PAID = {
  isoId: 'iso',
  itemRef: 'door',
  fee: 'DEPLOYMENT',
  state: 'CONFIRMED',
  amount: '120.50',
  currency: 'THB',
  dataDate: '2026-05-10',
  sourceRowKey: '1',
};

describe.each(servers())('settlements that nobody expected, on the $name server', ({ uri }) => {
  useModels(uri);
  let harness = new LandingHarness();
  let files = 0;

  beforeEach(async () => {
    await forgetEverything();
    harness = new LandingHarness();
    await addIsoIn('Asia/Bangkok');
    await submitSpots(['door']);
  });

  /** What became of each row of a file: its outcome, and why. */
  async function land(...rows: readonly Readonly<Record<string, string>>[]): Promise<readonly string[]> {
    files += 1;
    harness.drop(`settlement_20260716_${files}.csv`, csv(rows, COLUMNS));
    await harness.land();
    const lines = harness.results(`done/settlement_20260716_${files}.result.csv`);
    return lines.map((line) => line.split(' ').slice(2).join(' ').trim());
  }

  /** What the ISO reads of a month: how many of each step, and how much. */
  async function month(of = '202605'): Promise<unknown> {
    const totals = (await feesOfMonth('iso', of)).get('DEPLOYMENT');
    const steps = Object.entries(totals ?? {}).filter(([, { count }]) => count > 0);
    return Object.fromEntries(steps.map(([step, { count, minor }]) => [step, [count, Object.fromEntries(minor)]]));
  }

  it('for a spot that nobody knows, or of another ISO, are told by their row and change nothing', async () => {
    await addIsoIn('Asia/Bangkok', 'other');
    const known = Array.from({ length: 8 }, (_, n) => `known${n}`);
    await submitSpots(known);
    const rows = [{ itemRef: 'nowhere' }, { isoId: 'other' }, ...known.map((itemRef) => ({ itemRef }))];
    expect(await land(...rows.map((row) => ({ ...PAID, ...row })))).toEqual([
      'unmatched unknownItem',
      'unmatched unknownItem',
      ...known.map(() => 'applied'),
    ]);
    expect(await month()).toEqual({ CONFIRMED: [8, { THB: 8 * 12_050 }] });
  });

  it('before its approval count, and stand once it is approved', async () => {
    expect((await itemOf('door')).state).toBe('PENDING');
    expect(await land(PAID)).toEqual(['applied']);
    const confirmed = { CONFIRMED: [1, { THB: 12_050 }] };
    expect(await month()).toEqual(confirmed);
    await inTransaction(async (tx) => changeItem(await itemOf('door'), { state: 'APPROVED' }, tx));
    expect(await land(PAID)).toEqual(['unchanged fileLandedBefore']);
    expect([await month(), (await itemOf('door')).settlement]).toEqual([confirmed, 'CONFIRMED']);
  });

  it('in another currency than before correct the one, and leave nothing of it', async () => {
    await land(PAID);
    await land({ ...PAID, amount: '3.45', currency: 'USD', dataDate: '2026-05-20', sourceRowKey: '2' });
    expect(await month()).toEqual({ CONFIRMED: [1, { USD: 345 }] });
    await land({ ...PAID, amount: '400', currency: 'JPY', dataDate: '2026-06-02', sourceRowKey: '3' });
    expect(await month('202606')).toEqual({ CORRECTED: [1, { USD: -345, JPY: 400 }] });
  });

  it('that are taken back before they were confirmed take nothing back, whichever file comes first', async () => {
    const reversed = { ...PAID, state: 'REVERSED', dataDate: '2026-05-20', sourceRowKey: '2' };
    expect(await land(reversed)).toEqual(['applied']);
    const nothing = { TAKEN_BACK: [1, {}] };
    expect(await month()).toEqual(nothing);
    expect(await land(PAID)).toEqual(['superseded olderSettlement']);
    expect([await month(), (await itemOf('door')).settlement]).toEqual([nothing, 'REVERSED']);
  });

  it('that come twice, in one file and in two, count once', async () => {
    expect(await land(PAID, PAID)).toEqual(['applied', 'unchanged knownAlready']);
    expect(await land(PAID, { ...PAID, sourceRowKey: '2' })).toEqual(['unchanged knownAlready', 'applied']);
    expect(await month()).toEqual({ CONFIRMED: [1, { THB: 12_050 }] });
  });

  it('for a person who left are the ISO’s, and that person’s to read', async () => {
    await hire('nok');
    await inTransaction((tx) => changePerson('nok', { state: 'UNKNOWN', isoId: null }, tx));
    expect(await land(PAID)).toEqual(['applied']);
    expect(await month()).toEqual({ CONFIRMED: [1, { THB: 12_050 }] });
    const of = { staffId: 'nok', isoId: 'iso', month: '202605', fee: 'DEPLOYMENT' };
    expect(await staffLines(of, ['CONFIRMED'])).toMatchObject([{ itemRef: 'door', staffId: 'nok' }]);
    expect(await database().collection('cards').countDocuments({ viewer: 'nok' })).toBe(0);
  });
});
