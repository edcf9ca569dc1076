import { describe, expect, it, onTestFinished } from 'vitest';
import { withCodesLookedUp } from '../../handlers/promotion/used-elsewhere.ts';
import { codesNotOf } from '../../models/code-stock.ts';
import { changeTask, findTask } from '../../models/inspection-tasks.ts';
import { changeItem } from '../../models/items.ts';
import { useProgrammes } from '../../models/programme-in-use.ts';
import { inTransaction } from '../../models/transaction.ts';
import { taskIdOf } from '../../src/daily/inspection-tasks.ts';
import { codeHash, readTyped } from '../../src/domain/code.ts';
import { newDraft } from '../../src/flow/engine.ts';
import { useModels } from '../models/store.ts';
import {
  MARKETING_CODE_FLOW,
  programmeOf,
  programmesOf,
  SHIPPED_PROGRAMMES,
  shippedProgramme,
  withChange,
  withChangedWords,
} from '../support/shipped-programme.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, submitSpots } from './landing-harness.ts';

const TASK_COLUMNS = [
  'sourceKey',
  'isoId',
  'assignee',
  'storeRef',
  'storeName',
  'address',
  'countryRegion',
  'acceptsOnlyAlipay',
  'spotRefs',
  'dueAt',
  'priority',
];
const FEE_COLUMNS = ['sourceRowKey', 'dataDate', 'isoId', 'spotRef', 'fee', 'currency', 'amount', 'state'];
const STOCK_COLUMNS = ['batchId', 'isoId', 'product', 'code', 'receivedAt'];

describe('the other daily files', () => {
  useModels(undefined);
  const harness = new LandingHarness();
  const landed = async (name: string, rows: Record<string, string>[], columns: string[]): Promise<string[]> => {
    harness.drop(name, csv(rows, columns));
    await harness.land();
    return harness.results(`done/${name.replace('.csv', '.result.csv')}`);
  };

  it('bring inspection tasks', async () => {
    await addIsoIn('Asia/Bangkok');
    const task = {
      sourceKey: 't1',
      isoId: 'iso',
      storeRef: 'store',
      storeName: 'Som Tam House',
      address: 'Silom Rd 9',
      countryRegion: 'TH',
      acceptsOnlyAlipay: 'false',
      spotRefs: 'a|b',
      dueAt: '2026-05-06T18:00:00+07:00',
    };
    const rows = [task, { ...task, sourceKey: 't2', dueAt: '2026-05-06' }, { ...task, sourceKey: 't3', isoId: 'none' }];
    expect(
      await landed('inspection-tasks_20260503_001.csv', [...rows, { ...task, sourceKey: 't4' }], TASK_COLUMNS),
    ).toEqual([
      '2 t1 applied',
      '3 t2 malformed dueAt is not an ISO 8601 time with a time zone',
      '4 t3 unmatched isoUnknown',
      '5 t4 applied',
    ]);
    expect(await findTask(taskIdOf('iso', 't1'))).toMatchObject({
      spotRefs: ['a', 'b'],
      priority: 2,
      dueAt: Date.UTC(2026, 4, 6, 11),
      namedAssignee: undefined,
    });
  });

  it('bring inspection tasks as table programs write them', async () => {
    const task = {
      sourceKey: 'x1',
      isoId: 'iso',
      storeRef: "'0042",
      storeName: "'t Hoekje",
      address: 'Silom Rd 9',
      countryRegion: 'th',
      acceptsOnlyAlipay: 'TRUE',
      spotRefs: 'a; b',
      dueAt: '2026-05-06 18:00:00+0700',
      priority: '1.0',
    };
    const results = await landed('inspection-tasks_20260503_002.csv', [task], TASK_COLUMNS);
    expect(results.filter((line) => line.startsWith('forgiven'))).toHaveLength(6);
    expect(results.at(-1)).toBe('2 x1 applied');
    expect(await findTask(taskIdOf('iso', 'x1'))).toMatchObject({
      storeRef: '0042',
      storeName: "'t Hoekje",
      countryRegion: 'TH',
      acceptsOnlyAlipay: true,
      spotRefs: ['a', 'b'],
      priority: 1,
      dueAt: Date.UTC(2026, 4, 6, 11),
    });
  });

  it('judge an inspection with its task', async () => {
    const taskId = taskIdOf('iso', 't1');
    const noSpot = { spotId: undefined, product: undefined, spotType: undefined, number: undefined };
    await submitSpots([taskId], { ...noSpot, itemType: 'INSPECTION', staffId: 'lek' });
    await inTransaction(async (tx) => {
      const begun = await changeTask({ taskId, version: 1, state: 'ASSIGNED' }, { state: 'STARTED' }, tx);
      await changeTask(begun, { state: 'SUBMITTED' }, tx);
    });
    const row = approves(taskId, { itemType: 'INSPECTION' });
    harness.drop('review_20260503_001.csv', csv([row]));
    await harness.land();
    expect((await findTask(taskId))?.state).toBe('APPROVED');
    expect(harness.told.splice(0)).toEqual(['lek 20260503', 'iso 20260503']);
  });

  it('confirm the fee that the programme gives for what is approved, under which the spot was submitted', async () => {
    await submitSpots(['before', 'since']);
    const bonus = '  - { id: BONUS, eligible: approved, currency: CNY }\n  - { id: DEPLOYMENT, eligible: newUser,';
    const worded = withChangedWords(
      '\nfees:\n',
      '\nfees:\n  BONUS: Bonus\n',
      withChange('programme.yaml', '  - { id: DEPLOYMENT, eligible: approved,', bonus),
    );
    useProgrammes(programmesOf(shippedProgramme(), programmeOf(worded)));
    onTestFinished(() => useProgrammes(SHIPPED_PROGRAMMES));
    await inTransaction(async (tx) => changeItem(await itemOf('since'), { programme: 2 }, tx));
    const confirmed = { dataDate: '2026-05-03', isoId: 'iso', currency: 'USD', amount: '1.00', state: 'CONFIRMED' };
    const rows = ['DEPLOYMENT', 'BONUS'].flatMap((fee) =>
      ['before', 'since'].map((spotRef) => ({ ...confirmed, sourceRowKey: `${fee} ${spotRef}`, spotRef, fee })),
    );
    expect(await landed('settlement_20260505.csv', rows, FEE_COLUMNS)).toEqual([
      '2 DEPLOYMENT before applied',
      '3 DEPLOYMENT since applied',
      '4 BONUS before malformed fee is none of the programme',
      '5 BONUS since applied',
    ]);
  });

  it('confirm and reverse fees, the later row whatever the order', async () => {
    await submitSpots(['paid', 'back']);
    const fee = { dataDate: '2026-05-03', isoId: 'iso', fee: 'DEPLOYMENT', currency: 'USD', amount: '1.00' };
    const paid = { ...fee, sourceRowKey: 'f1', spotRef: 'paid', state: 'CONFIRMED' };
    const reversed = { ...fee, dataDate: '2026-05-04', sourceRowKey: 'f0', spotRef: 'back', state: 'REVERSED' };
    const rows = [
      paid,
      paid,
      reversed,
      { ...reversed, dataDate: '2026-05-03', state: 'CONFIRMED' },
      { ...paid, state: 'REVERSED' },
      { ...paid, sourceRowKey: 'f2', fee: 'MARKETING' },
      { ...paid, spotRef: 'nothing' },
      { ...paid, sourceRowKey: 'f3', fee: 'BONUS' },
    ];
    expect(await landed('settlement_20260504.csv', rows, FEE_COLUMNS)).toEqual([
      '2 f1 applied',
      '3 f1 unchanged knownAlready',
      '4 f0 applied',
      '5 f0 superseded olderSettlement',
      '6 f1 conflict twoSettlementsAtOnce',
      '7 f2 applied',
      '8 f1 unmatched unknownItem',
      '9 f3 malformed fee is none of the programme',
    ]);
    expect([(await itemOf('paid')).settlement, (await itemOf('back')).settlement]).toEqual(['CONFIRMED', 'REVERSED']);
    expect(harness.told).toEqual(['conflict iso settlement_20260504.csv']);
  });

  it('say which codes an ISO has: the ISO that received one last has it', async () => {
    await addIsoIn('Asia/Bangkok', 'other');
    const stock = { batchId: 'B1', isoId: 'iso', product: 'MARKETING_CODE', receivedAt: '2026-05-03T08:00:00Z' };
    const rows = [
      { ...stock, code: 'ABCD EFGH 2345' },
      { ...stock, code: 'https://qr.alipayplus.example/m/ABCDEFGH2346' },
      { ...stock, code: 'ABCDEFGH2346', isoId: 'other', receivedAt: '2026-05-04T08:00:00Z' },
      { ...stock, code: 'ABCDEFGH2346' },
      { ...stock, code: 'https://elsewhere.example/' },
    ];
    expect(
      (await landed('stock_20260504.csv', rows, STOCK_COLUMNS)).map((line) => line.split(' ').slice(-2).join(' ')),
    ).toEqual([
      expect.stringContaining('applied'),
      expect.stringContaining('applied'),
      expect.stringContaining('applied'),
      'superseded receivedAgainSince',
      'that product',
    ]);
    const isOfAnother = (code: string, isoId: string) =>
      inTransaction(async (tx) => {
        const read = readTyped(code, MARKETING_CODE_FLOW.codes);
        return read.kind === 'ours' && (await codesNotOf(isoId, [codeHash(read.code)], tx)).size > 0;
      });
    expect(await isOfAnother('ABCDEFGH2345', 'iso')).toBe(false);
    expect(await isOfAnother('ABCDEFGH2346', 'iso')).toBe(true);
    expect(await isOfAnother('ABCDEFGH9999', 'iso')).toBe(true);
    expect(await isOfAnother('ABCDEFGH9999', 'third')).toBe(false);
  });

  it('raise a doubt about a code that is not in the stock of the ISO, where that is loaded', async () => {
    const looked = (codeId: string, isoId: string) =>
      inTransaction(async (tx) => {
        const read = readTyped(codeId, MARKETING_CODE_FLOW.codes);
        if (read.kind !== 'ours') throw new Error('not a Marketing Code');
        const code = { ...read.code, method: 'TYPED', ownership: 'unchecked' } as const;
        const spots = [{ key: 's1', answers: {}, skipped: false, code }];
        const draft = await withCodesLookedUp({ tx, isoId }, { ...newDraft(MARKETING_CODE_FLOW), spots });
        return draft.spots[0]?.code?.ownership;
      });
    expect(await looked('ABCDEFGH2345', 'iso')).toBe('free');
    expect(await looked('ABCDEFGH9999', 'iso')).toBe('notOfIso');
    expect(await looked('ABCDEFGH9999', 'third')).toBe('free');
  });
});
