import { createLog } from '@field/kit/log';
import { describe, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { changeItem, findItem, posmRef } from '../../models/items.ts';
import { recountMonth } from '../../models/recount-work.ts';
import { talliesByDay, talliesByMonth } from '../../models/tallies.ts';
import { recountTallies } from '../../src/daily/recount-tallies.ts';
import { insist, useModels } from '../models/store.ts';
import { logLines } from '../support/log-lines.ts';
import { DAY_MS, decide, hire, NOW, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { StillClock } from '../support/still-clock.ts';

const realDb = process.env.REALDB_URI;
const SERVERS = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;
const OF = { isoId: 'iso', timeZone: 'Asia/Bangkok', month: '202611' } as const;
interface TallyRow {
  readonly _id: string;
  readonly userId: string;
  readonly period: string;
  readonly counts?: object;
}
const nok = { ...OF, userId: 'nok' };

describe.each(SERVERS)('numbers that are counted again, on %s', (_, uri) => {
  useModels(uri);

  const begin = async (): Promise<void> => {
    await onlyAnIso();
    for (const userId of ['nok', 'lek']) await hire(userId);
    await submitShop('nok', 's1', { spots: 3, product: 'MARKETING_CODE', at: NOW - 2 * DAY_MS });
    await submitShop('nok', 's2', { spots: 2, at: NOW - DAY_MS });
    await decide('s1-1', 'APPROVED');
    await decide(posmRef('s2-1'), 'REJECTED');
  };
  const rows = () => database().collection<TallyRow>('tallies');
  const numbers = async (userId = 'nok') => {
    const whose = { isoId: 'iso', userId };
    const counts = async (found: Promise<ReadonlyMap<string, { counts: unknown }>>) =>
      [...(await found)].map(([time, one]) => [time, one.counts]).toSorted();
    return [
      await counts(talliesByDay(whose, '20261101', '20261130')),
      await counts(talliesByMonth(whose, '202611', '202611')),
    ];
  };

  it('stay as they are where they are right, and nothing is written', async () => {
    await begin();
    const before = await rows().find().sort({ _id: 1 }).toArray();
    expect(await recountMonth(nok)).toBe(0);
    expect(await recountMonth({ ...nok, month: '202610' })).toBe(0);
    expect(await rows().find().sort({ _id: 1 }).toArray()).toEqual(before);
  });

  it.each([
    ['too many', { $inc: { 'counts./STORE/inReview': 3 } }],
    ['too few', { $inc: { 'counts.MARKETING_CODE/SPOT/approved': -1 } }],
    ['of something that never was', { $set: { 'counts.OTHER/SPOT/failed': 2 } }],
    ['none at all', { $set: { counts: {} } }],
  ])('are put right where they are %s, on its day and in its month', async (_what, change) => {
    await begin();
    const right = await numbers();
    await rows().updateMany({ userId: 'nok' }, change);
    expect(await numbers()).not.toEqual(right);
    expect(await recountMonth(nok)).toBeGreaterThan(0);
    expect(await numbers()).toEqual(right);
    expect(await recountMonth(nok)).toBe(0);
  });

  it('come back where their rows are gone, and are right where there are two rows of one day', async () => {
    await begin();
    const right = await numbers();
    await rows().deleteMany({ userId: 'nok', period: { $ne: 'M202611' } });
    const { _id, ...month } = (await rows().findOne({ userId: 'nok' })) ?? { _id: '' };
    await rows().insertOne({ ...month, _id: `${_id}-again` } as never);
    await recountMonth(nok);
    expect(await numbers()).toEqual(right);
  });

  it('are right whatever is decided while they are counted again', async () => {
    await begin();
    await submitShop('nok', 's3', { spots: 6, series: 'AB', at: NOW - DAY_MS });
    await rows().updateMany({ userId: 'nok' }, { $inc: { 'counts./STORE/inReview': 5 } });
    const refs = [1, 2, 3, 4, 5, 6].flatMap((number) => [`s3-${number}`, posmRef(`s3-${number}`)]);
    const corrected: number[] = [];
    const again = async (): Promise<void> => {
      for (let times = 0; times < 6; times += 1) corrected.push(await recountMonth(nok).catch(() => 0));
    };
    const decided = refs.map((ref, index) =>
      insist(async (tx) => {
        const item = await findItem(ref, tx);
        if (item !== undefined) await changeItem(item, { state: index % 3 === 0 ? 'REJECTED' : 'APPROVED' }, tx);
      }),
    );
    await Promise.all([again(), ...decided, again(), submitShop('nok', 's4', { spots: 2, series: 'AC', at: NOW })]);
    // where each of them met a change
    corrected.push(await recountMonth(nok));
    // what was wrong was put right in the middle of it, and nothing was made wrong by that
    expect(Math.max(...corrected)).toBeGreaterThan(0);
    expect(await recountMonth(nok)).toBe(0);
    const settled = await numbers();
    await rows().deleteMany({});
    await recountMonth(nok);
    expect(await numbers()).toEqual(settled);
  });

  it('are counted again by night, of everybody in turns, and the log says once how many were wrong', async () => {
    await begin();
    const right = await numbers();
    await rows().updateMany({ userId: 'nok', period: 'M202611' }, { $inc: { 'counts./STORE/inReview': 1 } });
    const log = logLines('info');
    const corrected: number[] = [];
    const job = recountTallies({ clock: new StillClock(NOW), log: log.log, corrected: (n) => void corrected.push(n) });
    await job.run(NOW);
    expect(corrected).toEqual([1]);
    expect(await numbers()).toEqual(right);
    await job.run(NOW);
    expect(corrected).toEqual([1]);
    expect(log.of('tallies.corrected')).toMatchObject([{ numbers: 1, isos: ['iso'] }]);
  });

  it('are counted again of everybody within as many nights as there are twenties of people', async () => {
    await begin();
    const people = Array.from({ length: 45 }, (_one, n) => `p${String(n).padStart(2, '0')}`);
    for (const userId of people) await hire(userId);
    await rows().insertMany(
      people.map((userId) => ({
        _id: userId,
        isoId: 'iso',
        userId,
        period: 'M202611',
        changes: 1,
        counts: { '/STORE/inReview': 1 },
      })) as never,
    );
    const corrected: number[] = [];
    for (const night of [0, 1, 2]) {
      const clock = new StillClock(NOW + night * DAY_MS);
      const log = createLog({ level: 'silent' });
      await recountTallies({ clock, log, corrected: (n) => void corrected.push(n) }).run(NOW);
    }
    expect(corrected.reduce((sum, n) => sum + n, 0)).toBe(people.length);
    expect(Math.max(...corrected)).toBeLessThanOrEqual(20);
  });
});
