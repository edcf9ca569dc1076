import { whyNotSaved } from '@field/kit/cannot-save';
import { Binary } from 'bson';
import { isDamage } from './check.ts';
import { create, drop, dropDatabase, listCollections } from './commands/catalog.ts';
import { type Call, type Command, checkOptions } from './commands/command.ts';
import { aggregate, count, distinct, find, getMore, killCursors } from './commands/find.ts';
import { collMod, createIndexes, dropIndexes, listIndexes } from './commands/indexes.ts';
import { buildInfo, hello, ping } from './commands/session.ts';
import { findAndModify, insert, remove, update } from './commands/write.ts';
import { badValue, MongoError } from './engine/mongo-error.ts';
import { damaged } from './engine/seal.ts';
import type { Peer, Sessions, SessionTag } from './engine/sessions.ts';
import { asInteger, type Doc, isDoc } from './engine/values.ts';

const COMMANDS: Readonly<Record<string, Command>> = {
  hello,
  ismaster: hello,
  ping,
  buildInfo,
  create,
  drop,
  dropDatabase,
  listCollections,
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

const IN_TRANSACTIONS = 'find getMore killCursors distinct aggregate insert update delete findAndModify'.split(' ');

/** What every command is run with. */
export type Machine = Pick<Call, 'store' | 'cursors' | 'host'> & { sessions: Sessions; clock: () => number };

/** Runs one command and gives its answer; a failure is an answer too. */
export async function dispatch(machine: Machine, body: Doc, peer: Peer): Promise<Doc | Buffer> {
  try {
    return await run(machine, body, peer);
  } catch (failure) {
    const known =
      failure instanceof MongoError ? failure : isDamage(failure) ? damaged(String(failure)) : ofTheDisk(failure);
    return { ok: 0, errmsg: known.message, ...known.told };
  }
}

/** What SQLite could not do: MongoDB's own error where its disk is full or fails, and nothing was changed. */
function ofTheDisk(failure: unknown): MongoError {
  const said = String(failure);
  switch (whyNotSaved(failure)) {
    case 'full':
      return new MongoError(14031, 'OutOfDiskSpace', said);
    case 'failing':
      return new MongoError(39, 'FileStreamFailed', said);
    case undefined:
      return new MongoError(1, 'InternalError', said);
  }
}

async function run({ sessions, clock, ...machine }: Machine, body: Doc, peer: Peer): Promise<Doc | Buffer> {
  const [name = ''] = Object.keys(body);
  const { $db: db, autocommit, startTransaction } = body;
  if (typeof db !== 'string') throw badValue("requests require a '$db' argument");
  const tag: SessionTag = { session: sessionKey(body.lsid), number: asInteger(body.txnNumber, 'txnNumber') };
  const now = clock();
  const ending = endOfSession(sessions, name, body, tag, now);
  if (ending) return ending;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`);
  const perform = (view: Call['view'], transaction?: object): Doc | Buffer => {
    checkOptions(name, command.options, body);
    const call = { ...machine, name, db, body, now, session: tag.session, view, transaction };
    return 'read' in command ? command.read(call) : command.write(call);
  };
  const writing: Call['view'] = () => machine.store.writing;
  if (autocommit === undefined && 'read' in command) return perform(() => machine.store.committed);
  if (autocommit === undefined) return sessions.write(tag, now, () => perform(writing));
  return sessions.inTransaction(tag, peer, startTransaction === true, (transaction) => {
    if (IN_TRANSACTIONS.includes(name)) return perform(writing, transaction);
    throw new MongoError(263, 'OperationNotSupportedInTransaction', `Cannot run '${name}' in a transaction.`);
  });
}

const ENDING = ['commitTransaction', 'abortTransaction', 'endSessions', 'killSessions'];

/** What ends a transaction or a session; undefined for every other command. */
function endOfSession(sessions: Sessions, name: string, body: Doc, tag: SessionTag, now: number): Doc | undefined {
  if (!ENDING.includes(name)) return undefined;
  checkOptions(name, 'recoveryToken', body);
  if (name === 'commitTransaction') return sessions.commit(tag, now);
  if (name === 'abortTransaction') return sessions.abort(tag);
  for (const lsid of Array.isArray(body[name]) ? body[name] : []) sessions.endSession(sessionKey(lsid));
  return { ok: 1 };
}

/** A session's id as hex; empty for none. */
function sessionKey(lsid: unknown): string {
  if (lsid === undefined) return '';
  if (isDoc(lsid) && lsid.id instanceof Binary) return Buffer.from(lsid.id.value()).toString('hex');
  throw new MongoError(14, 'TypeMismatch', 'lsid.id must be a UUID');
}
