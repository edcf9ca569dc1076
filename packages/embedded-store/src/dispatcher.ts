import { commandNamed } from './commands/by-name.ts';
import { type Call, type Command, checkOptions } from './commands/command.ts';
import { type Envelope, onlyInAdmin, openEnvelope, sessionKey } from './commands/envelope.ts';
import { encode } from './engine/bson-writer.ts';
import { Cursors } from './engine/cursors.ts';
import type { Doc } from './engine/doc.ts';
import { MongoError, typeMismatch } from './engine/mongo-error.ts';
import { countOne, type OpCounters } from './engine/opcounters.ts';
import type { Peer, Sessions } from './engine/sessions.ts';
import { atOnce, type Slices } from './engine/slices.ts';
import type { Store, View } from './engine/store.ts';
import { inTime } from './engine/time-limit.ts';
import { answerOf } from './failure.ts';
import type { ReadsBeside } from './reads-beside.ts';

const IN_TRANSACTIONS =
  'create createIndexes find getMore killCursors distinct aggregate insert update delete findAndModify bulkWrite'.split(
    ' ',
  );

const ON_CURSORS = ['getMore', 'killCursors'];
const ENDING = ['commitTransaction', 'abortTransaction', 'endSessions', 'killSessions'];

/** What every command is run with. */
export type Machine = {
  store: Store;
  sessions: Sessions;
  /** Of transactions; every other is with the reads. */
  cursors: Cursors;
  reads: ReadsBeside;
  /** How long a read may take here before it is left to them. */
  readHereMs: number;
  host: string;
  opcounters: OpCounters;
  clock: () => number;
};

/** Runs one command and gives its answer; a failure is an answer too. */
export async function dispatch(machine: Machine, read: () => Doc, peer: Peer): Promise<Doc | Uint8Array> {
  try {
    const body = read();
    const [name = ''] = Object.keys(body);
    countOne(machine.opcounters, name);
    const command = commandNamed(name);
    if (!command && !ENDING.includes(name)) throw new MongoError(59, 'CommandNotFound', `no such command: '${name}'`);
    const envelope = openEnvelope(name, !command ? 'ends' : 'read' in command ? 'read' : 'write', body);
    const reply = command
      ? await perform(machine, command, { name, body, envelope, peer })
      : endOfSession(machine, name, body, envelope);
    return envelope.unmet && !(reply instanceof Uint8Array) ? { ...reply, writeConcernError: envelope.unmet } : reply;
  } catch (failure) {
    return answerOf(failure);
  }
}

type Asked = { name: string; body: Doc; envelope: Envelope; peer: Peer };

async function perform(machine: Machine, command: Command, asked: Asked): Promise<Doc | Uint8Array> {
  const { name, body, envelope, peer } = asked;
  const { store, sessions, cursors, host, opcounters } = machine;
  const { db, tag, transaction, maxTimeMs } = envelope;
  const now = machine.clock();
  const from = { name, db, body, session: tag.session, host, opcounters, now };
  if (!transaction && 'read' in command) return readCommitted(machine, command, { ...from, mostMs: maxTimeMs });
  const view = inTime(() => store.writing, maxTimeMs, transaction && (() => cursors.batches));
  const runOn = (of?: object): Doc | Buffer | Slices<Doc> => {
    checkOptions(name, command.options, body);
    const call = { ...from, store, cursors, view, transaction: of };
    return 'read' in command ? command.read(call) : command.write(call);
  };
  if (!transaction) return sessions.write(tag, now, runOn);
  return sessions.inTransaction(tag, peer, transaction.first, (of) => {
    if (IN_TRANSACTIONS.includes(name)) return atOnce<Doc | Buffer>(runOn(of));
    throw new MongoError(263, 'OperationNotSupportedInTransaction', `Cannot run '${name}' in a transaction.`);
  });
}

/**
 * A read that looks at the store so often at most is answered here, however long it takes: a record by its id with those that it names is, where
 * more than that wants the processor.
 */
const SHORT_LOOKS = 7;

class TakesLong extends Error {}

type ReadAsked = Omit<Call, 'cursors' | 'view' | 'transaction'> & { mostMs: number | undefined };

/** A read that is done within `readHereMs`, with nothing left for a cursor, is answered here; every other is begun anew beside. */
async function readCommitted(
  { store, reads, readHereMs }: Machine,
  command: Extract<Command, { read: unknown }>,
  asked: ReadAsked,
): Promise<Doc | Uint8Array> {
  const { name, body, mostMs, ...from } = asked;
  checkOptions(name, command.options, body);
  const beside = (): Promise<Uint8Array> => reads.answer({ ...from, name, mostMs, body: encode(body) });
  if (ON_CURSORS.includes(name)) return beside();
  const until = performance.now() + readHereMs;
  const short = readHereMs > 0 ? SHORT_LOOKS : 0;
  let looks = 0;
  const view = (): View => {
    looks += 1;
    // where others want the processor, too, even what is short takes long: it must not wait behind what is
    if (looks > short && performance.now() >= until) throw new TakesLong();
    return store.committed;
  };
  try {
    const cursors = new Cursors();
    const reply = command.read({ ...from, name, body, cursors, transaction: undefined, view: inTime(view, mostMs) });
    return cursors.count === 0 ? reply : beside();
  } catch (failure) {
    if (failure instanceof TakesLong) return beside();
    throw failure;
  }
}

/** What ends a transaction or a session. */
function endOfSession({ sessions, reads, clock }: Machine, name: string, body: Doc, { db, tag }: Envelope): Doc {
  checkOptions(name, 'recoveryToken', body);
  const isOfOne = name.endsWith('Transaction');
  if (isOfOne && db !== 'admin') throw onlyInAdmin(name);
  if (isOfOne) return name === 'abortTransaction' ? sessions.abort(tag) : sessions.commit(tag, clock());
  const { [name]: ended } = body;
  // MongoDB kills everybody's sessions where none is named
  if (!Array.isArray(ended) || (name === 'killSessions' && ended.length === 0))
    throw typeMismatch(`the embedded store has ${name} for the sessions that it names`);
  for (const lsid of ended) {
    const session = sessionKey(lsid);
    sessions.endSession(session);
    reads.endSession(session);
  }
  return { ok: 1 };
}
