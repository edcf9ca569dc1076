import { Binary } from 'bson';
import { type Call, type Command, checkOptions } from './command.ts';
import { create, createIndexes, dropDatabase, listCollections, listIndexes } from './commands/catalog.ts';
import { aggregate, count, distinct, find, getMore } from './commands/find.ts';
import { buildInfo, hello, killCursors, ping } from './commands/session.ts';
import { findAndModify, insert, remove, update } from './commands/write.ts';
import type { Cursors } from './cursors.ts';
import { badValue, MongoError, typeMismatch } from './mongo-error.ts';
import type { Sessions, SessionTag } from './sessions.ts';
import type { Store } from './store.ts';
import { asInteger, type Doc, isDoc } from './values.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...{ hello, isMaster: hello, ismaster: hello, ping, buildInfo, buildinfo: buildInfo },
    ...{ create, dropDatabase, listCollections, listIndexes, createIndexes },
    ...{ find, getMore, killCursors, count, distinct, aggregate },
    ...{ insert, update, delete: remove, findAndModify, findandmodify: findAndModify },
  }),
);

/** What every command is run with. */
export interface Machine {
  store: Store;
  cursors: Cursors;
  sessions: Sessions;
  host: string;
}

/** Runs one command and gives its answer; a failure is an answer too. */
export async function dispatch(machine: Machine, body: Doc): Promise<Doc | Buffer> {
  try {
    return await run(machine, body);
  } catch (failure) {
    const known = failure instanceof MongoError ? failure : new MongoError(1, 'InternalError', String(failure));
    return known.asReply();
  }
}

async function run({ sessions, ...machine }: Machine, body: Doc): Promise<Doc | Buffer> {
  const { store } = machine;
  const [name = ''] = Object.keys(body);
  const { $db: db } = body;
  if (typeof db !== 'string') throw badValue("requests require a '$db' argument");
  const tag: SessionTag = { session: sessionKey(body.lsid), number: asInteger(body.txnNumber, 'txnNumber') };
  const ending = endOfSession(sessions, name, body, tag);
  if (ending) return ending;
  const command = COMMANDS.get(name);
  if (!command) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`);
  const call = { ...machine, name, db, body, session: tag.session };
  if (body.autocommit !== undefined) {
    return sessions.inTransaction(tag, body.startTransaction === true, (transaction) => {
      const refused = `Cannot run '${name}' in a multi-document transaction.`;
      if (!command.inTransactions) throw new MongoError(263, 'OperationNotSupportedInTransaction', refused);
      return checked(command, { ...call, transaction, view: () => store.writing });
    });
  }
  if (!command.writes) return checked(command, { ...call, transaction: undefined, view: () => store.committed });
  const [stmtId = body.stmtId] = Array.isArray(body.stmtIds) ? body.stmtIds : [];
  return sessions.write(tag, asInteger(stmtId, 'stmtId') ?? 0, () => {
    return checked(command, { ...call, transaction: undefined, view: () => store.writing });
  });
}

function checked(command: Command, call: Call): Doc | Buffer {
  checkOptions(call.name, command.options, call.body);
  return command.run(call);
}

/** `commitTransaction`, `abortTransaction` and `endSessions`; undefined for every other command. */
function endOfSession(sessions: Sessions, name: string, body: Doc, tag: SessionTag): Doc | undefined {
  if (name !== 'commitTransaction' && name !== 'abortTransaction' && name !== 'endSessions') return undefined;
  checkOptions(name, ['recoveryToken'], body);
  if (name === 'commitTransaction') return sessions.commit(tag);
  if (name === 'abortTransaction') return sessions.abort(tag);
  const list: unknown[] = Array.isArray(body[name]) ? body[name] : [];
  return sessions.endSessions(list.map(sessionKey).filter((key) => key !== undefined));
}

function sessionKey(lsid: unknown): string | undefined {
  if (lsid === undefined) return undefined;
  if (isDoc(lsid) && lsid.id instanceof Binary) return Buffer.from(lsid.id.value()).toString('hex');
  throw typeMismatch('lsid.id must be a UUID');
}
