import fc from 'fast-check';
import type { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

type Thing = { _id: string; n: number; told?: number[]; kind: string };

const MANY = 150;
const idOf = (place: number): string => `thing ${String(place).padStart(4, '0')}`;
const things = (): Thing[] => Array.from({ length: MANY }, (_, place) => ({ _id: idOf(place), n: 0, kind: 'old' }));

describe.each(servers())('a batch of updates that name documents on the $name server', ({ uri }) => {
  const at = useDatabase(uri);
  let made = 0;
  const filled = async (): Promise<mongo.Collection<Thing>> => {
    const collection = at.db.collection<Thing>(`things${++made}`);
    await collection.insertMany(things());
    await collection.createIndex({ kind: 1, n: 1 });
    return collection;
  };

  it('does what each of them does by itself, one after the other', async () => {
    const named = (place: number): mongo.AnyBulkWriteOperation<Thing>[] => [
      { updateOne: { filter: { _id: idOf(place) }, update: { $push: { told: place }, $inc: { n: 1 } } } },
    ];
    const operations: mongo.AnyBulkWriteOperation<Thing>[] = [
      ...Array.from({ length: 40 }, (_, place) => named(place)).flat(),
      // twice, by what it became, among others, not any more, and of what is not there yet
      ...[70, 70, 3].flatMap(named),
      { updateOne: { filter: { _id: idOf(70), n: 2 }, update: { $set: { kind: 'met' } } } },
      { updateMany: { filter: { kind: 'old', n: 0 }, update: { $set: { kind: 'idle' } } } },
      { updateOne: { filter: { _id: idOf(71), kind: 'old' }, update: { $set: { kind: 'never' } } } },
      { updateOne: { filter: { kind: 'met' }, update: { $inc: { n: 10 } } } },
      { updateOne: { filter: { _id: 'new' }, update: { $set: { n: 5, kind: 'made' } }, upsert: true } },
      ...['new', idOf(70), 'nobody', idOf(72), idOf(73), idOf(72)].map((_id) => ({
        updateOne: { filter: { _id }, update: { $inc: { n: 1 } } },
      })),
    ];
    const [together, apart] = [await filled(), await filled()];
    const { matchedCount, modifiedCount, upsertedCount } = await together.bulkWrite(operations, { ordered: true });
    const sums = { matchedCount: 0, modifiedCount: 0, upsertedCount: 0 };
    for (const operation of operations) {
      const one = await apart.bulkWrite([operation]);
      sums.matchedCount += one.matchedCount;
      sums.modifiedCount += one.modifiedCount;
      sums.upsertedCount += one.upsertedCount;
    }
    expect({ matchedCount, modifiedCount, upsertedCount }).toEqual(sums);
    const all = (of: mongo.Collection<Thing>) => of.find().sort({ _id: 1 }).toArray();
    expect(await all(together)).toEqual(await all(apart));
    const byIndex = await together.find({ kind: 'old', n: { $gt: 0 } }).toArray();
    expect(byIndex).toHaveLength(40);
  });

  it('leaves nothing of a transaction that is aborted, or in which one is refused', async () => {
    const collection = await filled();
    const updates = things().map(({ _id }) => ({ q: { _id }, u: { $set: { n: 1, kind: 'new' } } }));
    const session = at.client.startSession();
    session.startTransaction();
    await at.db.command({ update: collection.collectionName, updates }, { session });
    expect(await collection.countDocuments({ kind: 'new' }, { session })).toBe(MANY);
    await session.abortTransaction();
    session.startTransaction();
    const refused = [...updates, { q: { _id: idOf(1) }, u: { $inc: { kind: 1 } } }];
    const { n, writeErrors } = await at.db.command(
      { update: collection.collectionName, updates: refused },
      { session },
    );
    expect({ n, code: writeErrors[0].code, index: writeErrors[0].index }).toEqual({ n: MANY, code: 14, index: MANY });
    await session.abortTransaction().catch(() => undefined);
    await session.endSession();
    expect(await collection.countDocuments({ kind: 'old', n: 0 })).toBe(MANY);
    await collection.updateOne({ _id: idOf(0) }, { $set: { n: 7 } });
    expect(await collection.countDocuments({ n: 0 })).toBe(MANY - 1);
  });
});

describe('a batch of updates that gives way', () => {
  const at = useDatabase(undefined, { sliceMs: 0 });

  it('changes each document as others left it', async () => {
    const collection = at.db.collection<Thing>('shared');
    await collection.insertMany(things());
    const updates = things().map(({ _id }) => ({ q: { _id }, u: { $inc: { n: 1 } } }));
    let over = false;
    const work = at.db.command({ update: 'shared', updates }).finally(() => {
      over = true;
    });
    const written = new Map<string, number>();
    for (let turn = 1; !over; turn++) {
      const _id = idOf(MANY - 1 - (turn % 60));
      await collection.updateOne({ _id }, { $inc: { n: 100 } });
      written.set(_id, (written.get(_id) ?? 0) + 100);
    }
    await work;
    expect(written.size).toBeGreaterThan(1);
    const left = await collection.find().toArray();
    expect(left.filter(({ _id, n }) => n !== 1 + (written.get(_id) ?? 0))).toEqual([]);
  });
});

describe('a batch of anything, much of it named by an id or by the whole key of an index', () => {
  const at = useDatabase();
  let made = 0;
  const value = fc.constantFrom('a', 'b', 'c', 'd');
  const key = fc.record({ one: value, two: value });
  const id = fc.nat({ max: 30 }).map(idOf);
  const inc = { $inc: { n: 1 } };
  const update = fc.oneof(
    { weight: 6, arbitrary: key.map((filter) => ({ filter, updateMods: inc })) },
    { weight: 2, arbitrary: id.map((_id) => ({ filter: { _id }, updateMods: inc })) },
    // which may come to be named, or not be any more, by what follows
    fc.tuple(key, value).map(([filter, two]) => ({ filter, updateMods: { $set: { two }, ...inc } })),
    fc.tuple(id, value).map(([_id, one]) => ({ filter: { _id }, updateMods: { $set: { one }, ...inc } })),
    fc.tuple(key, id).map(([filter, _id]) => ({ filter, updateMods: { $setOnInsert: { _id }, ...inc }, upsert: true })),
    value.map((one) => ({ filter: { one }, updateMods: inc, multi: true })),
  );
  const insert = fc.tuple(key, id).map(([fields, _id]) => ({ document: { _id, ...fields, n: 0 } }));
  const remove = fc.oneof(key, fc.record({ _id: id })).map((filter) => ({ filter }));
  const op = fc.oneof(
    { weight: 12, arbitrary: update.map((said) => ({ update: 0, ...said })) },
    insert.map((said) => ({ insert: 0, ...said })),
    remove.map((said) => ({ delete: 0, ...said })),
  );

  async function left(batches: readonly (readonly object[])[]): Promise<mongo.Document[]> {
    const things = at.db.collection<{ _id: string; one: string; two: string; n: number }>(`any${++made}`);
    await things.createIndexes([{ key: { two: 1 } }, { key: { one: 1, two: -1 } }]);
    const [one, two] = ['abcd', 'aabbccdd'];
    const documents = Array.from({ length: 20 }, (_, place) => ({
      _id: idOf(place),
      one: one.charAt(place % 4),
      two: two.charAt(place % 8),
      n: 0,
    }));
    await things.insertMany(documents);
    for (const ops of batches)
      await at.client.db('admin').command({ bulkWrite: 1, ops, nsInfo: [{ ns: things.namespace }], ordered: false });
    return await things.find().sort({ _id: 1 }).toArray();
  }

  it('leaves what each of it leaves by itself, one after the other', async () => {
    const mixed = async (ops: readonly object[]): Promise<void> => {
      const apart = await left(ops.map((one) => [one]));
      expect(await left([ops])).toEqual(apart);
    };
    await fc.assert(fc.asyncProperty(fc.array(op, { minLength: 8, maxLength: 150 }), mixed), { numRuns: 60, seed: 7 });
  });
});
