import type { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

describe.each(servers())('changing indexes on the $name server', ({ uri }) => {
  const at = useDatabase(uri);
  let made = 0;
  const collection = async (...keys: mongo.IndexDescription[]): Promise<mongo.Collection> => {
    const things = at.db.collection(`things${++made}`);
    await things.createIndexes([{ key: { first: 1 } }, ...keys]);
    return things;
  };
  const names = async (things: mongo.Collection) => (await things.indexes()).map(({ name }) => name);
  const run = (command: mongo.Document) => at.db.command(command);

  const both: [string, mongo.IndexDescription][] = [
    ['unique', { key: { first: 1 }, name: 'other', unique: true }],
    ['partial', { key: { first: 1 }, name: 'other', partialFilterExpression: { n: 1 } }],
    ['in the other direction', { key: { first: -1 }, name: 'other' }],
  ];
  it.each(both)('two of one field stand beside each other where one is %s', async (_, other) => {
    const things = await collection(other);
    expect(await names(things)).toEqual(['_id_', 'first_1', 'other']);
  });

  const conflicts: [string, number, mongo.IndexDescription][] = [
    ['the same under another name', 85, { key: { first: 1 }, name: 'other' }],
    ['the same with a time, under its name', 85, { key: { first: 1 }, expireAfterSeconds: 60 }],
    ['the same with a time, under another name', 85, { key: { first: 1 }, name: 'other', expireAfterSeconds: 60 }],
    ['another key under its name', 86, { key: { second: 1 }, name: 'first_1' }],
    ['a unique one under its name', 86, { key: { first: 1 }, unique: true }],
    ['a partial one under its name', 86, { key: { first: 1 }, partialFilterExpression: { n: 1 } }],
  ];
  it.each(conflicts)('refuses %s (%i)', async (_, code, asked) => {
    const things = await collection();
    await expect(things.createIndexes([asked])).rejects.toMatchObject({ code });
    expect(await names(things)).toEqual(['_id_', 'first_1']);
  });

  it('drops by name, by key, by a list, and all', async () => {
    const things = await collection({ key: { a: 1 } }, { key: { b: 1, c: -1 } }, { key: { d: 1 } }, { key: { e: 1 } });
    await things.insertOne({ first: 1, a: 1 });
    const { collectionName: dropIndexes } = things;
    expect(await run({ dropIndexes, index: 'a_1' })).toMatchObject({ nIndexesWas: 6, ok: 1 });
    await run({ dropIndexes, index: { b: 1, c: -1 } });
    await run({ dropIndexes, index: ['d_1', 'e_1'] });
    expect(await names(things)).toEqual(['_id_', 'first_1']);
    await run({ dropIndexes, index: '*' });
    expect(await names(things)).toEqual(['_id_']);
    expect(await things.findOne({ first: 1 }, { projection: { _id: 0 } })).toEqual({ first: 1, a: 1 });
    await things.createIndex({ a: 1 }, { unique: true });
    await expect(things.insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
  });

  const undroppable: [string, number, mongo.Document][] = [
    ['a name that is not there', 27, { index: 'nothing' }],
    ['a key that is not there', 27, { index: { nothing: 1 } }],
    ['a list with a name that is not there', 27, { index: ['first_1', 'nothing'] }],
    ['that of _id, by name', 72, { index: '_id_' }],
    ['that of _id, by key', 72, { index: { _id: 1 } }],
    ['a number', 14, { index: 5 }],
  ];
  it.each(undroppable)('does not drop %s (%i)', async (_, code, asked) => {
    const things = await collection();
    await expect(run({ dropIndexes: things.collectionName, ...asked })).rejects.toMatchObject({ code });
    expect(await names(things)).toEqual(['_id_', 'first_1']);
  });

  it('asks for a name where a key is that of several', async () => {
    const { collectionName: dropIndexes } = await collection({ key: { first: 1 }, name: 'other', unique: true });
    await expect(run({ dropIndexes, index: { first: 1 } })).rejects.toMatchObject({ code: 181 });
    expect(await run({ dropIndexes, index: 'other' })).toMatchObject({ nIndexesWas: 3 });
  });

  it('gives an index a time to keep documents, and another', async () => {
    const things = await collection();
    const { collectionName: collMod } = things;
    const made = await run({ collMod, index: { name: 'first_1', expireAfterSeconds: 60 } });
    expect(made).toMatchObject({ expireAfterSeconds_new: 60, ok: 1 });
    expect(made).not.toHaveProperty('expireAfterSeconds_old');
    const changed = await run({ collMod, index: { keyPattern: { first: 1 }, expireAfterSeconds: 90 } });
    expect(changed).toMatchObject({ expireAfterSeconds_old: 60, expireAfterSeconds_new: 90, ok: 1 });
    expect(await things.indexes()).toContainEqual({ v: 2, key: { first: 1 }, name: 'first_1', expireAfterSeconds: 90 });
    expect(await run({ collMod })).toMatchObject({ ok: 1 });
  });

  const unchangeable: [string, number, mongo.Document][] = [
    ['a name that is not there', 27, { name: 'nothing', expireAfterSeconds: 1 }],
    ['nothing named', 72, { expireAfterSeconds: 1 }],
    ['named twice', 72, { name: 'first_1', keyPattern: { first: 1 }, expireAfterSeconds: 1 }],
    ['nothing to change', 72, { name: 'first_1' }],
    ['several fields', 72, { name: 'a_1_b_1', expireAfterSeconds: 1 }],
    ['that of _id', 72, { name: '_id_', expireAfterSeconds: 1 }],
    ['a time before', 72, { name: 'first_1', expireAfterSeconds: -1 }],
    ['a time that is none', 14, { name: 'first_1', expireAfterSeconds: 'long' }],
  ];
  it.each(unchangeable)('does not change %s (%i)', async (_, code, index) => {
    const things = await collection({ key: { a: 1, b: 1 } });
    await expect(run({ collMod: things.collectionName, index })).rejects.toMatchObject({ code });
  });

  it('drops a collection with its documents and indexes, and once only', async () => {
    const things = await collection();
    await things.insertOne({ first: 1 });
    const { collectionName: drop, namespace: ns } = things;
    expect(await run({ drop })).toMatchObject({ nIndexesWas: 2, ns, ok: 1 });
    expect(await run({ drop })).toMatchObject({ ok: 1 });
    expect(await at.db.listCollections({ name: drop }).toArray()).toEqual([]);
    const index = { name: 'first_1', expireAfterSeconds: 1 };
    for (const command of [{ dropIndexes: drop, index: '*' }, { collMod: drop, index }, { listIndexes: drop }]) {
      await expect(run(command)).rejects.toMatchObject({ code: 26 });
    }
    await things.insertOne({ first: 2 });
    expect(await things.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ first: 2 }]);
  });
});

describe('what rests while it is dropped, on the embedded server', () => {
  const at = useDatabase();
  const begun = async (name: string, filter: mongo.Filter<mongo.Document>) => {
    const things = at.db.collection(name);
    await things.createIndexes([{ key: { n: 1 } }, { key: { m: 1 } }]);
    await things.insertMany(Array.from({ length: 300 }, (_, n) => ({ n, m: n, text: 'x'.repeat(50) })));
    const cursor = things.find(filter, { batchSize: 10 });
    await cursor.next();
    return { things, rest: () => cursor.toArray() };
  };

  it('a cursor ends with its collection, also when there is a new one of that name', async () => {
    const { things, rest } = await begun('gone', {});
    await things.drop();
    await things.insertOne({ n: 1 });
    await expect(rest()).rejects.toMatchObject({ code: 175 });
  });

  it('a cursor ends with the index it reads, and not with another', async () => {
    const { things, rest } = await begun('indexed', { n: { $gte: 0 } });
    await things.dropIndex('m_1');
    expect(await rest()).toHaveLength(299);
    const second = await begun('indexed2', { n: { $gte: 0 } });
    await second.things.dropIndex('n_1');
    await expect(second.rest()).rejects.toMatchObject({ code: 175 });
  });

  it('only the time of an index can be changed, and what goes is named', async () => {
    const things = at.db.collection('changed');
    await things.createIndex({ n: 1 });
    for (const more of [{ hidden: true }, { unique: true }]) {
      const command = { collMod: 'changed', index: { name: 'n_1', ...more } };
      await expect(at.db.command(command)).rejects.toMatchObject({ code: 40415 });
    }
    await expect(at.db.command({ collMod: 'changed', validator: {} })).rejects.toMatchObject({ code: 40415 });
    await expect(at.db.command({ dropIndexes: 'changed' })).rejects.toMatchObject({ code: 40414 });
  });
});
