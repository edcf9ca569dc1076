import fc from 'fast-check';
import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { decode } from '../src/engine/bson-reader.ts';
import type { Doc } from '../src/engine/doc.ts';
import { type Filter, parseFilter as filterOf } from '../src/engine/filter.ts';
import { keyOf, parseOrder } from '../src/engine/order.ts';
import { type Plan, planFor } from '../src/engine/plan.ts';
import type { Collection } from '../src/engine/store.ts';
import { direction, scalar } from './arbitrary.ts';
import { useDatabase } from './stores.ts';

/** As it comes from a client: every number with its type. */
const received = (doc: mongo.Document): Doc => decode(mongo.BSON.serialize(doc));
const parseFilter = (filter: mongo.Document): Filter => filterOf(received(filter));

/** A collection with indexes of these keys, and whether each is partial. */
function collection(...indexes: { key: mongo.Document; only?: mongo.Document }[]): Collection {
  return {
    id: 1,
    db: 'app',
    name: 'things',
    indexes: indexes.map(({ key, only }, id) => ({
      id,
      name: Object.keys(key).join(),
      fields: parseOrder(received(key)),
      unique: false,
      roots: undefined,
      isReady: true,
      only: only && parseFilter(only),
      spec: {},
    })),
  };
}

const order = (fields: mongo.Document) =>
  Object.entries(fields).map(([path, way]) => ({ path: path.split('.'), direction: way }));
const nameOf = ({ source }: Plan): string => (typeof source === 'string' ? source : source.name);
const reads = ({ source, ranges }: Plan, doc: mongo.Document): boolean => {
  const key = typeof source === 'string' ? Buffer.of() : keyOf(source.fields, received(doc));
  return ranges.some(({ from, to }) => Buffer.compare(from, key) <= 0 && Buffer.compare(key, to) < 0);
};

describe('the plan of a search', () => {
  const work = collection({ key: { state: 1, iso: 1, at: -1 } });

  it('narrows by every field that has one of several values, and by the bounds of the next one', () => {
    const filter = parseFilter({ state: { $in: ['OPEN', 'LATE'] }, iso: 'a', at: { $gte: 5, $lt: 9 } });
    const plan = planFor(work, { filter });
    expect(plan.ranges).toHaveLength(2);
    expect(reads(plan, { state: 'OPEN', iso: 'a', at: 5 })).toBe(true);
    expect(reads(plan, { state: 'LATE', iso: 'a', at: 8 })).toBe(true);
    for (const other of [{ at: 9 }, { at: 4 }, { iso: 'b' }, { state: 'DONE' }, { at: 'x' }])
      expect(reads(plan, { state: 'OPEN', iso: 'a', at: 6, ...other })).toBe(false);
  });

  it('gives an order that goes on behind several values, without a sort', () => {
    const filter = parseFilter({ state: { $in: ['OPEN', 'LATE'] }, iso: 'a' });
    expect(planFor(work, { filter, sort: order({ at: -1 }) })).toMatchObject({ sorted: true, merged: true });
    expect(planFor(work, { filter, sort: order({ state: 1, at: -1 }) })).toMatchObject({ sorted: true, merged: false });
    const upended = { sorted: true, merged: true, backwards: true };
    expect(planFor(work, { filter, sort: order({ at: 1 }) })).toMatchObject(upended);
    expect(planFor(work, { filter, sort: order({ state: -1, at: 1 }) })).toMatchObject({ ...upended, merged: false });
    expect(planFor(work, { filter, sort: order({ state: -1, at: -1 }) })).toMatchObject({ sorted: false });
    expect(planFor(work, { filter, sort: order({ at: -1, state: 1 }) })).toMatchObject({ sorted: false });
  });

  it('does not read thousands of ranges side by side', () => {
    const many = Array.from({ length: 300 }, (_, n) => n);
    const filter = parseFilter({ state: { $in: many }, iso: { $in: many }, at: 1 });
    const plan = planFor(work, { filter, sort: order({ at: -1 }) });
    expect(plan.ranges).toHaveLength(300);
    expect(plan).toMatchObject({ sorted: false });
    expect(reads(plan, { state: 1, iso: 1, at: 1 })).toBe(true);
  });

  it('takes a partial index for whatever can only be in it', () => {
    const uses = (only: mongo.Document, filter: mongo.Document): boolean =>
      nameOf(planFor(collection({ key: { n: 1 }, only }), { filter: parseFilter({ n: 1, ...filter }) })) === 'n';
    expect(uses({ state: { $in: ['OPEN', 'LATE'] } }, { state: 'OPEN' })).toBe(true);
    expect(uses({ state: { $in: ['OPEN', 'LATE'] } }, { state: { $in: ['LATE', 'OPEN'] } })).toBe(true);
    expect(uses({ state: { $in: ['OPEN', 'LATE'] } }, { state: { $in: ['LATE', 'DONE'] } })).toBe(false);
    expect(uses({ at: { $exists: true } }, { at: { $gt: 3 } })).toBe(true);
    expect(uses({ at: { $exists: true } }, { at: null })).toBe(false);
    expect(uses({ at: { $exists: true } }, { at: { $in: [1, null] } })).toBe(false);
    expect(uses({ at: { $gte: 3 } }, { at: { $gt: 3 } })).toBe(true);
    expect(uses({ at: { $gt: 3 } }, { at: { $gte: 3 } })).toBe(false);
    expect(uses({ at: { $gt: 3 } }, { at: { $lt: 9 } })).toBe(false);
    expect(uses({ at: { $gt: 3 } }, { at: 'x' })).toBe(false);
    expect(uses({ at: { $gte: Number.NaN } }, { at: { $gt: 3 } })).toBe(false);
  });

  it('reads whatever matches, for arbitrary filters of several fields', () => {
    const condition = fc.oneof(
      scalar,
      fc.array(scalar, { minLength: 2, maxLength: 4 }).map(($in) => ({ $in })),
      fc.tuple(fc.constantFrom('$gt', '$gte', '$lt', '$lte'), scalar).map(([name, value]) => ({ [name]: value })),
    );
    const fields = fc.record({ a: condition, b: condition, c: condition }, { requiredKeys: [] });
    const docs = fc.array(fc.record({ a: scalar, b: scalar, c: scalar }, { requiredKeys: [] }), { maxLength: 30 });
    const key = fc.tuple(direction, direction, direction).map(([a, b, c]) => ({ a, b, c }));
    fc.assert(
      fc.property(docs, fields, key, fields, (docs, where, key, only) => {
        const filter = parseFilter(where);
        const plan = planFor(collection({ key }, { key: { a: 1 }, only }), { filter });
        for (const doc of docs.filter((doc) => filter.test(received(doc)))) {
          expect(reads(plan, doc)).toBe(true);
          expect(typeof plan.source === 'string' || plan.source.only?.test(received(doc)) !== false).toBe(true);
        }
        if (!plan.exact || typeof plan.source === 'string') return;
        const { only: holds } = plan.source;
        for (const doc of docs.filter((doc) => holds?.test(received(doc)) ?? true))
          expect([doc, reads(plan, doc)]).toEqual([doc, filter.test(received(doc))]);
      }),
    );
  });

  it('knows what it need not look at to count it', () => {
    const counts = (filter: mongo.Document): boolean => planFor(work, { filter: parseFilter(filter) }).exact;
    expect(counts({ state: { $in: ['OPEN', 'LATE'] }, iso: 'a', at: { $gte: 5, $lt: 9 } })).toBe(true);
    expect(counts({ state: 'OPEN', at: { $gte: 5 } })).toBe(false);
    expect(counts({ state: 'OPEN', iso: { $ne: 'a' } })).toBe(false);
    expect(counts({ state: 'OPEN', $or: [{ iso: 'a' }, { iso: 'b' }] })).toBe(false);
    const open = collection({ key: { iso: 1 }, only: { open: true, at: { $exists: true } } });
    expect(planFor(open, { filter: parseFilter({ open: true, iso: 'a', at: { $gt: 3 } }) }).exact).toBe(false);
    expect(planFor(open, { filter: parseFilter({ open: true, at: { $exists: true } }) })).toMatchObject({
      exact: true,
    });
  });

  it('reads a partial index whole rather than everything', () => {
    const open = collection({ key: { iso: 1 }, only: { open: true } });
    expect(nameOf(planFor(open, { filter: parseFilter({ open: true }) }))).toBe('iso');
    expect(nameOf(planFor(open, { filter: parseFilter({}) }))).toBe('all');
  });
});

describe('what is counted', () => {
  const at = useDatabase();

  it('is as many as are found, page after page of keys, and what is no number among none of them', async () => {
    const things = at.db.collection<{ _id: number; state?: string; n: number }>('counted');
    await things.createIndex({ state: 1, n: -1 });
    const docs = Array.from({ length: 45_000 }, (_, n) => ({ _id: n, state: 'ab'[n % 2] ?? '', n: n % 1_000 }));
    for (let from = 0; from < docs.length; from += 5_000) await things.insertMany(docs.slice(from, from + 5_000));
    await things.insertMany([
      { _id: -1, state: 'a', n: Number.NaN },
      { _id: -2, n: 3 },
    ]);
    const filters = [
      {},
      { state: 'a' },
      { state: { $in: ['a', 'b'] } },
      { state: 'a', n: { $lt: 500 } },
      { state: 'a', _id: { $gte: 0, $lt: 40_000 } },
    ];
    for (const filter of filters) {
      const found = await things.find(filter).toArray();
      expect([filter, await things.countDocuments(filter)]).toEqual([filter, found.length]);
      for (const limit of [1, 7, 200, 30_000, 60_000])
        expect([filter, limit, await things.countDocuments(filter, { limit })]).toEqual([
          filter,
          limit,
          Math.min(limit, found.length),
        ]);
      const some = await things.countDocuments(filter, { skip: 3, limit: 10 });
      expect([filter, some]).toEqual([filter, 10]);
    }
    const pipeline = [{ $match: { state: 'a' } }, { $count: 'n' }, { $set: { of: 1 } }];
    expect(await things.aggregate(pipeline).toArray()).toEqual([{ n: 22_501, of: 1 }]);
    const both = await things.aggregate([...pipeline, { $unionWith: { coll: 'counted', pipeline } }]).toArray();
    expect(both).toHaveLength(2);
    expect(await things.countDocuments({ state: 'none' })).toBe(0);
    const { executionStats, queryPlanner } = await at.db.command({
      explain: { count: 'counted', query: { state: 'a', n: { $gte: 10 } } },
    });
    expect(executionStats).toMatchObject({ nReturned: 22_275, totalDocsExamined: 0 });
    expect(queryPlanner.winningPlan).toMatchObject({ stage: 'COUNT', inputStage: { indexName: 'state_1_n_-1' } });
  });
});

describe('ranges that are read side by side', () => {
  const at = useDatabase();

  it('come in order, page after page, and while they change', async () => {
    const things = at.db.collection<{ _id: number; state: string; at: number }>('merged');
    const docs = Array.from({ length: 1_500 }, (_, n) => ({
      _id: n,
      state: 'abc'[n % 3] ?? '',
      at: (n * 7_919) % 1_500,
    }));
    await things.insertMany(docs);
    await things.createIndex({ state: 1, at: 1 });
    const wanted = docs.filter(({ state }) => state !== 'b').toSorted((a, b) => a.at - b.at);
    const search = { state: { $in: ['c', 'a', 'x'] } };
    expect(await things.find(search).sort({ at: 1 }).toArray()).toEqual(wanted);
    const cursor = things.find(search, { batchSize: 50 }).sort({ at: 1 });
    const found = [await cursor.next()];
    await things.deleteMany({ at: { $gte: 1_400 } });
    found.push(...(await cursor.toArray()));
    expect(found).toEqual(wanted.filter(({ at }) => at < 1_400));
  });

  it('come from the last to the first, and no more of them is read than is wanted', async () => {
    const things = at.db.collection<{ _id: number; state: string; at: number }>('upended');
    const docs = Array.from({ length: 1_500 }, (_, n) => ({
      _id: n,
      state: 'abc'[n % 3] ?? '',
      at: (n * 7_919) % 1_500,
    }));
    await things.insertMany(docs);
    await things.createIndex({ state: 1, at: 1 });
    const wanted = docs.filter(({ state }) => state !== 'b').toSorted((a, b) => b.at - a.at);
    const search = { state: { $in: ['c', 'a', 'x'] } };
    expect(await things.find(search).sort({ at: -1 }).toArray()).toEqual(wanted);
    expect(await things.find(search).sort({ state: -1, at: -1 }).skip(500).toArray()).toEqual(
      docs.filter(({ state }) => state === 'a').toSorted((a, b) => b.at - a.at),
    );
    const page = [{ $match: search }, { $sort: { at: -1 } }, { $skip: 20 }, { $limit: 10 }];
    expect(await things.aggregate(page).toArray()).toEqual(wanted.slice(20, 30));
    expect(await things.aggregate([...page, { $count: 'n' }]).toArray()).toEqual([{ n: 10 }]);
    const { executionStats } = await at.db.command({ explain: { aggregate: 'upended', pipeline: page, cursor: {} } });
    expect(executionStats).toMatchObject({ nReturned: 10, totalDocsExamined: 30 });
  });
});

describe('ranges of which most are empty', () => {
  const at = useDatabase();

  it('are found, counted and changed as by looking at everything', async () => {
    const scattered = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });
    const sought = fc.array(fc.integer({ min: -3, max: 63 }), { minLength: 2, maxLength: 60 });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(scattered, sought, direction, fc.integer({ min: 0, max: 3 }), async (ks, $in, way, least) => {
        made += 1;
        const things = at.db.collection<{ _id: number; k: number; n: number; met?: boolean }>(`sparse${made}`);
        await things.createIndex({ k: way, n: 1 });
        // of some keys more than a page
        const docs = ks.flatMap((k) => Array.from({ length: k % 7 === 0 ? 12 : 1 }, (_, n) => ({ k, n })));
        if (docs.length > 0) await things.insertMany(docs.map((doc, _id) => ({ _id, ...doc })));
        const filter = { k: { $in }, n: { $gte: least } };
        const wanted = docs.flatMap(({ k, n }, _id) => ($in.includes(k) && n >= least ? [_id] : []));
        const found = await things.find(filter).toArray();
        expect(found.map(({ _id }) => _id).toSorted((a, b) => a - b)).toEqual(wanted);
        expect(await things.countDocuments(filter)).toBe(wanted.length);
        await things.updateMany(filter, { $set: { met: true } });
        const met = await things.find({ met: true }).toArray();
        expect(met.map(({ _id }) => _id).toSorted((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 80, seed: 20_261_129 },
    );
  });
});
