import { readFileSync } from 'node:fs';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { moveCodes, putCodesUp, stockCodes, stockedBy } from '../../models/code-stock.ts';
import { database } from '../../models/database.ts';
import { recountStanding } from '../../models/recount-standing.ts';
import { standingIn } from '../../models/tallies.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { decide, hire, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import type { NamedRow } from './version-0.ts';

const log = createLog({ level: 'silent' });
const REPLACED = 'isoId_1_itemType_1_settlement_1';

describe.each(servers())('what cards counted by reading, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  const start = () => prepareStore({ clock: new MovableClock(), ids: systemIds, log, alone: false });
  const rows = (name: string) => database().collection<NamedRow>(name);
  const kept = async () => {
    const items = await rows('items').find().sort({ _id: 1 }).toArray();
    const tallies = await rows('tallies').find().toArray();
    return {
      marks: items.flatMap(({ _id, feeWaits, suspected }) =>
        feeWaits || suspected ? [[_id, feeWaits, suspected]] : [],
      ),
      numbers: tallies.map(({ userId, period, counts }) => [userId, period, counts]).toSorted(),
    };
  };

  it('is kept from the start on as by a release that kept it all along', async () => {
    await onlyAnIso();
    await hire('nok');
    await submitShop('nok', 's1', { spots: 3, product: 'MARKETING_CODE' });
    await submitShop('nok', 's2', { spots: 2 });
    for (const ref of ['s1', 's1-1', 's1-2', 's2', 's2-1', 's2-2', 's2-1.posm']) await decide(ref, 'APPROVED');
    await decide('s2-2.posm', 'REJECTED', { reasons: ['FRAUD_SUSPECTED'] });
    await decide('s1-3', 'REJECTED', { reasons: ['SPOT_NOT_FIXED', 'FRAUD_SUSPECTED'], dataDate: '20261122' });
    const text = readFileSync('programmes/alipay-plus/programme.yaml', 'utf8');
    await rows('programmes').insertOne({ _id: 'v1', version: 1, files: [{ name: 'programme.yaml', text }] });
    await start();
    // of the results only the last day is filled in
    await rows('tallies').deleteMany({ period: 'R20261122' });
    const right = await kept();
    expect(right.marks).toEqual([
      ['s1-1', true, undefined],
      ['s1-2', true, undefined],
      ['s1-3', undefined, true],
      ['s2-1', true, undefined],
      ['s2-2.posm', undefined, true],
    ]);
    await rows('items').updateMany({}, { $unset: { feeWaits: 1, suspected: 1 } });
    await rows('tallies').deleteMany({ userId: '' });
    await rows('tallies').updateMany({}, { $unset: { 'counts./STORE/new': 1, 'counts./SPOT/new': 1 } });
    await rows('items').createIndex({ isoId: 1, itemType: 1, settlement: 1 });
    expect(await kept()).not.toEqual(right);
    for (let time = 0; time < 2; time += 1) {
      await rows('storeversion').updateMany({}, { $set: { writtenBy: 18 } });
      await start();
      expect(await kept()).toEqual(right);
    }
    expect((await rows('items').indexes()).map(({ name }) => name)).not.toContain(REPLACED);
  });

  it('and how things stand is, too, again from its middle', async () => {
    await onlyAnIso();
    await hire('nok');
    await submitShop('nok', 's1', { spots: 2, product: 'MARKETING_CODE' });
    for (const ref of ['s1', 's1-1', 's1-2']) await decide(ref, 'APPROVED');
    await inTransaction(async (tx) => {
      const of = { isoId: 'iso', batchId: 'B1', receivedAt: 1, product: 'MARKETING_CODE' };
      const after = ['c1', 'c2', 'c3', 'c4'].map((codeHash) =>
        stockedBy({ codeHash, serial: codeHash, ...of }, undefined),
      );
      await stockCodes(
        after.map((one) => ({ before: undefined, after: one })),
        tx,
      );
      await moveCodes(after.slice(0, 2), { kind: 'allot', to: 'nok' }, { by: 'ploy', at: 2 }, tx);
      await putCodesUp([{ codeHash: 'c1', spotId: 's1-1' }], { by: 'lek', at: 3 }, tx);
    });
    await start();
    const right = {
      'MARKETING_CODE/STOCK/IN_STOCK': 2,
      'MARKETING_CODE/STOCK/WITH_STAFF': 1,
      '/STOCK/bookedOver': 1,
      '/FEE/SPOT': 2,
    };
    expect(await standingIn('iso')).toEqual(right);
    for (const begun of [undefined, { id: 22, checkpoint: 'a' }]) {
      await rows('tallies').updateMany({ period: 'ALL' }, { $set: { counts: { '/FEE/SPOT': 7 } } });
      await rows('storeversion').updateMany({}, { $set: { writtenBy: 21, begun } });
      await start();
      expect(await standingIn('iso')).toEqual(right);
    }
    expect(await recountStanding('iso')).toBe(0);
  });
});
