import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { database } from '../../models/database.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import type { NamedRow } from './version-0.ts';
import '../../models/drafts.ts';
import '../../models/inspection-tasks.ts';
import '../../models/items.ts';

const clock = new MovableClock();
const log = createLog({ level: 'silent' });

describe.each(servers())('what a release stored that told of nothing, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  beforeEach(async () => {
    for (const name of ['items', 'drafts', 'inspectiontasks', 'storeversion']) await database().collection(name).drop();
  });
  const start = () => prepareStore({ clock, ids: systemIds, log, alone: false });

  it('says when each failure is told of that can still be put right, to the last, and of nothing else', async () => {
    const rows = database().collection<NamedRow>('items');
    const failed = { itemType: 'SPOT', state: 'REJECTED', deadlineAt: 200_000_000 };
    await rows.insertMany([
      ...Array.from({ length: 1_100 }, (_, n) => ({ ...failed, _id: `item${n}` })),
      { ...failed, _id: 'told', noticeAt: 5 },
      { ...failed, _id: 'approved', state: 'APPROVED' },
      { ...failed, _id: 'inspected', itemType: 'INSPECTION' },
      { _id: 'patient', itemType: 'SPOT', state: 'REJECTED' },
    ]);
    await start();
    expect(await rows.countDocuments({ noticeAt: 200_000_000 - 86_400_000 })).toBe(1_100);
    const others = await rows.find({ _id: { $in: ['told', 'approved', 'inspected', 'patient'] } }).toArray();
    expect(Object.fromEntries(others.map(({ _id, noticeAt }) => [_id, noticeAt]))).toEqual({
      told: 5,
      approved: undefined,
      inspected: undefined,
      patient: undefined,
    });
  });

  it('says when open drafts and inspections are told of, to the last and again from its middle, and of nothing else', async () => {
    const rows = (name: string) => database().collection<NamedRow>(name);
    const [draft, task] = [
      { version: 3, state: 'OPEN', storeKey: 'iso|baan', updatedAt: 5 },
      { version: 2, state: 'STARTED', isoId: 'iso', dueAt: 50_000_000 },
    ];
    await rows('drafts').insertMany([
      ...Array.from({ length: 1_100 }, (_, n) => ({ ...draft, _id: `draft${n}`, storeKey: `iso|${n}` })),
      { ...draft, _id: 'said', noticeAt: 7 },
      { ...draft, _id: 'mends', storeKey: 'modify:item' },
      { ...draft, _id: 'sent', state: 'SUBMITTED' },
    ]);
    await rows('inspectiontasks').insertMany([
      { ...task, _id: 'due', sourceKey: 'a' },
      { ...task, _id: 'again', sourceKey: 'b', state: 'REJECTED', correctBy: 90_000_000 },
      { ...task, _id: 'over', sourceKey: 'c', state: 'APPROVED' },
    ]);
    const said = async (name: string, ids: readonly string[]) => {
      const found = await rows(name)
        .find({ _id: { $in: [...ids] } })
        .toArray();
      return Object.fromEntries(found.map(({ _id, noticeAt }) => [_id, noticeAt]));
    };
    const expected = { due: 6_800_000, again: 46_800_000, over: undefined };
    await start();
    expect(await rows('drafts').countDocuments({ noticeAt: 5 + 2 * 86_400_000, version: 3 })).toBe(1_100);
    expect(await said('drafts', ['said', 'mends', 'sent'])).toEqual({ said: 7, mends: undefined, sent: undefined });
    expect(await said('inspectiontasks', ['due', 'again', 'over'])).toEqual(expected);
    // stopped among the inspections
    await rows('inspectiontasks').updateMany({}, { $unset: { noticeAt: '' } });
    await rows('drafts').updateMany({}, { $unset: { noticeAt: '' } });
    const begun = { id: 16, checkpoint: 'tasks/again' };
    await rows('storeversion').updateOne({}, { $set: { writtenBy: 15, begun } });
    await start();
    expect(await said('inspectiontasks', ['due', 'again', 'over'])).toEqual({ ...expected, again: undefined });
    expect(await rows('drafts').countDocuments({ noticeAt: { $exists: true } })).toBe(0);
  });
});
