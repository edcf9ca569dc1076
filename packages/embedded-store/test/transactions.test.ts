import { once } from 'node:events';
import { connect } from 'node:net';
import { present } from '@field/kit/present';
import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';
import { body, message, talk } from './talk.ts';

type Things = mongo.Collection<{ _id: number } & mongo.Document>;

/** Tries a transaction again, as the product does, while the server says that it may work. */
async function inTransaction(
  client: mongo.MongoClient,
  run: (session: mongo.ClientSession) => Promise<void>,
): Promise<void> {
  const session = client.startSession();
  try {
    for (;;) {
      session.startTransaction();
      try {
        await run(session);
        await session.commitTransaction();
        return;
      } catch (failure) {
        if (session.inTransaction()) await session.abortTransaction();
        if (!(failure instanceof mongo.MongoServerError && failure.hasErrorLabel('TransientTransactionError')))
          throw failure;
      }
    }
  } finally {
    await session.endSession();
  }
}

/** A session whose numbers a test chooses, of a client of its own, so that no other test gets it from the pool. */
async function apart(
  uri: string,
): Promise<{ client: mongo.MongoClient; session: mongo.ClientSession; end: () => Promise<void> }> {
  const client = await new mongo.MongoClient(uri).connect();
  return { client, session: client.startSession(), end: () => client.close() };
}

describe.each(servers())('transactions on the $name server', ({ uri }) => {
  const at = useDatabase(uri);

  it('shows own writes inside, and outside only what is committed', async () => {
    const things: Things = at.db.collection('visible');
    await things.insertOne({ _id: 1, n: 1 });
    const session = at.client.startSession();
    session.startTransaction();
    await things.updateOne({ _id: 1 }, { $set: { n: 2 } }, { session });
    await things.insertOne({ _id: 2, n: 2 }, { session });
    expect(await things.countDocuments({ n: 2 }, { session })).toBe(2);
    expect(await things.find({}).toArray()).toEqual([{ _id: 1, n: 1 }]);
    await session.commitTransaction();
    await session.commitTransaction();
    expect(await things.countDocuments({ n: 2 })).toBe(2);
    await session.endSession();
  });

  it('finds by an index what was moved in it, moved again, taken away and put anew', async () => {
    const things: Things = at.db.collection('moved');
    await things.createIndex({ state: 1, n: 1 });
    await things.insertMany(Array.from({ length: 200 }, (_, _id) => ({ _id, state: 'open', n: _id })));
    const inState = async (state: string, session?: mongo.ClientSession) =>
      (
        await things
          .find({ state }, present({ session, hint: { state: 1, n: 1 } }))
          .sort({ n: 1 })
          .toArray()
      ).map(({ _id }) => _id);
    const turned = (state: string, from: number, to: number) =>
      Array.from({ length: to - from }, (_, place) => ({
        updateOne: { filter: { _id: from + place }, update: { $set: { state } } },
      }));
    await inTransaction(at.client, async (session) => {
      await things.bulkWrite(turned('held', 0, 150), { session });
      expect(await inState('held', session)).toHaveLength(150);
      // held, which is where they stand, then done; and back where they were
      await things.bulkWrite([...turned('done', 0, 3), ...turned('open', 3, 150)], { session });
      await things.deleteOne({ _id: 199 }, { session });
      await things.insertOne({ _id: 300, state: 'done', n: 300 }, { session });
      expect(await inState('done', session)).toEqual([0, 1, 2, 300]);
      await things.updateMany({ state: 'done', n: { $lt: 2 } }, { $set: { state: 'gone' } }, { session });
    });
    expect(await inState('held')).toEqual([]);
    expect(await inState('gone')).toEqual([0, 1]);
    expect(await inState('done')).toEqual([2, 300]);
    expect(await inState('open')).toEqual(Array.from({ length: 196 }, (_, place) => place + 3));
  });

  it('leaves nothing of an aborted one', async () => {
    const things: Things = at.db.collection('aborted');
    await things.insertOne({ _id: 1 });
    const session = at.client.startSession();
    session.startTransaction();
    await things.deleteOne({ _id: 1 }, { session });
    await things.insertOne({ _id: 2 }, { session });
    await session.abortTransaction();
    expect(await things.find({}).toArray()).toEqual([{ _id: 1 }]);
    await session.endSession();
  });

  it('ends with its first error, and says so to whoever goes on', async () => {
    const things: Things = at.db.collection('failing');
    await things.insertOne({ _id: 1 });
    const session = at.client.startSession();
    session.startTransaction();
    await things.insertOne({ _id: 2 }, { session });
    await expect(things.insertOne({ _id: 1 }, { session })).rejects.toMatchObject({ code: 11000 });
    const next = await things.findOne({}, { session }).catch((failure: unknown) => failure);
    expect(next).toMatchObject({ code: 251 });
    expect(next instanceof mongo.MongoServerError && next.hasErrorLabel('TransientTransactionError')).toBe(true);
    await session.abortTransaction();
    expect(await things.countDocuments()).toBe(1);
    await session.endSession();
  });

  it('adds up exactly under many writers', async () => {
    const things: Things = at.db.collection('counters');
    await things.insertMany([
      { _id: 1, n: 0 },
      { _id: 2, n: 0 },
    ]);
    const writers = Array.from({ length: 20 }, () =>
      inTransaction(at.client, async (session) => {
        const before = await things.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } }, { session });
        await things.updateOne({ _id: 2 }, { $set: { n: Number(before?.n) + 1 } }, { session });
      }),
    );
    await Promise.all(writers);
    expect(await things.find({}, { sort: { _id: 1 } }).toArray()).toEqual([
      { _id: 1, n: 20 },
      { _id: 2, n: 20 },
    ]);
  });

  it('lets exactly one of fifty take a unique place', async () => {
    const things: Things = at.db.collection('places');
    await things.createIndex({ code: 1 }, { unique: true, partialFilterExpression: { state: 'ACTIVE' } });
    const tries = Array.from({ length: 50 }, (_, i) => things.insertOne({ _id: i, code: 'c', state: 'ACTIVE' }));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = settled.flatMap((each) =>
      each.status === 'rejected' ? [Reflect.get(Object(each.reason), 'code')] : [],
    );
    expect(new Set(codes)).toEqual(new Set([11000]));
    expect(await things.countDocuments()).toBe(1);
  });

  it('applies a retryable write once, however often it comes', async () => {
    const things: Things = at.db.collection('retried');
    const { client, session, end } = await apart(uri ?? at.store.uri);
    const command = {
      findAndModify: 'retried',
      query: { _id: 1 },
      update: { $inc: { n: 1 } },
      upsert: true,
      new: true,
      txnNumber: mongo.Long.fromNumber(1_000),
    };
    const db = client.db(at.db.databaseName);
    const replies = [await db.command(command, { session }), await db.command(command, { session })];
    expect(replies.map(({ value }) => value)).toEqual([
      { _id: 1, n: 1 },
      { _id: 1, n: 1 },
    ]);
    expect(await things.findOne({ _id: 1 })).toEqual({ _id: 1, n: 1 });
    await end();
  });

  it('reads a cursor of its own in batches', async () => {
    const things: Things = at.db.collection('batches');
    await things.insertMany(Array.from({ length: 25 }, (_, _id) => ({ _id })));
    await inTransaction(at.client, async (session) => {
      await things.insertOne({ _id: 25 }, { session });
      expect(await things.find({}, { session, batchSize: 4 }).toArray()).toHaveLength(26);
    });
  });
});

describe('the write turn of the embedded store', () => {
  const at = useDatabase(undefined, { turnWaitMs: 60, idleTransactionMs: 250 });

  it('refuses a write that forgot its session, as transient', async () => {
    const things: Things = at.db.collection('forgotten');
    const session = at.client.startSession();
    session.startTransaction();
    await things.insertOne({ _id: 1 }, { session });
    const refusal = await things.insertOne({ _id: 2 }).catch((failure: unknown) => failure);
    expect(refusal).toMatchObject({ code: 112 });
    expect(refusal instanceof mongo.MongoServerError && refusal.hasErrorLabel('TransientTransactionError')).toBe(true);
    await session.commitTransaction();
    expect(await things.find({}).toArray()).toEqual([{ _id: 1 }]);
    await session.endSession();
  });

  it('passes from an idle transaction, which is aborted', async () => {
    const things: Things = at.db.collection('idle');
    const session = at.client.startSession();
    session.startTransaction();
    await things.insertOne({ _id: 1 }, { session });
    const written = async (): Promise<boolean> =>
      things
        .insertOne({ _id: 2 })
        .then(() => true)
        .catch(() => false);
    await expect.poll(written).toBe(true);
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    expect(await things.find({}).toArray()).toEqual([{ _id: 2 }]);
    await session.endSession();
  });

  it('passes when the session of an open transaction is ended', async () => {
    const things: Things = at.db.collection('ended');
    const { client, session, end } = await apart(at.store.uri);
    const opening = {
      insert: 'ended',
      documents: [{ _id: 1 }],
      txnNumber: mongo.Long.fromNumber(1_000),
      startTransaction: true,
      autocommit: false,
    };
    await client.db(at.db.databaseName).command(opening, { session });
    await at.client.db('admin').command({ endSessions: [session.id] });
    await things.insertOne({ _id: 2 });
    expect(await things.find({}).toArray()).toEqual([{ _id: 2 }]);
    await end();
  });

  it('forgets what a TTL index says is over, at the sweep', async () => {
    const things: Things = at.db.collection('brief');
    await things.createIndex({ at: 1 }, { expireAfterSeconds: 60, partialFilterExpression: { done: true } });
    const old = new Date(Date.now() - 61_000);
    await things.insertMany([
      { _id: 1, at: old, done: true },
      { _id: 2, at: old, done: false },
      { _id: 3, at: new Date(), done: true },
      { _id: 4, at: new Date(0), done: true },
      { _id: 5, at: 'never', done: true },
    ]);
    await at.store.sweep();
    expect(await things.distinct('_id')).toEqual([2, 3, 5]);
  });
});

describe('a client that is gone in the middle of a transaction', () => {
  // no timer gives the turn back before those that wait for it give up
  const at = useDatabase(undefined, { idleTransactionMs: 600_000 });
  const port = (): number => Number(new URL(at.store.uri).port);
  const part = (id: number) => ({
    lsid: { id: new mongo.UUID(`00000000-0000-4000-8000-00000000000${id}`).toBinary() },
    txnNumber: mongo.Long.fromNumber(1),
    autocommit: false,
  });
  const beginning = (id: number): Buffer =>
    message([
      body({ insert: 'gone', documents: [{ _id: id }], ...part(id), startTransaction: true, $db: at.db.databaseName }),
    ]);
  /** One command over a connection of its own, which ends with the answer. */
  const send = (command: mongo.Document) => talk(port(), message([body({ ...command, $db: 'admin' })]));

  it('gives the turn back at once to whoever asks for it', async () => {
    await at.db.createCollection('gone');
    expect(await talk(port(), beginning(1))).toMatchObject({ n: 1 });
    await at.db.collection('gone').insertOne({ _id: 5 as never });
    expect(await at.db.collection('gone').find().toArray()).toEqual([{ _id: 5 }]);
    expect(await send({ commitTransaction: 1, ...part(1) })).toMatchObject({ code: 251 });
  });

  it('gives it to whoever waits for it already', async () => {
    const socket = connect(port(), '127.0.0.1');
    socket.write(beginning(2));
    await once(socket, 'data');
    const [written] = await Promise.all([
      at.db.collection('gone').insertOne({ _id: 6 as never }),
      // it waits once the ping behind it is answered
      at.db.command({ ping: 1 }).then(() => socket.destroy()),
    ]);
    expect(written).toMatchObject({ acknowledged: true });
    expect(await at.db.collection('gone').distinct('_id')).toEqual([5, 6]);
  });

  it('goes on where it was over another connection, as a driver does that was cut off, while nobody wants the turn', async () => {
    expect(await talk(port(), beginning(3))).toMatchObject({ n: 1 });
    expect(await send({ commitTransaction: 1, ...part(3) })).toMatchObject({ ok: 1 });
    expect(await at.db.collection('gone').countDocuments({ _id: 3 as never })).toBe(1);
  });
});
