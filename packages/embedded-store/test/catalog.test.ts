import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

describe.each(servers())('what tools and migrations ask of the $name server', ({ name: server, uri }) => {
  const at = useDatabase(uri);

  it('lists databases that hold something', async () => {
    await at.db.collection('some').insertOne({});
    const { databases } = await at.client.db().admin().listDatabases();
    const mine = databases.find(({ name }) => name === at.db.databaseName);
    expect(mine).toMatchObject({ empty: false });
    // PostgreSQL with DocumentDB says 0 of all, and says so to whichever database is asked
    if (uri !== undefined) return;
    expect(mine?.sizeOnDisk).toBeGreaterThan(0);
    await expect(at.db.command({ listDatabases: 1 })).rejects.toMatchObject({ code: 13 });
  });

  it('says which version it is', async () => {
    expect(await at.client.db().admin().serverStatus()).toMatchObject({
      version: expect.stringMatching(/^7\./),
      ok: 1,
    });
  });

  it('says how often what was asked', async () => {
    const asked = async () => (await at.client.db().admin().serverStatus()).opcounters;
    const before = await asked();
    await at.db.collection('counted').insertOne({ a: 1 });
    await at.db.collection('counted').findOne({ a: 1 });
    const after = await asked();
    if (before === undefined) return; // PostgreSQL with DocumentDB says nothing of it
    const counted = [after.insert - before.insert, after.query - before.query];
    // others may ask the same server meanwhile
    if (server === 'embedded') expect(counted).toEqual([1, 1]);
    else expect(Math.min(...counted)).toBeGreaterThanOrEqual(1);
  });

  it('gives a collection another name, with its indexes', async () => {
    await at.db.collection('before').createIndex({ a: 1 }, { unique: true });
    await at.db.collection('before').insertOne({ a: 1 });
    await at.db.renameCollection('before', 'after');
    expect(await at.db.collection('before').countDocuments()).toBe(0);
    await expect(at.db.collection('after').insertOne({ a: 1 })).rejects.toMatchObject({ code: 11000 });
    await at.db.collection('other').insertOne({ a: 2 });
    await expect(at.db.renameCollection('other', 'after')).rejects.toMatchObject({ code: 48 });
    await expect(at.db.renameCollection('nothing', 'x')).rejects.toMatchObject({ code: 26 });
    await at.db.renameCollection('other', 'after', { dropTarget: true });
    expect(
      await at.db
        .collection('after')
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ a: 2 }]);
  });

  it('makes collections and indexes in a transaction, and takes them back with it', async () => {
    const session = at.client.startSession();
    const name = `made_${randomUUID().slice(0, 8)}`;
    session.startTransaction();
    const made = await at.db.createCollection(name, { session });
    await made.createIndex({ a: 1 }, { unique: true, session });
    await made.insertOne({ a: 1 }, { session });
    await session.abortTransaction();
    expect(await at.db.listCollections({ name }).toArray()).toEqual([]);
    await session.endSession();
  });
});

describe('explain', () => {
  const at = useDatabase();

  it('names the index that would be read, and says when none is', async () => {
    const rows = at.db.collection('rows');
    await rows.createIndex({ a: 1, b: 1 });
    await rows.insertMany([{ a: 1 }, { a: 1 }, { a: 2 }]);
    const plan = async (filter: object, sort = {}) =>
      (
        await rows
          .find(filter)
          .sort(sort as never)
          .explain()
      ).queryPlanner.winningPlan;
    expect(await plan({ a: 1 })).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', indexName: 'a_1_b_1' },
    });
    expect(await plan({ _id: 1 })).toMatchObject({ inputStage: { indexName: '_id_' } });
    expect(await plan({ b: 1 }, { b: 1 })).toMatchObject({ stage: 'SORT', inputStage: { stage: 'COLLSCAN' } });
    expect((await rows.find({ a: 1 }).explain('executionStats')).executionStats).toMatchObject({ nReturned: 2 });
    const some = rows.find({}).skip(1).limit(1);
    expect((await some.explain('executionStats')).executionStats).toMatchObject({ nReturned: 1 });
    const change = { update: 'rows', updates: [{ q: { a: 1 }, u: { $set: { c: 1 } } }] };
    expect(await at.db.command({ explain: change, verbosity: 'queryPlanner' })).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { indexName: 'a_1_b_1' } } },
    });
    expect(await rows.countDocuments({ c: 1 })).toBe(0);
  });
});
