import { describe, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { changeItem } from '../../models/items.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { LANDING_KINDS } from '../../src/daily/incoming/kinds.ts';
import { insist, useModels } from '../models/store.ts';
import { addIsoIn, approves, csv, itemOf, LandingHarness, rejects, submitSpots } from './landing-harness.ts';

/** Of the items of a batch, while it lands. */
const CHANGED = 30;

describe.each(servers())('a batch that is decided while the one before is written, on the $name server', ({ uri }) => {
  useModels(uri);
  const harness = new LandingHarness();
  const spots = (name: string): string[] =>
    Array.from({ length: LANDING_KINDS.review.rowsAtOnce }, (_, n) => `${name}${n}`);
  const outcomesOf = (file: string): string[] => [
    ...new Set(harness.results(`done/${file}.result.csv`).map((line) => line.split(' ').slice(2).join(' '))),
  ];
  const nine = { decidedAt: '2026-05-04T01:00:00+08:00' };

  it('goes by what that one made of the same items', async () => {
    await addIsoIn('Asia/Bangkok');
    const refs = spots('twice');
    await submitSpots(refs);
    harness.drop('review_20260503_001.csv', csv(refs.map((ref) => approves(ref, nine))));
    await harness.land();
    const [later, earlier] = [refs.map((ref) => rejects(ref)), refs.map((ref) => approves(ref, nine))];
    harness.drop('review_20260503_002.csv', csv([...later, ...earlier]));
    await harness.land();
    expect(outcomesOf('review_20260503_002')).toEqual(['applied', 'superseded olderDecision']);
    expect(await itemOf('twice0')).toMatchObject({ state: 'REJECTED' });
  });

  it('goes by what one more before made of the same items', async () => {
    const [refs, others] = [spots('thrice'), spots('between')];
    await submitSpots([...refs, ...others]);
    const [later, earlier] = [[...refs, ...others].map((ref) => rejects(ref)), refs.map((ref) => approves(ref, nine))];
    harness.drop('review_20260503_004.csv', csv([...later, ...earlier]));
    await harness.land();
    expect(outcomesOf('review_20260503_004')).toEqual(['applied', 'superseded olderDecision']);
    expect(await itemOf('thrice0')).toMatchObject({ state: 'REJECTED' });
  });

  it('goes by the fees that that one settled', async () => {
    const refs = spots('fees');
    await submitSpots(refs);
    const row = { dataDate: '2026-05-03', isoId: 'iso', fee: 'DEPLOYMENT', state: 'CONFIRMED' };
    const of = (key: string) => refs.map((spotRef) => ({ ...row, spotRef, sourceRowKey: key }));
    harness.drop(
      'settlement_20260503_001.csv',
      csv([...of('2'), ...of('1')], ['sourceRowKey', 'spotRef', ...Object.keys(row)]),
    );
    await harness.land();
    expect(outcomesOf('settlement_20260503_001')).toEqual(['applied', 'superseded olderSettlement']);
  });

  it('goes by the codes that that one brought', async () => {
    const digits = [...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'];
    const code = (n: number) => `ABCDEFGH${digits[n >> 5]}${digits[n & 31]}22`;
    const row = { batchId: 'B1', isoId: 'iso', product: 'MARKETING_CODE', receivedAt: '2026-05-03T08:00:00Z' };
    const codes = Array.from({ length: LANDING_KINDS.stock.rowsAtOnce }, (_, n) => ({ ...row, code: code(n) }));
    harness.drop('stock_20260503_001.csv', csv([...codes, ...codes], ['code', ...Object.keys(row)]));
    await harness.land();
    expect(outcomesOf('stock_20260503_001')).toEqual(['applied', 'unchanged knownAlready']);
  });

  it('notes the news of a day once a file, of everybody whom any of it concerns, and again for the next file', async () => {
    const newsOf = async (whose: string) =>
      (await database().collection<{ _id: string; news: number }>('dayresults').findOne({ _id: whose }))?.news ?? 0;
    const day = '20260510';
    const [nok, lek] = [`${day}/iso/nok`, `${day}/iso/lek`];
    for (const file of [1, 2]) {
      const [many, last] = [Array.from({ length: 350 }, (_, n) => `news${file}-${n}`), `last${file}`];
      await submitSpots(many);
      await submitSpots([last], { staffId: 'lek', ownerId: 'lek' });
      const before = [await newsOf(nok), await newsOf(lek)];
      const told = harness.told.length;
      const rows = [...many, last].map((ref) => approves(ref, { dataDate: '2026-05-10' }));
      harness.drop(`review_${day}_00${file}.csv`, csv(rows));
      await harness.land();
      expect([await newsOf(nok), await newsOf(lek)]).toEqual(before.map((news) => news + 1));
      expect(harness.told.slice(told).sort()).toEqual([`iso ${day}`, `lek ${day}`, `nok ${day}`]);
    }
  });

  it('is decided anew where somebody changes an item meanwhile', async () => {
    const refs = spots('changed');
    await submitSpots(refs);
    harness.drop('review_20260503_003.csv', csv([...spots('before'), ...refs].map((ref) => rejects(ref))));
    const again = { state: 'PENDING', revision: 2, deadlineAt: null } as const;
    const sending = (async () => {
      for (const ref of refs.slice(0, CHANGED)) await insist(async (tx) => changeItem(await itemOf(ref), again, tx));
    })();
    await Promise.all([harness.land(), sending]);
    // what lost its race against them waits for the next look
    await harness.land();
    for (const [index, ref] of refs.entries()) {
      const state = index < CHANGED ? { state: 'PENDING', revision: 2 } : { state: 'REJECTED', revision: 1 };
      expect(await itemOf(ref)).toMatchObject(state);
    }
  });
});
