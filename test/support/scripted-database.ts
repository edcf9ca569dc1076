import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;
const HEADER = 16;
const REPLY = 1;
const MESSAGE = 2013;

type Doc = Readonly<Record<string, unknown>>;

/** What a server answers to a command, by its name; `hello` is what a single primary says of itself unless it stands here too. */
export type Answers = Readonly<Record<string, Doc>>;

export interface ScriptedDatabase {
  /** As it stands between `mongodb://` and the path. */
  readonly host: string;
  close(): Promise<void>;
}

/** A server that speaks MongoDB's protocol and knows nothing but these answers; whatever else is asked it answers with 59. */
export async function scriptedDatabase(answers: Answers): Promise<ScriptedDatabase> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let kept = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      kept = Buffer.concat([kept, bytes]);
      while (kept.length >= HEADER && kept.length >= kept.readInt32LE(0)) {
        const frame = kept.subarray(0, kept.readInt32LE(0));
        kept = kept.subarray(frame.length);
        socket.write(answerTo(frame, answers));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerTo(frame: Buffer, answers: Answers): Buffer {
  const isMessage = frame.readInt32LE(12) === MESSAGE;
  const asked = isMessage ? documentAt(frame, HEADER + 5) : documentAt(frame, frame.indexOf(0, HEADER + 4) + 9);
  const name = Object.keys(asked)[0] ?? '';
  const isHello = ['hello', 'ismaster', 'isMaster'].includes(name);
  const said = isHello
    ? { ...HELLO, ...answers.hello }
    : (answers[name] ?? { ok: 0, code: 59, errmsg: `no such command: '${name}'` });
  const body = BSON.serialize(said);
  const before = isMessage ? Buffer.alloc(5) : Buffer.concat([Buffer.alloc(16), Buffer.from([1, 0, 0, 0])]);
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + before.length + body.length, 0);
  header.writeInt32LE(frame.readInt32LE(4), 8);
  header.writeInt32LE(isMessage ? MESSAGE : REPLY, 12);
  return Buffer.concat([header, before, body]);
}

function documentAt(frame: Buffer, at: number): Doc {
  return BSON.deserialize(frame.subarray(at, at + frame.readInt32LE(at)));
}

/** What a question for rows is answered with where there are none. */
export const NOTHING_FOUND: Doc = {
  ok: 1,
  cursor: { id: mongoose.mongo.Long.fromNumber(0), ns: 'field.any', firstBatch: [] },
};

const HELLO: Doc = {
  ok: 1,
  isWritablePrimary: true,
  ismaster: true,
  helloOk: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 21,
};
