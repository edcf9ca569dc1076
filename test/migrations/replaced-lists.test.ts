import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { readVersion } from '../../migrations/store-version.ts';
import { database } from '../../models/database.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import type { NamedRow } from './version-0.ts';
import '../../models/items.ts';
import '../../models/photos.ts';

const clock = new MovableClock();
const log = createLog({ level: 'silent' });
const REPLACED = ['ownerId_1_state_1_deadlineAt_1', 'isoId_1_state_1_deadlineAt_1', 'ownerId_1_staffId_1'];
const THEIR_PLACE = [
  'ownerId_1_state_1_itemType_1_deadlineAt_1_submittedAt_1',
  'isoId_1_state_1_itemType_1_deadlineAt_1_submittedAt_1',
];

describe.each(servers())('a store with lists that others replace, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  beforeEach(async () => {
    for (const name of ['items', 'storeversion']) await database().collection(name).drop();
  });
  const items = () => database().collection<NamedRow>('items');
  const start = () => prepareStore({ clock, ids: systemIds, log, alone: false });
  const indexes = async () => (await items().indexes()).map(({ name }) => name);
  const writtenBy = async (version: number) => {
    await database()
      .collection<NamedRow>('storeversion')
      .updateMany({}, { $set: { writtenBy: version } });
  };

  /** As the release before made them. */
  async function listAsBefore(): Promise<void> {
    await items().createIndex({ ownerId: 1, state: 1, deadlineAt: 1 });
    await items().createIndex({ isoId: 1, state: 1, deadlineAt: 1 });
    await items().createIndex({ ownerId: 1, staffId: 1 }, { partialFilterExpression: { state: 'PENDING' } });
  }

  it('has those that replace them, keeps its rows, and has the old ones no more', async () => {
    await start();
    await writtenBy(17);
    await listAsBefore();
    await items().insertOne({ _id: 'a', ownerId: 'nok', isoId: 'iso', state: 'REJECTED' });
    expect(await indexes()).toEqual(expect.arrayContaining(REPLACED));
    await start();
    expect((await indexes()).filter((name) => REPLACED.includes(name ?? ''))).toEqual([]);
    expect(await indexes()).toEqual(expect.arrayContaining(THEIR_PLACE));
    expect(await items().countDocuments({ ownerId: 'nok' })).toBe(1);
    expect((await readVersion(database()))?.writtenBy).toBeGreaterThanOrEqual(18);
  });

  it('has what is approved in no list by state any more', async () => {
    await start();
    await items().dropIndex('isoId_1_state_1_submittedAt_1');
    await items().createIndex({ isoId: 1, state: 1, submittedAt: 1 });
    await writtenBy(22);
    await start();
    const byState = (await items().indexes()).filter(({ name = '' }) =>
      name.startsWith('isoId_1_state_1_submittedAt_1'),
    );
    expect(byState.map((index) => index.partialFilterExpression)).toEqual([{ state: { $gt: 'APPROVED' } }]);
  });

  it('finds photos by their bytes, in whatever ISO', async () => {
    await start();
    const photos = database().collection('photos');
    await photos.createIndex({ isoId: 1, originalHash: 1, backs: 1 });
    await writtenBy(23);
    await start();
    const byBytes = (await photos.indexes()).filter(({ key }) => 'originalHash' in key);
    expect(byBytes.map(({ name }) => name).toSorted()).toEqual([
      'isoId_1_originalHash_1',
      'originalHash_1_isoId_1_backs_1',
    ]);
  });

  it('is none the worse where they are gone already, or one of them is', async () => {
    await start();
    await writtenBy(17);
    await items().createIndex({ isoId: 1, state: 1, deadlineAt: 1 });
    await start();
    await writtenBy(17);
    await start();
    expect((await indexes()).filter((name) => REPLACED.includes(name ?? ''))).toEqual([]);
  });

  it('that a release before makes them again in has them until the next step, and works', async () => {
    await start();
    await listAsBefore();
    await start();
    await items().insertOne({ _id: 'b', ownerId: 'nok', isoId: 'iso', state: 'REJECTED' });
    expect(await items().countDocuments({ ownerId: 'nok', state: 'REJECTED' })).toBe(1);
  });

  it('is brought there once by two that start at once', async () => {
    await start();
    await writtenBy(17);
    await listAsBefore();
    await Promise.all([start(), start()]);
    expect((await indexes()).filter((name) => REPLACED.includes(name ?? ''))).toEqual([]);
  });
});
