import type { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

type Things = mongo.Collection<{ _id: number } & mongo.Document>;

describe.each(servers())('writing on the $name server', ({ uri }) => {
  const at = useDatabase(uri);
  let made = 0;
  const collection = async (...docs: ({ _id: number } & mongo.Document)[]): Promise<Things> => {
    const things: Things = at.db.collection(`things${++made}`);
    if (docs.length > 0) await things.insertMany(docs);
    return things;
  };

  const updates: [string, mongo.Document, mongo.Document, mongo.Document][] = [
    ['$set makes what is on the way', { a: 1 }, { $set: { 'b.c.d': 2 } }, { a: 1, b: { c: { d: 2 } } }],
    [
      '$inc makes a document where nothing is, whatever its fields are called',
      {},
      { $inc: { 'm.7': 1 } },
      { m: { '7': 1 } },
    ],
    ['$inc counts in an array where there is one', { m: [] }, { $inc: { 'm.1': 1 } }, { m: [null, 1] }],
    ['$unset', { a: 1, b: { c: 1, d: 1 } }, { $unset: { a: '', 'b.c': '', 'x.y': '' } }, { b: { d: 1 } }],
    ['$inc, also of what is missing', { a: 1 }, { $inc: { a: 2, b: -1 } }, { a: 3, b: -1 }],
    ['$mul, also of what is missing', { a: 3 }, { $mul: { a: 2, b: 5 } }, { a: 6, b: 0 }],
    [
      '$rename moves null too, and nothing of what is missing',
      { a: null },
      { $rename: { a: 'b', x: 'y' } },
      { b: null },
    ],
    ['$min and $max', { a: 5, b: 5 }, { $min: { a: 3, c: 1 }, $max: { b: 3 } }, { a: 3, b: 5, c: 1 }],
    ['$push', { a: [1] }, { $push: { a: [2], b: 1 } }, { a: [1, [2]], b: [1] }],
    ['$push of each', { a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
    ['$addToSet', { a: [1, { x: 1 }] }, { $addToSet: { a: { $each: [1, { x: 1 }, 2, 2] } } }, { a: [1, { x: 1 }, 2] }],
    ['$pull by value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    ['$pull by condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    ['$pull of documents', { a: [{ k: 1, v: 1 }, { k: 2 }] }, { $pull: { a: { k: 1 } } }, { a: [{ k: 2 }] }],
    ['$setOnInsert does nothing here', { a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
  ];
  it.each(updates)('%s', async (_name, before, update, after) => {
    const things = await collection({ _id: 1, ...before });
    await things.updateOne({ _id: 1 }, update);
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, ...after });
  });

  const refused: [string, mongo.Document, mongo.Document, number][] = [
    ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['a field without a name', { a: 1 }, { $set: { '': 1 } }, 56],
    ['a path that ends in a dot', { a: 1 }, { $set: { 'a.': 1 } }, 56],
    ['a number in null', { a: null }, { $inc: { 'a.7': 1 } }, 28],
    ['a path through null', { a: null }, { $set: { 'a.b': 1 } }, 28],
    ['a path through an array', { a: [{ b: 1 }] }, { $set: { 'a.b': 2 } }, 28],
    ['$inc of a text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$mul of null', { a: null }, { $mul: { a: 2 } }, 14],
    ['$push to a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['two changes of one field', { a: 1 }, { $set: { a: 1 }, $inc: { 'a.b': 1 } }, 40],
    ['another _id', { a: 1 }, { $set: { _id: 2 } }, 66],
    ['an unknown operator', { a: 1 }, { $grow: { a: 1 } }, 9],
  ];
  it.each(refused)('refuses %s and changes nothing', async (_name, before, update, code) => {
    const things = await collection({ _id: 1, ...before });
    await expect(things.updateOne({ _id: 1 }, update)).rejects.toMatchObject({ code });
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, ...before });
  });

  it('tells matched from modified, and changes many', async () => {
    const things = await collection({ _id: 1, n: 1 }, { _id: 2, n: 1 }, { _id: 3, n: 5 });
    const one = await things.updateMany({ n: { $gte: 1 } }, { $set: { n: 5 } });
    expect(one).toMatchObject({ matchedCount: 3, modifiedCount: 2 });
    expect(await things.updateOne({ _id: 9 }, { $set: { n: 1 } })).toMatchObject({ matchedCount: 0, upsertedCount: 0 });
    expect(await things.deleteMany({ n: 5 })).toMatchObject({ deletedCount: 3 });
  });

  it('upserts from the equalities of the filter', async () => {
    const things = await collection();
    const filter = { _id: 7, 'a.b': 1, n: { $gt: 3 }, $and: [{ c: { $eq: 'x' } }] };
    const result = await things.updateOne(filter, { $set: { d: 1 }, $setOnInsert: { e: 2 } }, { upsert: true });
    expect(result).toMatchObject({ upsertedId: 7, upsertedCount: 1, matchedCount: 0 });
    expect(await things.findOne({})).toEqual({ _id: 7, a: { b: 1 }, c: 'x', d: 1, e: 2 });
  });

  it('finds and modifies: before, after, sorted, upserting, removing', async () => {
    const things = await collection({ _id: 1, n: 1 }, { _id: 2, n: 2 }, { _id: 3, n: 3 });
    const after = { returnDocument: 'after' } as const;
    expect(await things.findOneAndUpdate({ n: { $lt: 9 } }, { $inc: { n: 10 } }, { sort: { n: -1 } })).toEqual({
      _id: 3,
      n: 3,
    });
    expect(await things.findOneAndUpdate({ _id: 3 }, { $inc: { n: 1 } }, after)).toEqual({ _id: 3, n: 14 });
    expect(await things.findOneAndUpdate({ _id: 9 }, { $set: { n: 0 } }, { upsert: true, ...after })).toEqual({
      _id: 9,
      n: 0,
    });
    expect(await things.findOneAndUpdate({ _id: 99 }, { $set: { n: 0 } })).toBeNull();
    expect(await things.findOneAndDelete({}, { sort: { n: 1 }, projection: { _id: 1 } })).toEqual({ _id: 9 });
    expect(await things.countDocuments()).toBe(3);
  });

  it('goes on after an error only when a batch is unordered', async () => {
    const batch = (): ({ _id: number } & mongo.Document)[] => [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
    const ordered = await collection();
    await expect(ordered.insertMany(batch())).rejects.toMatchObject({ code: 11000 });
    expect(await ordered.countDocuments()).toBe(1);
    const unordered = await collection();
    await expect(unordered.insertMany(batch(), { ordered: false })).rejects.toMatchObject({ code: 11000 });
    expect(await unordered.countDocuments()).toBe(2);
  });

  it('keeps unique, compound and partial keys, and says which was hurt', async () => {
    const things = await collection();
    const codes = { partialFilterExpression: { state: 'ACTIVE' }, unique: true };
    await things.createIndex({ code: 1 }, codes);
    await things.createIndex({ iso: 1, no: -1 }, { unique: true });
    await things.createIndex({ 'sub.k': 1 }, { unique: true, partialFilterExpression: { sub: { $exists: true } } });
    await things.insertMany([
      { _id: 1, code: 'c', state: 'ACTIVE', iso: 1, no: 1 },
      { _id: 2, code: 'c', state: 'GONE', iso: 1, no: 2, sub: { k: 1 } },
    ]);
    // The real server may not know the value after an update.
    const told = { code: 11000, keyPattern: { code: 1 } };
    const hurt = uri ? told : { ...told, keyValue: { code: 'c' } };
    await expect(things.updateOne({ _id: 2 }, { $set: { state: 'ACTIVE' } })).rejects.toMatchObject(hurt);
    await expect(things.findOneAndUpdate({ _id: 2 }, { $set: { state: 'ACTIVE' } })).rejects.toMatchObject(hurt);
    await expect(things.insertOne({ _id: 3, iso: 1, no: 1 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { iso: 1, no: -1 },
    });
    await expect(things.insertOne({ _id: 4, iso: 4, sub: { k: 1 } })).rejects.toMatchObject({
      code: 11000,
    });
    await expect(things.insertOne({ _id: 1, iso: 1, no: 1 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
    });
    expect(await things.distinct('_id')).toEqual([1, 2]);
    await things.insertOne({ _id: 3, iso: 3 });
    await things.updateOne({ _id: 1 }, { $set: { state: 'GONE' } });
    await things.updateOne({ _id: 2 }, { $set: { state: 'ACTIVE' } });
    await things.deleteOne({ _id: 3 });
    expect(await things.find({ code: 'c', state: 'ACTIVE' }).toArray()).toMatchObject([{ _id: 2 }]);
    await expect(things.createIndex({ state: 1 }, { unique: true, name: 's' })).resolves.toBe('s');
    await things.updateOne({ _id: 1 }, { $set: { n: 1 } });
    await things.updateOne({ _id: 2 }, { $set: { n: 1 } });
    await expect(things.createIndex({ n: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await things.listIndexes().toArray()).map(({ name }) => name)).not.toContain('n_1');
  });

  it('finds the same through an index as without', async () => {
    const docs = Array.from({ length: 300 }, (_, i) => ({
      _id: i,
      a: i % 7,
      b: i % 3 ? i % 11 : `${i % 5}`,
      c: i % 2 ? 'x' : 'y',
    }));
    const plain = await collection(...docs);
    const indexed = await collection(...docs);
    await indexed.createIndex({ a: 1, c: -1 });
    await indexed.createIndex({ b: 1, a: 1 });
    await indexed.createIndex({ a: -1 }, { partialFilterExpression: { c: 'x' }, name: 'partial' });
    const filters = [
      { a: 3 },
      { a: { $gt: 2, $lte: 5 }, c: 'x' },
      { b: { $gte: 2, $lt: 4 } },
      { b: 3, a: { $in: [1, 2] } },
      { c: 'x', a: { $lt: 3 } },
    ];
    const sorts: mongo.Sort[] = [{ a: 1, c: -1, _id: 1 }, { a: -1, _id: 1 }, { b: 1, _id: -1 }, { _id: -1 }];
    for (const filter of filters) {
      for (const sort of sorts) {
        const [left, right] = await Promise.all(
          [plain, indexed].map((things) => things.find(filter, { sort }).toArray()),
        );
        expect(right).toEqual(left);
      }
    }
  });

  it('makes, lists and drops', async () => {
    const other = at.client.db(`${at.db.databaseName}_x`);
    await other.createCollection('made');
    await expect(other.createCollection('made')).resolves.toBeDefined();
    await expect(other.command({ create: 'made', capped: true, size: 5 })).rejects.toMatchObject({
      name: 'MongoServerError',
    });
    expect((await other.listCollections().toArray()).map(({ name }) => name)).toEqual(['made']);
    expect(await other.listCollections({ name: 'none' }, { nameOnly: true }).toArray()).toEqual([]);
    await other.dropDatabase();
    expect(await other.listCollections().toArray()).toEqual([]);
  });
});
