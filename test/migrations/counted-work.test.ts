import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { database } from '../../models/database.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import type { NamedRow } from './version-0.ts';
import '../../models/bindings.ts';
import '../../models/items.ts';

const log = createLog({ level: 'silent' });

describe.each(servers())('what was sent before it was counted, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  const start = () => prepareStore({ clock: new MovableClock(), ids: systemIds, log, alone: false });

  it('is counted at the start, by day and month, and over again for whom a start had not got to', async () => {
    const sent = (_id: string, itemType: string, staffId: string, more: object = {}) => ({
      _id,
      itemType,
      staffId,
      isoId: 'iso',
      product: 'POSM',
      state: 'PENDING',
      spotId: _id.replace('.posm', ''),
      submittedAt: Date.UTC(2026, 9, 31, 20),
      ...more,
    });
    await database().collection<NamedRow>('isos').insertOne({ _id: 'iso', timeZone: 'Asia/Bangkok' });
    const many = Array.from({ length: 600 }, (_, n) => sent(`many${n}`, 'STORE', 'lek', { state: 'LAPSED' }));
    await database()
      .collection<NamedRow>('items')
      .insertMany([
        ...many,
        sent('spot', 'SPOT', 'nok', { state: 'APPROVED' }),
        sent('spot.posm', 'POSM', 'nok', { submittedAt: Date.UTC(2026, 9, 30, 3) }),
      ]);
    const code = { isoId: 'iso', boundBy: 'nok', boundAt: Date.UTC(2026, 9, 30), state: 'ACTIVE' };
    await database()
      .collection<NamedRow>('bindings')
      .insertOne({ _id: 'b', ...code });
    await start();
    const tallies = database().collection('tallies');
    const counted = async () => {
      const all = await tallies.find().toArray();
      return Object.fromEntries(all.map(({ userId, period, counts }) => [`${userId} ${period}`, counts]));
    };
    const numbers = {
      'lek D20261101': { '/STORE/failed': 600 },
      'lek M202611': { '/STORE/failed': 600 },
      'nok D20261030': { 'POSM/POSM/approved': 1, '/CODE/active': 1 },
      'nok M202610': { 'POSM/POSM/approved': 1, '/CODE/active': 1 },
      'nok D20261101': { 'POSM/SPOT/approved': 1 },
      'nok M202611': { 'POSM/SPOT/approved': 1 },
    };
    expect(await counted()).toEqual(numbers);
    await tallies.deleteMany({ userId: 'nok' });
    const begun = { id: 15, checkpoint: 'lek' };
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 14, begun } });
    await start();
    expect(await counted()).toEqual(numbers);
  });
});
