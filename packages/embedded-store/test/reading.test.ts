import { mongo } from 'mongoose';
import { beforeAll, describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

type Thing = { _id: number } & mongo.Document;

const { Binary, Decimal128, Double, Int32, Long, ObjectId } = mongo;

describe.each(servers())('reading on the $name server', ({ uri }) => {
  const at = useDatabase(uri);
  const things = (): mongo.Collection<Thing> => at.db.collection<Thing>('things');
  const ids = async (filter: mongo.Filter<Thing>, options: mongo.FindOptions = {}): Promise<unknown[]> => {
    const docs = await things()
      .find(filter, { sort: { _id: 1 }, ...options })
      .toArray();
    return docs.map(({ _id }) => _id);
  };

  beforeAll(async () => {
    const things = at.db.collection<{ _id: number } & mongo.Document>('things');
    await things.insertMany([
      {
        _id: 1,
        a: 1,
        tags: ['x', 'y'],
        sub: {
          n: 1,
          list: [
            { k: 1, v: 'p' },
            { k: 2, v: 'q' },
          ],
        },
      },
      { _id: 2, a: 2.5, tags: [], sub: { n: null } },
      { _id: 3, a: 'text', tags: 'x', sub: [{ n: 5 }, { n: 7 }] },
      { _id: 4, a: null, tags: ['z'], sub: 5 },
      { _id: 5, tags: [['x']] },
      { _id: 6, a: [1, 10], sub: [] },
      { _id: 7, a: new Date(1000), sub: [3, 4] },
      { _id: 8, a: true, b: { c: 1, d: 2 } },
      { _id: 9, a: false, b: { d: 2, c: 1 } },
    ]);
    const scalar = { partialFilterExpression: { b: { $exists: true } } };
    await things.createIndex({ a: 1 }, scalar);
    await things.createIndex({ 'b.c': 1, a: -1 }, scalar);
  });

  const cases: [string, mongo.Filter<Thing>, number[]][] = [
    ['equality of numbers of any type', { a: 1 }, [1, 6]],
    ['equality to null finds null and missing', { a: null }, [4, 5]],
    ['inequality', { a: { $ne: null } }, [1, 2, 3, 6, 7, 8, 9]],
    ['a bound stays in its type', { a: { $gt: 1 } }, [2, 6]],
    ['two bounds may be met by two elements', { a: { $gt: 1, $lt: 10 } }, [2, 6]],
    ['elemMatch wants one element for both', { a: { $elemMatch: { $gt: 1, $lt: 10 } } }, []],
    ['gte null is null', { a: { $gte: null } }, [4, 5]],
    ['booleans in order', { a: { $gte: false } }, [8, 9]],
    ['dates', { a: { $lte: new Date(1000) } }, [7]],
    ['strings', { a: { $gt: 'tex' } }, [3]],
    ['in', { a: { $in: [1, 'text', null] } }, [1, 3, 4, 5, 6]],
    ['not in', { a: { $nin: [1, 'text', null] } }, [2, 7, 8, 9]],
    ['exists', { a: { $exists: true } }, [1, 2, 3, 4, 6, 7, 8, 9]],
    ['exists not', { a: { $exists: false } }, [5]],
    ['an element', { tags: 'x' }, [1, 3]],
    ['a whole array', { tags: ['x'] }, [5]],
    ['an exact array', { tags: ['x', 'y'] }, [1]],
    ['size', { tags: { $size: 0 } }, [2]],
    ['not', { a: { $not: { $gt: 1 } } }, [1, 3, 4, 5, 7, 8, 9]],
    ['a path through an array', { 'sub.n': 7 }, [3]],
    ['a path to null', { 'sub.n': null }, [2, 4, 5, 8, 9]],
    ['a field of a document', { 'b.c': 1 }, [8, 9]],
    ['a field that is there, and a bound', { b: { $exists: true }, a: { $gte: true } }, [8]],
    ['documents by elemMatch', { 'sub.list': { $elemMatch: { k: 2, v: 'q' } } }, [1]],
    ['documents by elemMatch, crossed', { 'sub.list': { $elemMatch: { k: 2, v: 'p' } } }, []],
    ['documents by paths, crossed', { 'sub.list.k': 2, 'sub.list.v': 'p' }, [1]],
    ['a whole document with its order', { b: { c: 1, d: 2 } }, [8]],
    ['or', { $or: [{ a: 1 }, { tags: 'z' }] }, [1, 4, 6]],
    ['and', { $and: [{ tags: 'x' }, { a: 1 }] }, [1]],
    ['a range of ids', { _id: { $gt: 7, $lte: 9 } }, [8, 9]],
    ['ids in a list', { _id: { $in: [9, 1, 1] } }, [1, 9]],
  ];
  it.each(cases)('finds by %s', async (_name, filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
  });

  it('sorts values of all types', async () => {
    expect(await ids({ _id: { $nin: [5, 6] } }, { sort: { a: 1, _id: 1 } })).toEqual([4, 1, 2, 3, 9, 8, 7]);
    expect(await ids({ _id: { $nin: [5, 6] } }, { sort: { a: -1, _id: -1 } })).toEqual([7, 8, 9, 3, 2, 1, 4]);
    expect(await ids({ b: { $exists: true } }, { sort: { 'b.c': 1, a: -1 } })).toEqual([8, 9]);
  });

  it('skips, limits and reads in batches', async () => {
    expect(await ids({}, { skip: 2, limit: 3 })).toEqual([3, 4, 5]);
    expect(await ids({}, { batchSize: 2 })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await ids({}, { limit: 5, batchSize: 2 })).toEqual([1, 2, 3, 4, 5]);
  });

  it('projects whole fields in and out', async () => {
    const one = (projection: mongo.Document, _id: number) => things().findOne({ _id }, { projection });
    expect(await one({ sub: 1 }, 3)).toEqual({ _id: 3, sub: [{ n: 5 }, { n: 7 }] });
    expect(await one({ sub: 1, _id: 0 }, 7)).toEqual({ sub: [3, 4] });
    expect(await one({ sub: 0, tags: 0 }, 1)).toEqual({ _id: 1, a: 1 });
    expect(await one({ _id: 1 }, 1)).toEqual({ _id: 1 });
    expect(await one({ _id: 0 }, 8)).toEqual({ a: true, b: { c: 1, d: 2 } });
    expect(await one({ b: 1, a: 1 }, 9)).toEqual({ _id: 9, a: false, b: { d: 2, c: 1 } });
  });

  it('counts, and lists distinct values', async () => {
    expect(await things().countDocuments({ a: { $exists: true } })).toBe(8);
    expect(await things().countDocuments({ nothing: 1 })).toBe(0);
    expect(await things().estimatedDocumentCount()).toBe(9);
    expect(new Set(await things().distinct('a', { _id: { $lte: 5 } }))).toEqual(new Set([1, 2.5, 'text', null]));
    expect(await things().distinct('b.c')).toEqual([1]);
    expect(await at.db.collection('none').find().toArray()).toEqual([]);
  });

  it('aggregates by the stages of the cut', async () => {
    const sales = at.db.collection<{ _id: number } & mongo.Document>('sales');
    await sales.insertMany([
      { _id: 1, shop: 'a', n: 1 },
      { _id: 2, shop: 'b', n: 2 },
      { _id: 3, shop: 'a', n: 3 },
      { _id: 4, n: 'no number' },
    ]);
    const groups = await sales
      .aggregate([
        { $match: { _id: { $gte: 1 } } },
        { $group: { _id: '$shop', sum: { $sum: '$n' }, count: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(groups).toEqual([
      { _id: null, sum: 0, count: 1 },
      { _id: 'a', sum: 4, count: 2 },
      { _id: 'b', sum: 2, count: 1 },
    ]);
    const counted = await sales
      .aggregate([{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $count: 'n' }])
      .toArray();
    expect(counted).toEqual([{ n: 2 }]);
    const projected = await sales.aggregate([{ $project: { shop: 1, n: 1 } }, { $match: { n: 3 } }]).toArray();
    expect(projected).toEqual([{ _id: 3, shop: 'a', n: 3 }]);
  });

  it('keeps every BSON type as it was', async () => {
    const kept = {
      _id: new ObjectId(),
      int: new Int32(1),
      double: new Double(1),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('0.10'),
      date: new Date(5),
      none: null,
      binary: new Binary(Buffer.from([1, 2])),
      list: [[], {}, ''],
      z: 1,
      a: 2,
    };
    const typed = at.db.collection('typed', { promoteValues: false, promoteBuffers: false });
    await typed.insertOne(kept);
    const found = await typed.findOne({ _id: kept._id });
    expect(Object.keys(found ?? {})).toEqual(Object.keys(kept));
    expect(mongo.BSON.serialize(found ?? {})).toEqual(mongo.BSON.serialize(kept));
  });

  // a page of them is more than SQLite takes for one value
  it.runIf(process.env.LONG)('reads the largest documents, however many they are', async () => {
    const largest = at.db.collection<{ _id: number; bytes: mongo.Binary }>('largest');
    const bytes = new Binary(Buffer.alloc(15_900_000, 7));
    const numbers = Array.from({ length: 76 }, (_, _id) => _id);
    for (const _id of numbers) await largest.insertOne({ _id, bytes });
    const found = await largest.find({ _id: { $gte: 0 } }, { projection: { _id: 1 } }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(numbers);
  });
});
