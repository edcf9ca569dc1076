import fc from 'fast-check';
import { mongo } from 'mongoose';
import { afterAll, expect, it } from 'vitest';
import { decided, type Told } from './decided.ts';
import { type Question, round, type Thing, type Things, text } from './questions.ts';
import { realServerUri, useDatabase } from './stores.ts';

const real = realServerUri();

/** How many answers are compared at least, and from which seed: `COMPARISONS=100000` for long. */
const COMPARISONS = Number(process.env.COMPARISONS ?? 1_000);
const SEED = Number(process.env.SEED ?? 20_241);
/** How many rounds go on at once: none has anything to do with another. */
const AT_ONCE = 4;

const replace = (docs: Thing[]) => async (things: Things) => {
  await things.deleteMany({});
  if (docs.length > 0) await things.insertMany(docs);
};

async function answer({ ask }: Question, things: Things): Promise<Told> {
  try {
    return { told: text(await ask(things)), code: undefined, apart: false };
  } catch (failure) {
    if (!(failure instanceof mongo.MongoServerError) || isAway(failure)) throw failure;
    return { told: 'refused', code: failure.code, apart: /embedded store/.test(failure.message) };
  }
}

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
  if (!theirs) throw new Error('no real server');
  const differences: string[] = [];
  let compared = 0;
  let refused = 0;
  const kinds: Record<string, number> = {};
  let ended = 0;
  const compareRound = async (seed: number): Promise<void> => {
    const [{ docs, index: indexes, questions } = { docs: [], index: [], questions: [] }] = fc.sample(round, {
      seed,
      numRuns: 1,
    });
    const both = [at.db.collection<Thing>(`t${seed}`), theirs.collection<Thing>(`t${seed}`)] as const;
    await Promise.all(both.map((things) => things.insertMany(docs)));
    await Promise.all(both.map((things) => indexes.length > 0 && things.createIndexes(indexes)));
    for (const question of questions) {
      const before = await both[0].find({}, { sort: { _id: 1 } }).toArray();
      const [ours, real] = await Promise.all([answer(question, both[0]), answer(question, both[1])]);
      compared++;
      const bare = async (on: mongo.Db): Promise<Things> => {
        const scratch = on.collection<Thing>(`bare${seed}`);
        await replace(before)(scratch);
        return scratch;
      };
      const differs = ours.told !== real.told;
      const kind =
        differs && !ours.apart
          ? await decided({ question, ours, real, before, bare: () => bare(theirs), own: () => bare(at.db) })
          : undefined;
      if (ours.apart) refused++;
      else if (kind !== undefined) kinds[kind] = (kinds[kind] ?? 0) + 1;
      else if (differs) {
        const told = `${ours.told} ${ours.code} not ${real.told} ${real.code}`;
        differences.push(`${seed} ${text(before)} ${text(indexes)} ${question.said}: ${told}`);
        if (COMPARISONS > 10_000) console.log(differences.at(-1));
      }
      // many are changed up to the one that cannot be, or none at all: both go on from what was there
      if (question.changes && (ours.told === 'refused' || differs)) await Promise.all(both.map(replace(before)));
    }
    const scratch = [theirs, at.db].map((on) => on.collection(`bare${seed}`));
    await Promise.all([...both, ...scratch].map((things) => things.drop()));
  };
  let seed = SEED;
  const compareSome = async (): Promise<void> => {
    while (compared < COMPARISONS && differences.length < 20) {
      if (seed % 100 === 0 && COMPARISONS > 10_000) console.log({ seed, compared, ended, ...kinds });
      try {
        await compareRound(seed++);
      } catch (failure) {
        if (!isAway(failure)) throw failure;
        ended++;
        await expect.poll(() => theirs.command({ listCollections: 1 }).catch(() => undefined)).toBeDefined();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, compareSome));
  expect(differences).toEqual([]);
  if (COMPARISONS > 10_000) console.log({ compared, refused, ended, ...kinds });
  // no rule excuses what is common
  for (const often of [ended, ...Object.values(kinds)]) expect(often).toBeLessThan(2 + compared / 100);
  expect(refused).toBeLessThan(compared / 10);
});
