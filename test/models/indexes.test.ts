import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { database } from '../../models/database.ts';
import { changeIndexes, indexChanges } from '../../models/indexes.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

type Declaration = [key: Record<string, 1 | -1>, options?: mongoose.IndexOptions];

describe.each(servers())('the indexes of a model on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  let name = '';
  beforeEach(() => {
    name = `letters${randomUUID().slice(0, 8)}`;
  });

  const collection = () => database().collection(name);
  /** A release whose model declares these, started. */
  async function declare(...indexes: Declaration[]): Promise<void> {
    const schema = new mongoose.Schema({}, { strict: false });
    for (const [key, options] of indexes) schema.index(key, options);
    if (mongoose.models[name] !== undefined) mongoose.deleteModel(name);
    mongoose.model(name, schema, name);
    await changeIndexes(await indexChanges());
    expect(await indexChanges()).toEqual([]);
  }
  const stored = async () => {
    const all = await collection().listIndexes().toArray();
    return all.filter((index) => index.name !== '_id_').map(({ v: _, ...index }) => index);
  };

  it('are made with their collection, and what is there stays', async () => {
    await declare([{ a: 1 }]);
    await declare([{ a: 1 }], [{ a: 1, b: -1 }], [{ at: 1 }, { expireAfterSeconds: 60 }]);
    expect(await stored()).toEqual([
      { key: { a: 1 }, name: 'a_1' },
      { key: { a: 1, b: -1 }, name: 'a_1_b_-1' },
      { key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
    ]);
  });

  it('that have changed are built beside the old one, which goes then', async () => {
    await declare([{ a: 1 }]);
    await declare([{ a: 1 }, { unique: true }]);
    expect(await stored()).toEqual([{ key: { a: 1 }, name: 'a_1_b', unique: true }]);
    const partial = { unique: true, partialFilterExpression: { open: true } };
    await declare([{ a: 1 }, partial]);
    expect(await stored()).toEqual([{ key: { a: 1 }, name: 'a_1', ...partial }]);
    await collection().insertMany([{ a: 1 }, { a: 1, open: true }]);
    await expect(collection().insertOne({ a: 1, open: true })).rejects.toMatchObject({ code: 11000 });
  });

  it('that were changed and broken off between the two steps are put right at the next start', async () => {
    await declare([{ a: 1 }]);
    await collection().createIndex({ a: 1 }, { unique: true, name: 'a_1_b' });
    await declare([{ a: 1 }, { unique: true }]);
    expect(await stored()).toEqual([{ key: { a: 1 }, name: 'a_1_b', unique: true }]);
    await collection().createIndex({ a: 1 }, { name: 'a_1' });
    const partial = { partialFilterExpression: { open: true } };
    await declare([{ a: 1 }, partial]);
    expect(await stored()).toEqual([{ key: { a: 1 }, name: 'a_1', ...partial }]);
  });

  it('change the time that they keep documents without being built anew, and lose it', async () => {
    await declare([{ at: 1 }]);
    await declare([{ at: 1 }, { expireAfterSeconds: 60 }]);
    await declare([{ at: 1 }, { expireAfterSeconds: 90 }]);
    expect(await stored()).toEqual([{ key: { at: 1 }, name: 'at_1', expireAfterSeconds: 90 }]);
    await declare([{ at: 1 }]);
    expect(await stored()).toEqual([{ key: { at: 1 }, name: 'at_1' }]);
  });

  it("leave an operator's own alone, and one that is declared no more", async () => {
    await declare([{ a: 1 }], [{ gone: 1 }]);
    await collection().createIndex({ a: 1 }, { name: 'report', partialFilterExpression: { n: 1 } });
    await declare([{ a: 1 }, { unique: true }]);
    expect((await stored()).map((index) => index.name).sort()).toEqual(['a_1_b', 'gone_1', 'report']);
  });

  it('that the documents contradict are refused in one sentence without what people wrote', async () => {
    await declare([{ 'who.name': 1, n: 1 }]);
    const twice = { who: { name: 'Dao Kamon' }, n: 1, open: true };
    const others = [
      { who: { name: 'Dao Kamon' }, n: 2, open: true },
      { n: 3, open: true },
      { n: 3, open: true },
    ];
    await collection().insertMany([{ ...twice }, { ...twice }, { ...twice }, ...others, { ...twice, open: false }]);
    const unique = { unique: true, partialFilterExpression: { open: true } };
    await expect(declare([{ 'who.name': 1, n: 1 }, unique])).rejects.toMatchObject({
      code: 'store.duplicates',
      details: {
        say: `In the collection ${name} no two documents may have the same who.name and n, but 5 documents share 2 of them. Mend them, then start again.`,
      },
    });
    expect((await stored()).map((index) => index.name)).toEqual(['who.name_1_n_1']);
    mongoose.deleteModel(name);
  });
});
