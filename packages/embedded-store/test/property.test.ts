import fc from 'fast-check';
import { Query } from 'mingo';
import { mongo } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { realServerUri, useDatabase } from './stores.ts';

const real = realServerUri();
const RUNS = { numRuns: 60, seed: 20_241 };

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 3 }),
  fc.constantFrom('', 'a', 'b', 0.5, null, true, false),
  fc.constant(new Date(5)),
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ x: scalar }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.array(fc.record({ x: scalar, y: scalar }, { requiredKeys: [] }), { maxLength: 2 }) },
);
const part = fc.record({ x: scalar }, { requiredKeys: [] });
const document = fc.record({ a: value, b: value, c: scalar, d: fc.oneof(scalar, part) }, { requiredKeys: [] });
const documents = fc
  .array(document, { minLength: 3, maxLength: 12 })
  .map((docs) => docs.map((doc, _id) => ({ _id, ...doc })));
const path = fc.constantFrom('a', 'b', 'c', 'd', 'a.x', 'b.x', 'b.y', 'd.x');
const operators = fc.oneof(
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar)
    .map(([name, operand]) => ({ [name]: operand })),
  fc
    .tuple(fc.constantFrom('$in', '$nin'), fc.array(scalar, { maxLength: 3 }))
    .map(([name, operand]) => ({ [name]: operand })),
  fc.boolean().map(($exists) => ({ $exists })),
  fc.integer({ min: 0, max: 2 }).map(($size) => ({ $size })),
  scalar.map(($gte) => ({ $elemMatch: { $gte } })),
  scalar.map((x) => ({ $elemMatch: { x } })),
  scalar.map(($gt) => ({ $not: { $gt } })),
);
const condition = fc.tuple(path, fc.oneof(operators, scalar)).map(([at, test]): mongo.Document => ({ [at]: test }));
const filter = fc.oneof(
  { weight: 3, arbitrary: condition },
  { weight: 1, arbitrary: fc.array(condition, { minLength: 1, maxLength: 3 }).map(($and) => ({ $and })) },
  { weight: 1, arbitrary: fc.array(condition, { minLength: 1, maxLength: 3 }).map(($or) => ({ $or })) },
);
const direction = fc.constantFrom<1 | -1>(1, -1);
const update = fc.oneof(
  fc.tuple(path, value).map(([at, to]) => ({ $set: { [at]: to } })),
  // Only here: on the way through a number MongoDB lets these two be, and the real server of the tests refuses them.
  fc.constantFrom('a', 'b', 'c').map((at) => ({ $unset: { [at]: '' } })),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), scalar).map(([at, to]) => ({ $pull: { [at]: to } })),
  fc
    .tuple(path, fc.constantFrom('$inc', '$min', '$max'), fc.integer({ min: -2, max: 3 }))
    .map(([at, name, n]) => ({ [name]: { [at]: n } })),
  fc.tuple(path, fc.constantFrom('$push', '$addToSet'), scalar).map(([at, name, to]) => ({ [name]: { [at]: to } })),
  fc
    .tuple(path, fc.constantFrom('$push', '$addToSet'), fc.array(scalar, { maxLength: 2 }))
    .map(([at, name, $each]) => ({ [name]: { [at]: { $each } } })),
  fc.tuple(scalar, scalar).map(([a, c]) => ({ $set: { a, 'b.z': c }, $setOnInsert: { c: 1 } })),
);

describe('the embedded store on arbitrary data', () => {
  const at = useDatabase();
  const client = real ? new mongo.MongoClient(real) : undefined;
  const name = `property_${new mongo.ObjectId().toHexString()}`;
  let made = 0;

  afterAll(async () => {
    await client?.db(name).dropDatabase();
    await client?.close();
  });

  const filled = async (db: mongo.Db, docs: { _id: number }[]): Promise<mongo.Collection<{ _id: number }>> => {
    const things = db.collection<{ _id: number }>('things');
    await things.deleteMany({});
    await things.insertMany(docs);
    return things;
  };

  it('finds and sorts the same with indexes as without', async () => {
    const sort = fc
      .tuple(path, direction, path, direction)
      .map(([p, d, q, e]): mongo.Document => ({ [p]: d, [q]: e, _id: 1 }));
    const run = async (docs: { _id: number }[], where: mongo.Document, by: mongo.Document): Promise<void> => {
      const plain = at.db.collection<{ _id: number }>(`plain${++made}`);
      const indexed = at.db.collection<{ _id: number }>(`indexed${made}`);
      await indexed.createIndexes([
        { key: { c: 1 } },
        { key: { 'd.x': -1, c: 1 } },
        { key: { 'd.x': 1 }, partialFilterExpression: { c: { $gte: 0 } } },
      ]);
      for (const things of [plain, indexed]) await things.insertMany(docs);
      const answers = [plain, indexed].map((things) =>
        things
          .find(where)
          .sort(by)
          .toArray()
          .catch((failure: Error) => failure.message),
      );
      const [left, right] = await Promise.all(answers);
      expect(right).toEqual(left);
    };
    await fc.assert(fc.asyncProperty(documents, filter, sort, run), RUNS);
  });

  it.runIf(!real)('finds what mingo finds', async () => {
    const flat = fc.array(fc.record({ a: fc.integer({ min: 0, max: 4 }), b: fc.constantFrom('x', 'y') }), {
      minLength: 1,
      maxLength: 12,
    });
    const simple = fc.tuple(
      fc.constantFrom('$eq', '$ne', '$gt', '$lte'),
      fc.integer({ min: 0, max: 4 }),
      fc.constantFrom('x', 'y'),
    );
    const run = async (rows: { a: number; b: string }[], [operator, n, b]: [string, number, string]): Promise<void> => {
      const docs = rows.map((row, _id) => ({ _id, ...row }));
      const where = { $or: [{ a: { [operator]: n } }, { b }] };
      const things = await filled(at.db, docs);
      expect(await things.find(where, { sort: { _id: 1 } }).toArray()).toEqual(new Query(where).find(docs).all());
    };
    await fc.assert(fc.asyncProperty(flat, simple, run), RUNS);
  });

  it.runIf(real)(
    'finds, sorts and updates what the real server does',
    async () => {
      if (!client) return;
      const run = async (
        docs: { _id: number }[],
        where: mongo.Document,
        change: mongo.Document,
        way: 1 | -1,
      ): Promise<void> => {
        const outcome = async (db: mongo.Db): Promise<unknown> => {
          const things = await filled(db, docs);
          const found = await things.find(where).sort({ c: way, _id: 1 }).toArray();
          const failed = await things.updateOne({ $and: [where, { _id: 0 }] }, change).then(
            () => false,
            () => true,
          );
          return { found, failed, after: await things.find({}, { sort: { _id: 1 } }).toArray() };
        };
        const [ours, theirs] = await Promise.all([outcome(at.db), outcome(client.db(name))]);
        expect(ours).toEqual(theirs);
      };
      await fc.assert(fc.asyncProperty(documents, filter, update, direction, run), RUNS);
    },
    120_000,
  );
});
