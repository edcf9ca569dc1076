import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './stores.ts';

describe('what is outside the cut is refused, never half done', () => {
  const at = useDatabase();

  const commands: [string, mongo.Document, number][] = [
    ['an unknown command', { mapReduce: 'x' }, 59],
    ['an unknown option', { find: 'x', tailable: true }, 40415],
    ['a collation', { find: 'x', collation: { locale: 'en' } }, 40415],
    ['variables', { aggregate: 'x', pipeline: [], cursor: {}, let: { a: 1 } }, 40415],
    ['an unknown stage', { aggregate: 'x', pipeline: [{ $graphLookup: {} }], cursor: {} }, 40324],
    ['an unknown expression', { aggregate: 'x', pipeline: [{ $group: { _id: { $year: '$a' } } }], cursor: {} }, 2],
    ['an unknown accumulator', { aggregate: 'x', pipeline: [{ $group: { _id: 1, n: { $topN: 1 } } }], cursor: {} }, 2],
    ['a sum of nothing', { aggregate: 'x', pipeline: [{ $group: { _id: 1, n: {} } }], cursor: {} }, 2],
    ['a group by a list', { aggregate: 'x', pipeline: [{ $group: { _id: ['$a'] } }], cursor: {} }, 2],
    ['an expression', { aggregate: 'x', pipeline: [{ $set: { a: { $add: [1, 1] } } }], cursor: {} }, 2],
    [
      'a $lookup by a pipeline with variables',
      { aggregate: 'x', pipeline: [{ $lookup: { from: 'y', let: {}, pipeline: [], as: 'z' } }], cursor: {} },
      40415,
    ],
    ['an operator in a projection', { find: 'x', projection: { a: { $slice: 1 } } }, 2],
    ['a size that is none', { find: 'x', filter: { a: { $size: null } } }, 2],
    ['a mixed projection', { find: 'x', projection: { a: 1, b: 0 } }, 31254],
    ['an unknown filter operator', { find: 'x', filter: { a: { $near: 1 } } }, 2],
    ['an unknown top-level operator', { find: 'x', filter: { $expr: true } }, 2],
    ['a regular expression that JavaScript reads another way', { find: 'x', filter: { a: { $regex: '\\Ax' } } }, 51091],
    ['a projection of nothing inside of a field', { find: 'x', projection: { a: {} } }, 51270],
    ['a projection of a field and of what is in it', { find: 'x', projection: { a: 1, 'a.b': 1 } }, 31249],
    ['a whole new document for many', { update: 'x', updates: [{ q: {}, u: { a: 1 }, multi: true }] }, 9],
    [
      'an array filter that nothing uses',
      { update: 'x', updates: [{ q: {}, u: { $set: { a: 1 } }, arrayFilters: [{ b: 1 }] }] },
      9,
    ],
    ['$elemMatch without an object', { find: 'x', filter: { a: { $elemMatch: 1 } } }, 2],
    ['a sort by score', { find: 'x', sort: { a: { $meta: 'textScore' } } }, 2],
    ['a negative skip', { find: 'x', skip: -1 }, 2],
    ['a collection with $', { find: 'a$b' }, 73],
    ['an update by pipeline', { update: 'x', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, 9],
    ['a sparse index', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a', sparse: true }] }, 40415],
    ['a text index', { createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67],
    [
      'an index with a collation',
      { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a', collation: {} }] },
      40415,
    ],
    [
      'a partial index by $or',
      {
        createIndexes: 'x',
        indexes: [{ key: { a: 1 }, name: 'a', partialFilterExpression: { $or: [{ a: 1 }, { b: 1 }] } }],
      },
      67,
    ],
    ['a capped collection', { create: 'x', capped: true }, 40415],
  ];
  it.each(commands)('%s', async (_name, command, code) => {
    const refusal = await at.db.command(command).catch((failure: unknown) => failure);
    const rows =
      refusal instanceof mongo.MongoServerError
        ? [refusal]
        : (Reflect.get(Object(refusal), 'writeErrors') as unknown[]);
    expect(rows?.[0]).toMatchObject({ code });
  });

  it('numbers that it cannot compare exactly', async () => {
    const amounts = at.db.collection('amounts');
    await amounts.insertOne({ amount: mongo.Decimal128.fromString('0.1') });
    await expect(amounts.findOne({ amount: { $gt: 0 } })).rejects.toMatchObject({ code: 2 });
    await expect(amounts.findOne({ amount: mongo.Long.fromString('9007199254740993') })).rejects.toMatchObject({
      code: 2,
    });
    await expect(amounts.updateOne({}, { $inc: { amount: 1 } })).rejects.toMatchObject({ code: 2 });
  });

  it('arrays where an index, a sort, a group or distinct values would need one value', async () => {
    const lists = at.db.collection('lists');
    await lists.createIndex({ 'a.b': 1 });
    await lists.insertOne({ n: 1, list: [1, 2] });
    for (const a of [[], [{ b: 1 }], { b: [1] }])
      await expect(lists.insertOne({ a })).rejects.toMatchObject({ code: 2 });
    await expect(lists.updateOne({ n: 1 }, { $set: { a: [1] } })).rejects.toMatchObject({ code: 2 });
    await expect(lists.createIndex({ list: 1 })).rejects.toMatchObject({ code: 2 });
    await expect(lists.find({}).sort({ list: 1 }).toArray()).rejects.toMatchObject({ code: 2 });
    await expect(lists.distinct('list')).rejects.toMatchObject({ code: 2 });
    await expect(lists.aggregate([{ $group: { _id: '$list' } }]).toArray()).rejects.toMatchObject({ code: 2 });
    expect(await lists.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ n: 1, list: [1, 2] }]);
    expect((await lists.listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_', 'a.b_1']);
  });

  it('sums that are not exact', async () => {
    const parts = at.db.collection('parts');
    await parts.insertMany([{ n: 0.5 }, { n: 1 }]);
    const sum = parts.aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }]).toArray();
    await expect(sum).rejects.toMatchObject({ code: 2 });
  });

  it('commands that a transaction cannot hold', async () => {
    const session = at.client.startSession();
    session.startTransaction();
    await expect(at.db.command({ listCollections: 1 }, { session })).rejects.toMatchObject({ code: 263 });
    await session.endSession();
  });
});
