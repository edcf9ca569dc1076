import { describe, expect, it } from 'vitest';
import { changeTask, findTask, type InspectionTask } from '../../models/inspection-tasks.ts';
import { addIso } from '../../models/isos.ts';
import { addItems, changeItem, findItem } from '../../models/items.ts';
import { pendingSends } from '../../models/outbox.ts';
import { changePerson, meetPerson } from '../../models/people.ts';
import { addSpots } from '../../models/spots.ts';
import { inTransaction } from '../../models/transaction.ts';
import {
  inspectionJudged,
  type LandedFrom,
  landTask,
  type TaskRow,
  taskIdOf,
} from '../../src/daily/inspection-tasks.ts';
import { newInspection } from '../../src/inspection/inspection.ts';
import { insist, useModels } from '../models/store.ts';
import { taskRow } from '../support/task-row.ts';

const NOW = Date.UTC(2026, 10, 24, 1);
const MONDAY: LandedFrom = { asOf: '20261123_001', now: NOW, cause: 'inspection-tasks_20261123_001.csv' };
const TUESDAY: LandedFrom = { ...MONDAY, asOf: '20261124_001' };
const WEDNESDAY: LandedFrom = { ...MONDAY, asOf: '20261125_001' };

const row = (sourceKey: string, change: Partial<TaskRow> = {}): TaskRow =>
  taskRow({ sourceKey, isoId: 'iso', spotRefs: ['spot1', 'spot2'], dueAt: NOW + 1_000, ...change });
const land = (one: TaskRow, from = MONDAY) => inTransaction((tx) => landTask(one, from, tx));
const judge = (sourceKey: string, state: 'APPROVED' | 'REJECTED' | 'PENDING') =>
  inTransaction((tx) => inspectionJudged(taskIdOf('iso', sourceKey), state, MONDAY, tx));
const task = async (sourceKey: string): Promise<InspectionTask> => {
  const found = await findTask(taskIdOf('iso', sourceKey));
  if (found === undefined) throw new Error(`no task ${sourceKey}`);
  return found;
};
const change = async (sourceKey: string, to: Parameters<typeof changeTask>[1]) =>
  inTransaction(async (tx) => changeTask(await task(sourceKey), to, tx));
const worked = { ...newInspection(), store: { differs: [], note: 'Big sign' } } as const;

const realDb = process.env.REALDB_URI;
const STORES = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

describe.each(STORES)('inspection tasks on %s', (_, uri) => {
  useModels(uri);

  it('land once: the same row again changes nothing', async () => {
    await setUp();
    expect(await land(row('a'))).toEqual({ outcome: 'applied' });
    const first = await task('a');
    expect(first).toMatchObject({ state: 'ASSIGNED', assigneeId: 'lek', revision: 1, spotRefs: ['spot1', 'spot2'] });
    expect(first.promoters).toEqual(['nok']);
    expect(await land(row('a'))).toMatchObject({ outcome: 'unchanged' });
    expect(await land(row('a', { spotRefs: ['spot2', 'spot1', 'spot2'] }), TUESDAY)).toMatchObject({
      outcome: 'unchanged',
    });
    expect(await task('a')).toEqual({ ...first, asOf: TUESDAY.asOf });
    expect(await land(row('a', { storeName: 'Yesterday' }))).toMatchObject({ outcome: 'superseded' });
    expect(await land(row('a', { storeName: 'Both' }), TUESDAY)).toMatchObject({ outcome: 'conflict' });
    expect((await task('a')).storeName).toBe('Som Tam House');
  });

  it('land once, however many try at the same time', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => insist((tx) => landTask(row('race'), MONDAY, tx))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'applied')).toHaveLength(1);
  });

  it('of an ISO or for a person that is not known match nothing', async () => {
    expect(await land(row('b', { isoId: 'nowhere' }))).toEqual({ outcome: 'unmatched', reason: 'isoUnknown' });
    const stranger = await land(row('b', { namedAssignee: 'stranger' }));
    expect(stranger).toEqual({ outcome: 'unmatched', reason: 'assigneeUnknown' });
    expect(await land(row('b', { namedAssignee: 'foreign' }))).toEqual(stranger);
  });

  it('for who has left that ISO come all the same, and nobody has them', async () => {
    const former = { isoId: null, formerIso: { isoId: 'iso', until: NOW + 1 } };
    await inTransaction((tx) => changePerson('dao', former, tx));
    expect(await land(row('left', { namedAssignee: 'dao' }))).toEqual({ outcome: 'applied' });
    expect((await task('left')).assigneeId).toBeUndefined();
    await inTransaction((tx) => changePerson('dao', { isoId: 'iso', formerIso: null }, tx));
    expect(await land(row('left', { namedAssignee: 'dao', dueAt: NOW + 9_000 }), TUESDAY)).toEqual({
      outcome: 'applied',
    });
    expect((await task('left')).assigneeId).toBe('dao');
  });

  it('take over other facts until something was submitted, and keep what was answered', async () => {
    await land(row('c'));
    await change('c', { state: 'STARTED', inspection: worked });
    await change('c', { state: 'DEPLOYMENT_CHECKED' });
    const moved = row('c', { address: 'Silom Rd 10', spotRefs: ['spot1'] });
    expect(await land(moved, TUESDAY)).toEqual({ outcome: 'applied' });
    const facts = { address: 'Silom Rd 10', spotRefs: ['spot1'] };
    expect(await task('c')).toMatchObject({ ...facts, state: 'STARTED', inspection: worked, assigneeId: 'lek' });
    await change('c', { state: 'SUBMITTED' });
    const late = await land(row('c'), WEDNESDAY);
    expect(late).toEqual({ outcome: 'superseded', reason: 'submittedAlready' });
    expect(await task('c')).toMatchObject(facts);
  });

  it('go to another person afresh, and whoever worked on it is told once', async () => {
    await land(row('d'));
    await change('d', { state: 'STARTED', inspection: worked });
    const before = await pendingSends();
    const other = row('d', { namedAssignee: 'dao' });
    expect(await land(other, TUESDAY)).toEqual({ outcome: 'applied' });
    expect(await task('d')).toMatchObject({ assigneeId: 'dao', state: 'ASSIGNED', inspection: newInspection() });
    expect(await pendingSends()).toBe(before + 1);
    expect(await land(other, WEDNESDAY)).toMatchObject({ outcome: 'unchanged' });
    expect(await pendingSends()).toBe(before + 1);
  });

  it('stay with whoever began one that names nobody', async () => {
    const anybody = row('e', { namedAssignee: undefined });
    await land(anybody);
    expect((await task('e')).assigneeId).toBeUndefined();
    await change('e', { state: 'STARTED', assigneeId: 'dao', inspection: worked });
    expect(await land(anybody, TUESDAY)).toMatchObject({ outcome: 'unchanged' });
    await land({ ...anybody, dueAt: NOW + 2_000 }, WEDNESDAY);
    expect(await task('e')).toMatchObject({ assigneeId: 'dao', state: 'STARTED', inspection: worked });
  });

  it('are not for whoever promoted the shop, though a row names them, while somebody else is at work', async () => {
    const promoter = row('promoted', { namedAssignee: 'nok' });
    expect(await land(promoter)).toEqual({ outcome: 'applied' });
    expect(await task('promoted')).toMatchObject({ assigneeId: undefined, namedAssignee: 'nok' });
    expect(await land({ ...promoter, namedAssignee: 'lek' }, TUESDAY)).toEqual({ outcome: 'applied' });
    expect((await task('promoted')).assigneeId).toBe('lek');
    await change('promoted', { state: 'STARTED', inspection: worked });
    expect(await land(promoter, WEDNESDAY)).toEqual({ outcome: 'applied' });
    expect(await task('promoted')).toMatchObject({ assigneeId: 'lek', state: 'STARTED', inspection: worked });
    for (const others of ['SUSPENDED', 'ACTIVE'] as const) {
      await inTransaction(async (tx) => {
        for (const userId of ['lek', 'dao']) await changePerson(userId, { state: others }, tx);
      });
      await land(row(`while ${others}`, { namedAssignee: 'nok' }));
    }
    expect((await task('while SUSPENDED')).assigneeId).toBe('nok');
    expect((await task('while ACTIVE')).assigneeId).toBeUndefined();
  });

  it('stay with whoever was given one here, until a row names somebody else', async () => {
    await land(row('given'));
    await change('given', { assigneeId: 'dao', formerId: 'lek' });
    await land(row('given', { dueAt: NOW + 2_000 }), TUESDAY);
    expect(await task('given')).toMatchObject({ assigneeId: 'dao', dueAt: NOW + 2_000 });
    await change('given', { assigneeId: null, formerId: 'dao', givenBack: 'NO_TIME' });
    await land(row('given', { dueAt: NOW + 3_000 }), WEDNESDAY);
    expect(await task('given')).toMatchObject({ assigneeId: undefined, givenBack: 'NO_TIME' });
    const anew = { namedAssignee: 'dao', dueAt: NOW + 4_000 };
    await land(row('given', anew), { ...WEDNESDAY, asOf: '20261126_001' });
    expect(await task('given')).toMatchObject({ assigneeId: 'dao', givenBack: undefined });
  });

  it('follow their review, also while one is being corrected', async () => {
    await land(row('f'));
    await judge('f', 'APPROVED');
    expect((await task('f')).state).toBe('ASSIGNED');
    await change('f', { state: 'STARTED' });
    await change('f', { state: 'SUBMITTED' });
    await judge('f', 'PENDING');
    await judge('f', 'REJECTED');
    expect((await task('f')).state).toBe('REJECTED');
    await change('f', { state: 'STARTED', revision: 2 });
    await judge('f', 'REJECTED');
    expect(await task('f')).toMatchObject({ state: 'STARTED', revision: 2 });
    await judge('f', 'APPROVED');
    expect(await task('f')).toMatchObject({ state: 'APPROVED', revision: 1 });
  });

  it('can be corrected as long as the last row says that rejects them', async () => {
    await land(row('g'));
    await change('g', { state: 'STARTED' });
    await change('g', { state: 'SUBMITTED' });
    const { taskId, isoId } = await task('g');
    const submitted = { isoId, staffId: 'lek', storeId: 'store', shop: 'Som Tam House', revision: 1, submittedAt: NOW };
    const none = { programme: 1, spotId: undefined, product: undefined, spotType: undefined, number: undefined };
    await inTransaction((tx) => addItems([{ ...submitted, ...none, itemRef: taskId, itemType: 'INSPECTION' }], tx));
    const rejectedUntil = (deadlineAt: number) =>
      inTransaction(async (tx) => {
        const item = await findItem(taskId, tx);
        if (item === undefined) throw new Error('nothing was submitted');
        await changeItem(item, { state: 'REJECTED', deadlineAt }, tx);
        await inspectionJudged(taskId, 'REJECTED', MONDAY, tx);
      });
    await rejectedUntil(NOW + 1_000);
    expect(await task('g')).toMatchObject({ state: 'REJECTED', correctBy: NOW + 1_000 });
    await rejectedUntil(NOW + 5_000);
    const extended = await task('g');
    expect(extended).toMatchObject({ state: 'REJECTED', correctBy: NOW + 5_000 });
    await rejectedUntil(NOW + 5_000);
    expect((await task('g')).version).toBe(extended.version);
  });
});

async function setUp(): Promise<void> {
  await inTransaction(async (tx) => {
    for (const isoId of ['iso', 'other'])
      await addIso(
        {
          isoId,
          email: `${isoId}@x.example`,
          name: isoId,
          country: 'TH',
          timeZone: 'Asia/Bangkok',
          language: 'en',
          joinToken: 'token',
        },
        tx,
      );
    for (const [userId, isoId] of [
      ...([
        ['nok', 'iso'],
        ['lek', 'iso'],
        ['dao', 'iso'],
        ['foreign', 'other'],
      ] as const),
    ]) {
      await meetPerson(userId, userId, tx);
      await changePerson(userId, { state: 'ACTIVE', isoId }, tx);
    }
    await addSpots(
      [
        {
          spotId: 'spot1',
          promotionId: 'p',
          storeId: 'store',
          isoId: 'iso',
          staffId: 'nok',
          product: 'MARKETING_CODE',
          spotType: 'WALL',
          number: 1,
          quantity: 1,
          fixedSecurely: true,
          photos: [],
          deployedAt: NOW,
          revision: 1,
        },
      ],
      tx,
    );
  });
}
