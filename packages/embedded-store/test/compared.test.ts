import fc from 'fast-check';
import { mongo } from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { direction, documents, filter, scalar, update } from './arbitrary.ts';
import { realServerUri, useDatabase } from './stores.ts';

const real = realServerUri();

/** How many answers are compared at least, and from which seed: `COMPARISONS=100000` for long. */
const COMPARISONS = Number(process.env.COMPARISONS ?? 1_000);
const SEED = Number(process.env.SEED ?? 20_241);

type Question = (things: mongo.Collection<{ _id: number }>) => Promise<unknown>;

/** What MongoDB sorts and groups without opening an array. */
const plain = fc.constantFrom('c', 'd', 'd.x');
const paging = fc.record({ skip: fc.nat({ max: 3 }), limit: fc.nat({ max: 4 }) });
const projection = fc.constantFrom<mongo.Document>(
  {},
  { a: 1 },
  { a: 0, 'd.x': 0 },
  { 'd.x': 1, _id: 0, c: 1 },
  { 'b.x': 1, 'a.y': 1 },
);
const change = update.map((each): mongo.Document => each);
const asked: fc.Arbitrary<[string, Question]> = fc.oneof(
  fc
    .tuple(filter, plain, direction, paging, projection)
    .map(([where, by, way, page, fields]): [string, Question] => [
      `find ${text([where, by, way, page, fields])}`,
      (things) => things.find(where, { ...page, sort: { [by]: way, _id: 1 }, projection: fields }).toArray(),
    ]),
  filter.map((where): [string, Question] => [`count ${text(where)}`, (things) => things.countDocuments(where)]),
  fc
    .tuple(plain, filter)
    .map(([at, where]): [string, Question] => [
      `distinct ${at} ${text(where)}`,
      async (things) => (await things.distinct(at as '_id', where)).map(text).toSorted(),
    ]),
  fc.tuple(filter, fc.constantFrom('_id', 'c')).map(([where, by]): [string, Question] => [
    `group ${by} ${text(where)}`,
    async (things) => {
      const stages = [{ $match: { ...where, c: { $exists: true } } }, { $group: { _id: `$${by}`, n: { $sum: 1 } } }];
      return (await things.aggregate(stages).toArray()).map(text).toSorted();
    },
  ]),
  fc.tuple(filter, change, fc.boolean(), fc.boolean()).map(([where, change, many, upsert]): [string, Question] => [
    `update ${text([where, change, many, upsert])}`,
    async (things) => {
      const options = { upsert: upsert && '_id' in where };
      const told = await (many
        ? things.updateMany(where, change, options)
        : things.updateOne({ ...where, _id: 0 }, change, options));
      const { matchedCount, upsertedCount } = told;
      // DocumentDB counts what was set to what it was
      const modifiedCount = '$inc' in change || '$mul' in change ? 0 : told.modifiedCount;
      return {
        matchedCount,
        modifiedCount,
        upsertedCount,
        after: await things.find({}, { sort: { _id: 1 } }).toArray(),
      };
    },
  ]),
  fc
    .tuple(plain, scalar)
    .map(([at, value]): [string, Question] => [
      `delete ${at} ${text(value)}`,
      (things) => things.deleteMany({ [at]: { $gt: value } }),
    ]),
);
const index = fc.constantFrom<mongo.IndexDescription[]>(
  [],
  [{ key: { c: 1 } }],
  [{ key: { 'd.x': -1, c: 1 } }, { key: { c: -1 } }],
  [{ key: { d: 1 }, partialFilterExpression: { c: { $gte: 0 } } }],
);
const round = fc.record({ docs: documents, index, questions: fc.array(asked, { minLength: 30, maxLength: 30 }) });

function text(value: unknown): string {
  return mongo.BSON.EJSON.stringify(value, { relaxed: true });
}

/** What comes of a question; every refusal is one, whatever its code. `apart`: by the store's own limits, which MongoDB has not. */
async function answer(
  question: Question,
  things: mongo.Collection<{ _id: number }>,
): Promise<{ told: string; apart: boolean }> {
  try {
    return { told: text(await question(things)), apart: false };
  } catch (failure) {
    if (!(failure instanceof mongo.MongoServerError) || isAway(failure)) throw failure;
    return { told: 'refused', apart: /embedded store/.test(failure.message) };
  }
}

type Told = { told: string; apart: boolean } | undefined;

/** Where the real server is not MongoDB, and its manual decides: PostgreSQL with DocumentDB. */
const DECIDED: readonly ((said: string, ours: Told, real: Told) => boolean)[] = [
  // what is no number is refused (14)
  (said, ours) => /^update .*"\$(inc|mul)"/.test(said) && ours?.told === 'refused',
  // a bound of an element can be asked of any field, with an index of it too
  (said, _ours, real) => /"\$elemMatch":\{"\$gte"/.test(said) && real?.told === 'refused',
  // each part of $or counts by itself
  (said) => /"\$or":.*"\$in":\[null\]/.test(said) && /"\$exists":false/.test(said),
];

/** PostgreSQL's own words for having been ended by a question, and beginning anew. */
const isAway = (failure: unknown): boolean => /server is not available|closed the connection/.test(String(failure));

const at = useDatabase();
const client = real ? new mongo.MongoClient(real) : undefined;
const name = `compared_${new mongo.ObjectId().toHexString()}`;

afterAll(async () => {
  await client?.db(name).dropDatabase();
  await client?.close();
});

it.runIf(real)(`answers as the real server does, ${COMPARISONS} times (seed ${SEED})`, async () => {
  const theirs = client?.db(name);
  const differences: string[] = [];
  let compared = 0;
  let refused = 0;
  let decided = 0;
  let ended = 0;
  const compareRound = async (seed: number): Promise<void> => {
    const [{ docs, index: indexes, questions } = { docs: [], index: [], questions: [] }] = fc.sample(round, {
      seed,
      numRuns: 1,
    });
    const both = [at.db, theirs].flatMap((db) => (db ? [db.collection<{ _id: number }>(`t${seed}`)] : []));
    await Promise.all(both.map((things) => things.insertMany(docs)));
    await Promise.all(both.map((things) => indexes.length > 0 && things.createIndexes(indexes)));
    for (const [said, question] of questions) {
      const [ours, real] = await Promise.all(both.map((things) => answer(question, things)));
      compared++;
      const differs = ours?.told !== real?.told;
      if (ours?.apart) refused++;
      else if (differs && DECIDED.some((decides) => decides(said, ours, real))) decided++;
      else if (differs)
        differences.push(`${seed} ${text(docs)} ${text(indexes)} ${said}: ${ours?.told} not ${real?.told}`);
      // many are changed up to the one that cannot be, or none at all: both go on from different documents
      if (/^(update|delete)/.test(said) && (ours?.told === 'refused' || differs)) break;
    }
    await Promise.all(both.map((things) => things.drop()));
  };
  for (let seed = SEED; compared < COMPARISONS && differences.length < 20; seed++) {
    try {
      await compareRound(seed);
    } catch (failure) {
      if (!isAway(failure)) throw failure;
      ended++;
      await expect.poll(() => theirs?.command({ listCollections: 1 }).catch(() => undefined)).toBeDefined();
    }
  }
  expect(ended + decided).toBeLessThan(1 + compared / 1_000);
  expect(differences).toEqual([]);
  expect(refused).toBeLessThan(compared / 10);
});
