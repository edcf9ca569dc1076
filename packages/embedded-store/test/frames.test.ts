import { connect } from 'node:net';
import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './stores.ts';
import { body, message, sequence } from './talk.ts';

/** How many frames are spoilt, and from which seed: `FRAMES=100000` for long. */
const FRAMES = Number(process.env.FRAMES ?? 400);
const SEED = Number(process.env.SEED ?? 7);

/** Numbers below one, the same for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const GOOD: readonly Buffer[] = [
  message([
    body({ insert: 'f' }),
    sequence('documents', [{ a: [1, 'x', { b: new Date(0) }], r: /x/i, o: new mongo.ObjectId() }]),
  ]),
  message([
    body({ find: 'f', filter: { a: { $elemMatch: { $gt: 1 } } }, sort: { _id: -1 }, projection: { 'a.b': 1 } }),
  ]),
  message([
    body({ update: 'f', updates: [{ q: { a: 1 }, u: { $push: { a: { $each: [1], $slice: 3 } } }, upsert: true }] }),
  ]),
  message([
    body({ aggregate: 'f', cursor: {}, pipeline: [{ $match: {} }, { $group: { _id: '$b', n: { $sum: 1 } } }] }),
  ]),
  message([body({ hello: 1, client: { driver: { name: 'x' } } })]),
];

describe('frames with some bytes changed', () => {
  const at = useDatabase();

  it(`are answered in MongoDB's terms or closed, and hold up nobody (seed ${SEED})`, async () => {
    const next = numbersFrom(SEED);
    const port = Number(new URL(at.store.uri).port);
    const internal: unknown[] = [];
    for (let n = 0; n < FRAMES; n++) {
      const frame = Buffer.from(GOOD[Math.floor(next() * GOOD.length)] ?? '');
      for (let left = 1 + Math.floor(next() * 4); left > 0; left--)
        frame[16 + Math.floor(next() * (frame.length - 16))] = Math.floor(next() * 256);
      const reply = await answerTo(port, frame);
      if (reply?.code === 1) internal.push({ n, errmsg: reply.errmsg, frame: frame.toString('hex') });
      if (n % 100 === 0) expect(await at.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
    }
    expect(internal).toEqual([]);
    expect(await at.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

/** What comes back; undefined for a connection that is closed, or for a message that asks for no answer. */
function answerTo(port: number, frame: Buffer): Promise<mongo.Document | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (reply?: mongo.Document): void => {
      socket.destroy();
      resolve(reply);
    };
    socket.on('data', (chunk: Buffer) => end(mongo.BSON.deserialize(chunk.subarray(21))));
    socket.on('close', () => resolve(undefined));
    socket.on('error', () => end());
    socket.write(frame);
    // whoever asks for no answer gets none; what was sent is answered before the end of it is seen
    if ((frame.readUInt32LE(16) & 2) !== 0) socket.end();
  });
}
