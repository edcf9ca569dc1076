import fc from 'fast-check';
import { Query } from 'mingo';
import { mongo } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { direction, documents, filter, path, scalar } from './arbitrary.ts';
import { realServerUri, useDatabase } from './stores.ts';

const real = realServerUri();
const RUNS = { numRuns: 60, seed: 20_241 };

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
    const several = fc
      .tuple(fc.array(scalar, { minLength: 2, maxLength: 4 }), filter)
      .map(([$in, where]): mongo.Document => ({ $and: [{ c: { $in } }, where] }));
    const run = async (docs: { _id: number }[], where: mongo.Document, by: mongo.Document): Promise<void> => {
      const plain = at.db.collection<{ _id: number }>(`plain${++made}`);
      const indexed = at.db.collection<{ _id: number }>(`indexed${made}`);
      await indexed.createIndexes([
        { key: { c: 1 } },
        { key: { 'd.x': -1, c: 1 } },
        { key: { c: 1, 'd.x': 1, _id: 1 } },
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
    await fc.assert(fc.asyncProperty(documents, fc.oneof(filter, several), sort, run), RUNS);
  });

  it('compares texts by their UTF-8', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 4 });
    const alike = fc.tuple(fc.constantFrom('', 'a', '\0', '\uffee', '\u{1f600}'), text).map((parts) => parts.join(''));
    const run = async (texts: readonly string[], bound: string): Promise<void> => {
      const things = await filled(
        at.db,
        texts.map((a, _id) => ({ _id, a })),
      );
      const found = await things.find({ a: { $gt: bound } }).toArray();
      const behind = texts.flatMap((a, _id) => (Buffer.compare(Buffer.from(a), Buffer.from(bound)) > 0 ? [_id] : []));
      expect(found.map(({ _id }) => _id)).toEqual(behind);
    };
    await fc.assert(fc.asyncProperty(fc.array(alike, { minLength: 1, maxLength: 12 }), alike, run), {
      ...RUNS,
      numRuns: 20,
    });
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
});
