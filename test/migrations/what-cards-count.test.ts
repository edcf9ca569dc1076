import { readFileSync } from 'node:fs';
import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { database } from '../../models/database.ts';
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
});
