import { dayOf } from '@field/kit/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countWhatWasSent } from '../../migrations/015-count-what-was-sent.ts';
import { keepWhatCardsCount } from '../../migrations/019-keep-what-cards-count.ts';
import { bindingsOfSpots, releaseBinding } from '../../models/bindings.ts';
import { database } from '../../models/database.ts';
import { passItemsOn } from '../../models/item-queries.ts';
import { changeItem, findItem, posmRef } from '../../models/items.ts';
import { nameErased, removeName } from '../../models/personal-rows.ts';
import { resultsOfDay, talliesByDay, talliesByMonth, talliesOfIso } from '../../models/tallies.ts';
import { inTransaction } from '../../models/transaction.ts';
import { tallyIn } from '../../src/domain/work-counts.ts';
import { DAY_MS, decide, itemOf, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { insist, useModels } from './store.ts';

const TIME_ZONE = 'Asia/Bangkok';
const DAY_ONE = Date.UTC(2026, 9, 30, 4);
const PEOPLE = ['nok', 'lek'];
const PRODUCTS = ['MARKETING_CODE', 'PRIMARY_POSM'];
const SHOPS = ['s1', 's2', 's3'];

const realDb = process.env.REALDB_URI;
const SERVERS = [
  ['the embedded store', undefined],
  ...(realDb ? ([['a MongoDB server', realDb]] as const) : []),
] as const;

/** What may happen to a shop: who sends it when, then one thing after the other to any part of it. */
const DONE = fc.constantFrom(
  'approve',
  'fail',
  'invalidate',
  'modify',
  'byColleague',
  'appeal',
  'settle',
  'lapse',
  'passOn',
  'freeCode',
);
/** Data of several days decide, in any order. */
const DATA_DAYS = ['20261031', '20261101', '20261102', '20261103'];
const PART = fc.constantFrom('', '-1', '-1.posm', '-2', '-2.posm');
const STEP = fc.record({
  shop: fc.constantFrom(...SHOPS),
  part: PART,
  done: DONE,
  daysOn: fc.integer({ min: 0, max: 3 }),
});
const STORY = fc.record({
  sent: fc.tuple(
    ...SHOPS.map(() =>
      fc.record({
        by: fc.constantFrom(...PEOPLE),
        product: fc.constantFrom(...PRODUCTS),
        day: fc.integer({ min: 0, max: 3 }),
      }),
    ),
  ),
  steps: fc.array(STEP, { maxLength: 25 }),
  erased: fc.boolean(),
});

describe.each(SERVERS)('what is counted of work, on %s', (_, uri) => {
  useModels(uri);

  const begin = async () => {
    await onlyAnIso();
  };

  it('is what the rows say, whatever becomes of them, and after somebody is erased', async () => {
    const check = async ({ sent, steps, erased }: typeof STORY extends fc.Arbitrary<infer T> ? T : never) => {
      await begin();
      for (const [index, { by, product, day }] of sent.entries()) {
        const series = `A${'ABC'[index]}`;
        await submitShop(by, SHOPS[index] ?? '', { spots: 2, product, series, at: DAY_ONE + day * DAY_MS });
      }
      for (const { shop, part, done, daysOn } of steps)
        await becomes(`${shop}${part}`, done, DAY_ONE + daysOn * DAY_MS);
      if (erased) for await (const __ of removeName('nok', nameErased('nok')));
      await expectCounted();
    };
    await fc.assert(fc.asyncProperty(STORY, check), { numRuns: 25 });
  });

  it('is what the rows say where both halves of spots are decided at once', async () => {
    await begin();
    await submitShop('nok', 's1', { spots: 6, at: DAY_ONE });
    const refs = [1, 2, 3, 4, 5, 6].flatMap((number) => [`s1-${number}`, posmRef(`s1-${number}`)]);
    // a row that says nothing new: from here on what stands there is judged by itself
    for (const ref of refs) await decide(ref, 'REJECTED');
    for (const ref of refs) await become(ref, 'PENDING', DAY_ONE);
    await Promise.all(
      refs.map((ref) =>
        insist(async (tx) => {
          const item = await findItem(ref, tx);
          if (item !== undefined) await changeItem(item, { state: 'APPROVED' }, tx);
        }),
      ),
    );
    await expectCounted();
    const counts =
      (await talliesByDay({ isoId: 'iso', userId: 'nok' }, '20261030', '20261030')).get('20261030')?.counts ?? {};
    expect(tallyIn(counts, 'SPOT')).toEqual({ promoted: 6, approved: 6, failed: 0, inReview: 0 });
  });

  it('is filled from rows of a release before, over again as often as it is begun', async () => {
    await begin();
    await submitShop('nok', 's1', { spots: 2, product: 'MARKETING_CODE', at: DAY_ONE });
    await submitShop('lek', 's2', { spots: 2, at: DAY_ONE + 2 * DAY_MS });
    await decide('s1-1', 'APPROVED');
    await decide('s2-1', 'APPROVED');
    await decide(posmRef('s2-1'), 'REJECTED');
    await database().collection('tallies').deleteMany({});
    const places: string[] = [];
    const run = { db: database(), reached: async (place: string) => void places.push(place) };
    const fill = async (checkpoint: string | undefined) => {
      await countWhatWasSent.up({ ...run, checkpoint });
      await keepWhatCardsCount.up({ ...run, checkpoint: undefined });
    };
    await fill(undefined);
    await expectCounted();
    expect(places).toEqual(expect.arrayContaining(['lek', 'nok']));
    await fill(undefined);
    await expectCounted();
    await database().collection('tallies').deleteMany({ userId: 'nok' });
    await fill('lek');
    await expectCounted();
    await decide('s1-2', 'REJECTED');
    await expectCounted();
  });
});

async function becomes(ref: string, done: string, at: number): Promise<void> {
  const item = await itemOf(ref);
  switch (done) {
    case 'approve':
    case 'fail':
    case 'invalidate':
      if (done === 'approve' || item.state === 'PENDING')
        return await decide(
          ref,
          ({ approve: 'APPROVED', fail: 'REJECTED', invalidate: 'INVALIDATED' } as const)[done],
          {
            dataDate: DATA_DAYS[Math.round((at - DAY_ONE) / DAY_MS)] ?? '',
          },
        );
      return;
    case 'modify':
      return await become(ref, 'PENDING', at);
    case 'byColleague':
      return await become(ref, 'PENDING', at, item.staffId === 'nok' ? 'lek' : 'nok');
    case 'appeal':
      if (item.state === 'REJECTED') await inTransaction((tx) => changeItem(item, { state: 'APPEALING' }, tx));
      return;
    case 'lapse':
      if (item.state === 'REJECTED') await inTransaction((tx) => changeItem(item, { state: 'LAPSED' }, tx));
      return;
    case 'settle':
      return void (await inTransaction((tx) => changeItem(item, { settlement: 'CONFIRMED' }, tx)));
    case 'passOn':
      return await inTransaction((tx) => passItemsOn({ ownerId: item.ownerId ?? 'nok', isoId: 'iso' }, 'lek', tx));
    case 'freeCode':
      for (const { bindingId } of await bindingsOfSpots([ref]))
        await inTransaction((tx) => releaseBinding(bindingId, 'nok', at, tx));
  }
}

/** It is sent again, by whoever that is. */
async function become(ref: string, state: 'PENDING', submittedAt: number, staffId?: string): Promise<void> {
  const item = await itemOf(ref);
  if (item.state === 'PENDING') return;
  const change = { state, submittedAt, revision: item.revision + 1, staffId: staffId ?? item.staffId };
  await inTransaction((tx) => changeItem(item, change, tx));
}

interface ItemRow {
  readonly _id: string;
  readonly itemType: string;
  readonly product?: string;
  readonly spotId?: string;
  readonly staffId: string;
  readonly state: string;
  readonly decision?: string;
  readonly submittedAt: number;
  readonly revision: number;
  readonly dataDate?: string;
}

const dayOfResults = async (day: string) =>
  Object.fromEntries(Object.entries(await resultsOfDay('iso', day)).filter(([, count]) => count !== 0));

const STANDS: Readonly<Record<string, string>> = { APPROVED: 'approved', PENDING: 'inReview', APPEALING: 'inReview' };
const stands = (row: ItemRow | undefined): string => STANDS[row?.state ?? ''] ?? 'failed';

/** Counts the rows themselves, by its own reading of what counts how. */
async function countRows(length: 6 | 8): Promise<Record<string, Record<string, number>>> {
  const rows = (await database().collection('items').find().toArray()) as unknown as ItemRow[];
  const numbers: Record<string, Record<string, number>> = {};
  const add = (userId: string, at: number, key: string) => {
    const of = `${userId} ${dayOf(at, TIME_ZONE).slice(0, length)}`;
    const own = numbers[of] ?? {};
    numbers[of] = own;
    own[key] = (own[key] ?? 0) + 1;
  };
  for (const row of rows) {
    const half = rows.find(
      (other) => other.spotId !== undefined && other.spotId === row.spotId && other._id !== row._id,
    );
    let standing = stands(row);
    if (row.itemType === 'POSM' && row.decision === undefined) standing = stands(half);
    if (row.itemType === 'SPOT' && half?.decision !== undefined) {
      const both = [stands(row), stands(half)];
      standing = both.includes('failed') ? 'failed' : both.includes('inReview') ? 'inReview' : 'approved';
    }
    add(row.staffId, row.submittedAt, `${row.itemType === 'STORE' ? '' : row.product}/${row.itemType}/${standing}`);
    if (row.revision === 1 && row.itemType !== 'POSM') add(row.staffId, row.submittedAt, `/${row.itemType}/new`);
  }
  for (const { boundBy, boundAt } of await database().collection('bindings').find({ state: 'ACTIVE' }).toArray())
    add(boundBy, boundAt, '/CODE/active');
  return numbers;
}

/** The results of each day, of what its data decided about and of spots where it decided about what stands there. */
async function countResults(): Promise<Record<string, Record<string, number>>> {
  const rows = (await database().collection('items').find().toArray()) as unknown as ItemRow[];
  const numbers: Record<string, Record<string, number>> = {};
  for (const row of rows.filter(({ itemType }) => itemType === 'STORE' || itemType === 'SPOT')) {
    const posm = row.itemType === 'SPOT' ? rows.find(({ _id }) => _id === posmRef(row._id)) : undefined;
    const both = [stands(row), ...(posm?.decision === undefined ? [] : [stands(posm)])];
    const standing = both.includes('failed') ? 'failed' : both.includes('inReview') ? 'inReview' : 'approved';
    for (const day of new Set([row.dataDate, posm?.dataDate])) {
      if (day === undefined) continue;
      const of = numbers[day] ?? {};
      numbers[day] = of;
      of[`/${row.itemType}/${standing}`] = (of[`/${row.itemType}/${standing}`] ?? 0) + 1;
    }
  }
  return numbers;
}

async function expectCounted(): Promise<void> {
  const users = [...PEOPLE, nameErased('nok')];
  const days: Record<string, unknown> = {};
  const months: Record<string, unknown> = {};
  for (const userId of users) {
    const whose = { isoId: 'iso', userId };
    for (const [day, { counts }] of await talliesByDay(whose, '20261001', '20261130'))
      if (Object.keys(counts).length > 0) days[`${userId} ${day}`] = counts;
    for (const [month, { counts }] of await talliesByMonth(whose, '202601', '202612'))
      if (Object.keys(counts).length > 0) months[`${userId} ${month}`] = counts;
  }
  expect(days).toEqual(await countRows(8));
  expect(months).toEqual(await countRows(6));
  const results = await countResults();
  for (const day of [...DATA_DAYS, ...Object.keys(results)])
    expect(await dayOfResults(day)).toEqual(results[day] ?? {});
  for (const [userId, { counts }] of await talliesOfIso('iso', '202610'))
    expect(counts).toEqual(months[`${userId} 202610`] ?? {});
}
