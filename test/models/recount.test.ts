import { MovableClock } from '@field/kit/clock';
import { expect, it } from 'vitest';
import { tellDigest } from '../../handlers/groups/tell-digest.ts';
import { createTellStaff } from '../../handlers/review/tell-results.ts';
import { database } from '../../models/database.ts';
import { recount } from '../../models/recount.ts';
import { recountStanding } from '../../models/recount-standing.ts';
import { recountMonth, recountResults } from '../../models/recount-work.ts';
import { type TallyCorrection, talliesByMonth } from '../../models/tallies.ts';
import { hearCommands } from '../support/hear-commands.ts';
import { DAY_MS, decide, hire, NOW, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { useModels } from './store.ts';

useModels(undefined, { watched: true });

const whose = { isoId: 'iso', userId: 'nok' };
const period = 'M202611';
const corrections: readonly TallyCorrection[] = [{ period, by: { '/STORE/inReview': 7 } }];

async function begin(): Promise<void> {
  await onlyAnIso();
  await hire('nok');
  await submitShop('nok', 's1', { spots: 3, product: 'MARKETING_CODE', at: NOW - DAY_MS });
}

async function inReview(): Promise<number | undefined> {
  return (await talliesByMonth(whose, '202611', '202611')).get('202611')?.counts['/STORE/inReview'];
}

it('finds anew what is wrong where somebody has changed a number meanwhile', async () => {
  await begin();
  const found: number[] = [];
  const wrong = async (): Promise<readonly TallyCorrection[]> => {
    if (found.length === 0) await decide('s1-1', 'APPROVED');
    found.push((await inReview()) ?? 0);
    return corrections;
  };
  expect(await recount({ whose, changeWith: { ...whose, period }, wrong })).toBe(1);
  expect(found).toEqual([1, 1]);
  expect(await inReview()).toBe(8);
});

it('leaves it for another night where somebody always does', async () => {
  await begin();
  const states = ['APPROVED', 'REJECTED', 'APPROVED', 'REJECTED'] as const;
  let times = 0;
  const wrong = async (): Promise<readonly TallyCorrection[]> => {
    await decide('s1-1', states[times] ?? 'REJECTED');
    times += 1;
    return corrections;
  };
  expect(await recount({ whose, changeWith: { ...whose, period }, wrong })).toBe(0);
  expect(times).toBe(3);
  expect(await inReview()).toBe(1);
});

it('reads no items of an ISO, or of a day of somebody, in a transaction: whoever writes would wait', async () => {
  await begin();
  await decide('s1-1', 'REJECTED');
  const day = '20261123';
  await database()
    .collection('items')
    .updateMany({}, { $set: { dataDate: day } });
  await database()
    .collection('tallies')
    .updateMany({}, { $inc: { 'counts./STORE/inReview': 3 } });
  await database()
    .collection<{ _id: string }>('tallies')
    .insertOne({
      _id: 'wrong',
      isoId: 'iso',
      userId: '',
      period: 'ALL',
      changes: 1,
      counts: { 'SPOT/FEE': 3 },
    } as never);
  const read: string[] = [];
  const enough = hearCommands(({ command }) => {
    const { find, aggregate, filter = {}, autocommit } = command;
    if (autocommit === false && [find, aggregate].includes('items')) read.push(Object.keys(filter).sort().join());
  });
  expect(await recountResults('iso', day)).toBeGreaterThan(0);
  expect(await recountMonth({ ...whose, month: '202611', timeZone: 'Asia/Bangkok' })).toBeGreaterThan(0);
  expect(await recountStanding('iso')).toBeGreaterThan(0);
  const clock = new MovableClock();
  const timeZone = 'Asia/Shanghai';
  await tellDigest(clock, { isoId: 'iso', dataDate: day, timeZone });
  await createTellStaff(clock, { timeZone, draftsDays: 30 })({ ...whose, dataDate: day });
  enough();
  expect(await database().collection('digests').countDocuments()).toBe(1);
  expect(await database().collection('resultdays').countDocuments()).toBe(1);
  expect(read).toEqual([]);
});
