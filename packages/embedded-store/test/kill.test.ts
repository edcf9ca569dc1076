import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkStore, startEmbeddedStore } from '../src/index.ts';
import { builtStore } from './built.ts';
import { newFolder } from './stores.ts';

/** How often it is killed, and from which seed: `KILLS=300` for long. */
const KILLS = Number(process.env.KILLS ?? 4);
const SEED = Number(process.env.SEED ?? 11);

/**
 * Writes one document alone and two in a transaction, over and over, beside an update of many and a new index, which go in slices; says
 * each number once it is acknowledged.
 */
const WRITER = `
  import { mongo } from 'mongoose';
  const { startEmbeddedStore } = await import(process.argv[2]);
  const store = await startEmbeddedStore({ dataDir: process.argv[3] });
  const client = await new mongo.MongoClient(store.uri).connect();
  const db = client.db('kill');
  await db.collection('pairs').createIndex({ n: 1, side: 1 }, { unique: true });
  await db.collection('many').drop();
  const many = db.collection('many');
  await many.insertMany(Array.from({ length: 500 }, () => ({ n: 0, text: 'x'.repeat(200) })));
  const beside = async () => {
    for (;;) {
      await many.updateMany({}, { $inc: { n: 1 } });
      await many.createIndex({ n: 1 });
      await many.dropIndex('n_1');
    }
  };
  void beside();
  const session = client.startSession();
  for (let n = Number(process.argv[4]); ; n++) {
    await db.collection('singles').insertOne({ _id: n });
    session.startTransaction();
    await db.collection('pairs').insertOne({ n, side: 'left' }, { session });
    await db.collection('pairs').insertOne({ n, side: 'right' }, { session });
    await db.collection('singles').updateOne({ _id: n }, { $set: { paired: true } }, { session });
    await session.commitTransaction();
    console.log(n);
  }
`;

describe('the embedded store, killed', () => {
  const { folder, remove } = newFolder();
  let start = '';
  beforeAll(() => {
    start = builtStore(folder);
    writeFileSync(join(folder, 'writer.mjs'), WRITER);
  });
  afterAll(remove);

  function write(dataDir: string, from: number): ChildProcess {
    return spawn(process.execPath, [join(folder, 'writer.mjs'), start, dataDir, String(from)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Kills the writer after as many acknowledgements as the seed says plus a part of a turn; gives the last one. */
  async function killedAfter(writer: ChildProcess, count: number, spinUs: number): Promise<number> {
    if (!writer.stdout) throw new Error('no output');
    const ended = new Promise((resolve) => writer.once('exit', resolve));
    let last = -1;
    let left = count;
    for await (const line of createInterface({ input: writer.stdout })) {
      last = Number(line);
      if (--left > 0) continue;
      const until = process.hrtime.bigint() + BigInt(spinUs) * 1_000n;
      while (process.hrtime.bigint() < until);
      writer.kill('SIGKILL');
    }
    await ended;
    return last;
  }

  it(`has every acknowledged write, no half transaction and no half index, after each of ${KILLS} kills (seed ${SEED})`, async () => {
    const dataDir = join(folder, 'data');
    let from = 0;
    for (let seed = SEED; seed < SEED + KILLS; seed++) {
      const last = await killedAfter(write(dataDir, from), 5 + (seed % 17), (seed * 3_970) % 9_000);
      const store = await startEmbeddedStore({ dataDir });
      const client = await new mongo.MongoClient(store.uri).connect();
      const db = client.db('kill');
      const singles = await db
        .collection<{ _id: number; paired?: boolean | undefined }>('singles')
        .find({}, { sort: { _id: 1 } })
        .toArray();
      const pairs = await db
        .collection('pairs')
        .find({}, { sort: { n: 1, side: 1 } })
        .toArray();
      const whole = singles.filter(({ paired }) => paired).map(({ _id }) => _id);
      expect(last).toBeGreaterThanOrEqual(from + 4);
      expect(whole).toEqual(expect.arrayContaining(Array.from({ length: last - from + 1 }, (_, i) => from + i)));
      expect(pairs.map(({ n, side }) => `${n} ${side}`)).toEqual(whole.flatMap((n) => [`${n} left`, `${n} right`]));
      // an index that was not finished is gone, one that was holds everything
      expect(await checkStore(dataDir)).toMatchObject({ damage: [] });
      from = (singles.at(-1)?._id ?? -1) + 1;
      await client.close();
      await store.close();
    }
  });
});
