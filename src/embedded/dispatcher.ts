import { Binary } from 'bson';
import { type Call, type Command, checkFields, type Limits } from './command.ts';
import { aggregate } from './commands/aggregate.ts';
import { create, createIndexes, dropDatabase, listCollections, listIndexes } from './commands/catalog.ts';
import { count, distinct, find, getMore } from './commands/find.ts';
import { buildInfo, hello, killCursors, ping } from './commands/session.ts';
import { findAndModify, insert, remove, update } from './commands/write.ts';
import type { Cursors } from './cursors.ts';
import { MongoError } from './mongo-error.ts';
import type { Sessions, SessionTag } from './sessions.ts';
import type { Store } from './store.ts';
import { asInteger, type Doc, isDoc } from './values.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['create', create],
  ['dropDatabase', dropDatabase],
  ['listCollections', listCollections],
  ['listIndexes', listIndexes],
  ['createIndexes', createIndexes],
  ['find', find],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['count', count],
  ['distinct', distinct],
  ['aggregate', aggregate],
  ['insert', insert],
  ['update', update],
  ['delete', remove],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
]);

const SESSION_COMMAND: Command = {
  access: 'none',
  inTransactions: true,
  fields: ['recoveryToken'],
  run: () => ({ ok: 1 }),
};

/** What every command is run with. */
export interface Machine {
  store: Store;
  cursors: Cursors;
  sessions: Sessions;
  limits: Limits;
  host: string;
}

/** Runs one command and gives its answer; a MongoError becomes the answer, anything else is thrown. */
export async function dispatch(machine: Machine, body: Doc): Promise<Doc | Buffer> {
  try {
    return await run(machine, body);
  } catch (failure) {
    if (failure instanceof MongoError) return failure.asReply();
    throw failure;
  }
}

async function run(machine: Machine, body: Doc): Promise<Doc | Buffer> {
  const { sessions, store, cursors, limits, host } = machine;
  const name = Object.keys(body)[0] ?? '';
  const db = body.$db;
  if (typeof db !== 'string') throw new MongoError('BadValue', "OP_MSG requests require a '$db' argument");
  const tag: SessionTag = { session: sessionKey(body.lsid), number: asInteger(body.txnNumber, 'txnNumber') };
  const ending = endOfSession(sessions, name, body, tag);
  if (ending) return ending;
  const command = COMMANDS.get(name);
  if (!command) throw new MongoError('CommandNotFound', `no such command: '${name}'`);
  const call = (transaction: object | undefined): Call => ({
    name,
    db,
    body,
    store,
    cursors,
    limits,
    host,
    session: tag.session,
    transaction,
    view: () => (transaction ? store.writing : store.committed),
  });
  if (body.autocommit !== undefined) {
    return sessions.inTransaction(tag, body.startTransaction === true, (transaction) => {
      if (!command.inTransactions) {
        throw new MongoError(
          'OperationNotSupportedInTransaction',
          `Cannot run '${name}' in a multi-document transaction.`,
        );
      }
      checkFields(command, { name, body });
      return command.run(call(transaction));
    });
  }
  checkFields(command, { name, body });
  if (command.access !== 'write') return command.run(call(undefined));
  const stmtId = asInteger(body.stmtId ?? firstOf(body.stmtIds), 'stmtId') ?? 0;
  return sessions.write(tag, stmtId, limits.turnWaitMs, () => command.run(call(undefined)));
}

/** `commitTransaction`, `abortTransaction` and `endSessions`; undefined for every other command. */
function endOfSession(sessions: Sessions, name: string, body: Doc, tag: SessionTag): Doc | undefined {
  if (name !== 'commitTransaction' && name !== 'abortTransaction' && name !== 'endSessions') return undefined;
  checkFields(SESSION_COMMAND, { name, body });
  if (name === 'commitTransaction') return sessions.commit(tag);
  if (name === 'abortTransaction') return sessions.abort(tag);
  const list = body[name];
  const keys = (Array.isArray(list) ? list : []).map(sessionKey).filter((key) => key !== undefined);
  sessions.endSessions(keys);
  return { ok: 1 };
}

function sessionKey(lsid: unknown): string | undefined {
  const id = isDoc(lsid) ? lsid.id : undefined;
  if (id === undefined) return undefined;
  if (!(id instanceof Binary)) throw new MongoError('TypeMismatch', 'lsid.id must be a UUID');
  return Buffer.from(id.value()).toString('hex');
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
