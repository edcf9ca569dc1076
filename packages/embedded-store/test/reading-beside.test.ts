import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_FILE } from '../src/check.ts';
import { newOpCounters } from '../src/engine/opcounters.ts';
import { Reads } from '../src/reads.ts';
import { builtStore } from './built.ts';
import { newFolder, useDatabase } from './stores.ts';

type Thing = { _id: number; n: number };

const things = (count: number): Thing[] => Array.from({ length: count }, (_, _id) => ({ _id, n: count - _id }));

describe('reads that are left to those beside', () => {
  const at = useDatabase(undefined, { readHereMs: 0 });

  it('see what was acknowledged before, documents and collections alike', async () => {
    for (let round = 0; round < 30; round++) {
      const collection = at.db.collection<Thing>(`made_${round}`);
      await collection.insertMany(things(3));
      await collection.createIndex({ n: round % 2 ? 1 : -1 });
      expect(await collection.countDocuments({ n: { $gt: 0 } })).toBe(3);
      expect(
        await collection
          .find({ n: 2 })
          .hint({ n: round % 2 ? 1 : -1 })
          .toArray(),
      ).toEqual([{ _id: 1, n: 2 }]);
      await collection.updateOne({ _id: 1 }, { $set: { n: -5 } });
      expect(await collection.distinct('n')).toEqual([-5, 1, 3]);
      await collection.rename(`moved_${round}`);
      expect(await at.db.collection(`moved_${round}`).countDocuments()).toBe(3);
      expect(await collection.find().toArray()).toEqual([]);
      await at.db.collection(`moved_${round}`).drop();
    }
    expect(await at.db.listCollections().toArray()).toEqual([]);
  });

  it('see nothing of a transaction before its commit, and all of it after', async () => {
    const collection = at.db.collection<Thing>('committed');
    await collection.insertMany(things(2));
    await at.client.withSession(async (session) => {
      session.startTransaction();
      await collection.insertOne({ _id: 9, n: 9 }, { session });
      expect(await collection.find({ n: 9 }, { session }).toArray()).toHaveLength(1);
      expect(await collection.find({ n: 9 }).toArray()).toEqual([]);
      await session.commitTransaction();
    });
    expect(await collection.find({ n: 9 }).toArray()).toHaveLength(1);
  });

  it('keep cursors until they are read, killed, or their session ends', async () => {
    const collection = at.db.collection<Thing>('cursors');
    await collection.insertMany(things(10));
    expect(await collection.find({}, { batchSize: 3, sort: { n: 1 } }).toArray()).toEqual(things(10).toReversed());
    const begun = async (options: mongo.RunCommandOptions = {}): Promise<mongo.Long> => {
      const { cursor } = await at.db.command({ find: 'cursors', batchSize: 2 }, { ...options, promoteLongs: false });
      return cursor.id;
    };
    const more = (id: mongo.Long, options: mongo.RunCommandOptions = {}) =>
      at.db.command({ getMore: id, collection: 'cursors', batchSize: 2 }, options);
    const killed = await begun();
    expect(await more(killed)).toMatchObject({ cursor: { nextBatch: [{ _id: 2 }, { _id: 3 }] } });
    expect(await at.db.command({ killCursors: 'cursors', cursors: [killed] })).toMatchObject({
      cursorsKilled: [killed.toNumber()],
    });
    await expect(more(killed)).rejects.toMatchObject({ code: 43 });
    const session = at.client.startSession();
    const ofSession = await begun({ session });
    expect(await more(ofSession, { session })).toMatchObject({ cursor: { nextBatch: [{ _id: 2 }, { _id: 3 }] } });
    await at.client.db('admin').command({ endSessions: [session.id] });
    await expect(more(ofSession)).rejects.toMatchObject({ code: 43 });
    const ofDropped = await begun();
    await collection.drop();
    await expect(at.db.command({ getMore: ofDropped, collection: 'cursors' })).rejects.toMatchObject({ code: 175 });
    await session.endSession();
  });

  it('end when their time is over', async () => {
    const collection = at.db.collection<Thing>('timed');
    await collection.insertMany(things(20_000));
    await expect(collection.find({ n: -1 }, { maxTimeMS: 1 }).toArray()).rejects.toMatchObject({ code: 50 });
  });
});

describe('the time that a cursor may take', () => {
  const at = useDatabase();

  it('passes while it is read, and not while it rests between two batches', async () => {
    await at.db.collection<Thing>('timed').insertMany(things(3_000));
    let [now, pace] = [0, 0];
    const reads = new Reads(join(at.folder, STORE_FILE), 0, () => (now += pace));
    const from = { db: at.db.databaseName, session: '', opcounters: newOpCounters(), host: '', now: 0, mostMs: 400 };
    const answer = (name: string, command: mongo.Document): mongo.Document =>
      mongo.BSON.deserialize(reads.answer({ ...from, name, body: mongo.BSON.serialize(command) }));
    const { cursor } = answer('find', { find: 'timed', batchSize: 2 });
    const more = (batchSize: number): mongo.Document => {
      const getMore = mongo.Long.fromNumber(cursor.id);
      return answer('getMore', { getMore, collection: 'timed', batchSize });
    };
    for (let round = 0; round < 20; round++) {
      now += 300;
      expect(more(50)).toMatchObject({ ok: 1 });
    }
    pace = 300;
    expect(more(2_000)).toMatchObject({ code: 50 });
    reads.close();
  });
});

describe('a long read, in the thread of reads', () => {
  const { folder, remove } = newFolder();
  const MANY = 20_000;
  let server: ChildProcess;
  let reader: mongo.MongoClient;
  let other: mongo.MongoClient;
  const thingsOf = (client: mongo.MongoClient) => client.db('long').collection<Thing>('things');

  beforeAll(async () => {
    const start = builtStore(join(folder, 'built'));
    const script = `
      import { startEmbeddedStore } from ${JSON.stringify(start)};
      const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(join(folder, 'data'))} });
      process.once('SIGTERM', () => void store.close());
      console.log(store.uri);
    `;
    writeFileSync(join(folder, 'built/run.mjs'), script);
    server = spawn(process.execPath, [join(folder, 'built/run.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (!server.stdout) throw new Error('no output');
    const [uri] = await once(createInterface({ input: server.stdout }), 'line');
    reader = new mongo.MongoClient(String(uri), { monitorCommands: true });
    other = new mongo.MongoClient(String(uri));
    await thingsOf(reader).insertMany(things(MANY));
  });

  afterAll(async () => {
    await reader.close();
    await other.close();
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    remove();
  });

  it('is of one moment, whatever is written meanwhile, and not of an earlier one', async () => {
    const sum = async (): Promise<unknown> => {
      const [told] = await thingsOf(reader)
        .aggregate([{ $group: { _id: null, n: { $sum: '$n' } } }])
        .toArray();
      return told?.n;
    };
    const whole = (MANY * (MANY + 1)) / 2;
    let over = false;
    const moving = (async () => {
      for (let amount = 1; !over; amount++) {
        const moves = [0, MANY - 1].map((_id, place) => ({
          updateOne: { filter: { _id }, update: { $inc: { n: place === 0 ? -amount : amount } } },
        }));
        await thingsOf(other).bulkWrite(moves);
      }
    })();
    for (let round = 0; round < 5; round++) expect(await sum()).toBe(whole);
    over = true;
    await moving;
    for (let more = 1; more <= 5; more++) {
      await thingsOf(other).insertOne({ _id: MANY + more, n: 1_000 });
      expect(await sum()).toBe(whole + more * 1_000);
    }
  });

  // the last one: what it begins ends with the server
  it('holds up neither a ping, nor a read, nor a write of others', async () => {
    const begun = once(reader, 'commandStarted');
    const $lookup = { from: 'things', localField: 'n', foreignField: 'missing', as: 'found' };
    const done: string[] = [];
    thingsOf(reader)
      .aggregate([{ $lookup }, { $count: 'n' }])
      .toArray()
      .catch(() => undefined)
      .finally(() => done.push('what takes minutes'));
    await begun;
    await thingsOf(other).findOne({ _id: 1 });
    await other.db('long').command({ ping: 1 });
    await thingsOf(other).updateOne({ _id: 5 }, { $set: { n: 5 } });
    expect(await thingsOf(other).findOne({ _id: 5 })).toEqual({ _id: 5, n: 5 });
    expect(done).toEqual([]);
  });
});
