import { whyNotSaved } from '@field/kit/cannot-save';
import { isDamage } from './check.ts';
import { create, drop, dropDatabase, listCollections } from './commands/catalog.ts';
import { type Call, type Command, checkOptions } from './commands/command.ts';
import { type Envelope, type Nature, openEnvelope, sessionKey } from './commands/envelope.ts';
import { explain } from './commands/explain.ts';
import { aggregate, count, distinct, find, getMore, killCursors } from './commands/find.ts';
import { collMod, createIndexes, dropIndexes, listIndexes } from './commands/indexes.ts';
import { listDatabases, renameCollection, serverStatus } from './commands/server.ts';
import { buildInfo, hello, ping } from './commands/session.ts';
import { findAndModify, insert, remove, update } from './commands/write.ts';
import type { Doc } from './engine/doc.ts';
import { MongoError } from './engine/mongo-error.ts';
import { damaged } from './engine/seal.ts';
import type { Peer, Sessions, SessionTag } from './engine/sessions.ts';
import type { View } from './engine/store.ts';

/** Every command but those that end a session. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  ismaster: hello,
  ping,
  buildInfo,
  create,
  drop,
  dropDatabase,
  explain,
  listCollections,
  listDatabases,
  renameCollection,
  serverStatus,
  collMod,
  createIndexes,
  dropIndexes,
  listIndexes,
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate,
  insert,
  update,
  delete: remove,
  findAndModify,
};

const IN_TRANSACTIONS =
  'create createIndexes find getMore killCursors distinct aggregate insert update delete findAndModify'.split(' ');

/** What every command is run with. */
export type Machine = Pick<Call, 'store' | 'cursors' | 'host'> & { sessions: Sessions; clock: () => number };

/** Runs one command and gives its answer; a failure is an answer too. */
export async function dispatch(machine: Machine, read: () => Doc, peer: Peer): Promise<Doc | Buffer> {
  try {
    return await run(machine, read(), peer);
  } catch (failure) {
    const known = failure instanceof MongoError ? failure : ofTheDisk(failure);
    return { ok: 0, errmsg: known.message, ...known.told };
  }
}

/** What SQLite could not do: MongoDB's own error where its disk is full, fails or kept something else, and nothing was changed. */
function ofTheDisk(failure: unknown): MongoError {
  const said = String(failure);
  if (isDamage(failure)) return damaged(said);
  switch (whyNotSaved(failure)) {
    case 'full':
      return new MongoError(14031, 'OutOfDiskSpace', said);
    case 'failing':
      return new MongoError(39, 'FileStreamFailed', said);
    case undefined:
      return new MongoError(1, 'InternalError', said);
  }
}

const ENDING = ['commitTransaction', 'abortTransaction', 'endSessions', 'killSessions'];

async function run(machine: Machine, body: Doc, peer: Peer): Promise<Doc | Buffer> {
  const [name = ''] = Object.keys(body);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command && !ENDING.includes(name)) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`);
  const envelope = openEnvelope(name, command ? natureOf(command) : 'ends', body);
  const reply = command
    ? await perform(machine, command, { name, body, envelope, peer })
    : endOfSession(machine, name, body, envelope.tag);
  return envelope.unmet && !Buffer.isBuffer(reply) ? { ...reply, writeConcernError: envelope.unmet } : reply;
}

function natureOf(command: Command): Nature {
  return 'read' in command ? 'read' : 'write';
}

type Asked = { name: string; body: Doc; envelope: Envelope; peer: Peer };

async function perform(
  machine: Machine,
  command: Command,
  { name, body, envelope, peer }: Asked,
): Promise<Doc | Buffer> {
  const { sessions, clock, ...rest } = machine;
  const { db, tag, maxTimeMs } = envelope;
  const now = clock();
  const until = maxTimeMs === undefined ? undefined : performance.now() + maxTimeMs;
  const inTime = (view: Call['view']): Call['view'] => (until === undefined ? view : () => assertInTime(until, view()));
  const committed = inTime(() => machine.store.committed);
  const writing = inTime(() => machine.store.writing);
  const runOn = (view: Call['view'], transaction?: object): Doc | Buffer => {
    checkOptions(name, command.options, body);
    const call = { ...rest, name, db, body, now, session: tag.session, view, transaction };
    return 'read' in command ? command.read(call) : command.write(call);
  };
  if (!envelope.transaction && 'read' in command) return runOn(committed);
  if (!envelope.transaction) return sessions.write(tag, now, () => runOn(writing));
  return sessions.inTransaction(tag, peer, envelope.transaction.first, (transaction) => {
    if (IN_TRANSACTIONS.includes(name)) return runOn(writing, transaction);
    throw new MongoError(263, 'OperationNotSupportedInTransaction', `Cannot run '${name}' in a transaction.`);
  });
}

/** A command looks at its view again and again while it works: that is where its time is up. */
function assertInTime(until: number, view: View): View {
  if (performance.now() <= until) return view;
  throw new MongoError(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
}

/** What ends a transaction or a session. */
function endOfSession({ sessions, clock }: Machine, name: string, body: Doc, tag: SessionTag): Doc {
  checkOptions(name, 'recoveryToken', body);
  if (name === 'commitTransaction') return sessions.commit(tag, clock());
  if (name === 'abortTransaction') return sessions.abort(tag);
  for (const lsid of Array.isArray(body[name]) ? body[name] : []) sessions.endSession(sessionKey(lsid));
  return { ok: 1 };
}
