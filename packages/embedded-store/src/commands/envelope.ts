import { Binary, Int32, Long } from 'bson';
import { type Doc, isDoc } from '../engine/doc.ts';
import { badValue, failedToParse, invalidOptions, MongoError, typeMismatch } from '../engine/mongo-error.ts';
import type { SessionTag } from '../engine/sessions.ts';
import { asDoc, asFlag, asInteger, isNumber } from '../engine/values.ts';

/** What a command carries besides its own options, checked: nothing of it is accepted that is not kept. */
export type Envelope = {
  db: string;
  tag: SessionTag;
  /** Part of a transaction; `first` opens it. */
  transaction: { first: boolean } | undefined;
  /** How long it may take. */
  maxTimeMs: number | undefined;
  /** What the answer says of a write concern that a single server cannot meet; the write is done all the same. */
  unmet: Doc | undefined;
};

/** How a command is run, as far as its concerns go. */
export type Nature = 'read' | 'write' | 'ends';

const MOST_MS = 2 ** 31 - 1;
const MOST_MEMBERS = 50;
const ACROSS_ALL = ['hello', 'ismaster', 'ping', 'buildInfo'];
const RETRYABLE = ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite'];
const LEVELS = ['local', 'majority', 'snapshot', 'available', 'linearizable'];
const IN_TRANSACTIONS = ['local', 'majority', 'snapshot'];
const MODES = ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'];
const MOST_DB_BYTES = 63;

/** Reads and checks what a command carries besides its own options. */
export function openEnvelope(name: string, nature: Nature, body: Doc): Envelope {
  const db = databaseOf(body.$db);
  const tag = { session: sessionKey(body.lsid), number: transactionNumber(body) };
  const transaction = transactionOf(body, tag);
  const isAlone = transaction === undefined && nature !== 'ends';
  if (isAlone && tag.number !== undefined) assertRetryable(name, body);
  checkReadConcern(name, nature, body.readConcern, transaction);
  asDoc(body.$clusterTime, '$clusterTime', ['clusterTime', 'signature']);
  const { mode = 'primary' } = asDoc(body.$readPreference, '$readPreference');
  if (!MODES.some((known) => known === mode)) throw failedToParse(`there is no read preference '${String(mode)}'`);
  const maxTimeMs = asInteger(body.maxTimeMS, 'maxTimeMS', 0);
  if (maxTimeMs !== undefined && maxTimeMs > MOST_MS) throw badValue(`${maxTimeMs} is too long for maxTimeMS`);
  return { db, tag, transaction, maxTimeMs: maxTimeMs || undefined, unmet: unmetConcern(name, nature, body, isAlone) };
}

/** A session's id as hex; empty for none. */
export function sessionKey(lsid: unknown): string {
  if (lsid === undefined) return '';
  const { id } = asDoc(lsid, 'lsid', ['id']);
  if (id instanceof Binary && id.sub_type === Binary.SUBTYPE_UUID && id.length() === 16)
    return Buffer.from(id.value()).toString('hex');
  throw typeMismatch('lsid.id must be a UUID');
}

/** A command that is run against the database `admin` alone was run against another one. */
export function onlyInAdmin(name: string): MongoError {
  return new MongoError(13, 'Unauthorized', `${name} may only be run against the admin database.`);
}

/** The name of a database; error 73 when it cannot be one. */
export function databaseOf(db: unknown): string {
  if (typeof db !== 'string') throw badValue("requests require a '$db' argument");
  if (/^[^/\\. "$\0]+$/.test(db) && Buffer.byteLength(db) <= MOST_DB_BYTES) return db;
  throw new MongoError(73, 'InvalidNamespace', `Invalid database name: '${db}'`);
}

function transactionNumber({ txnNumber, lsid }: Doc): number | undefined {
  if (txnNumber === undefined) return undefined;
  if (!(txnNumber instanceof Long)) throw typeMismatch('txnNumber must be a long');
  if (lsid === undefined) throw invalidOptions('Transaction number requires a session ID to also be specified');
  if (txnNumber.isNegative()) throw invalidOptions('Transaction number cannot be negative');
  return asInteger(txnNumber, 'txnNumber');
}

function transactionOf({ autocommit, startTransaction }: Doc, { number }: SessionTag): Envelope['transaction'] {
  if (autocommit === undefined && startTransaction === undefined) return undefined;
  if (autocommit === undefined)
    throw invalidOptions("'startTransaction' field requires 'autocommit' field to also be specified");
  if (number === undefined)
    throw invalidOptions("'autocommit' field requires a transaction number to also be specified");
  if (autocommit !== false) throw invalidOptions('Specifying autocommit=true is not allowed.');
  if (startTransaction !== undefined && startTransaction !== true)
    throw invalidOptions('Specifying startTransaction=false is not allowed.');
  return { first: startTransaction === true };
}

function assertRetryable(name: string, { updates, deletes, ops }: Doc): void {
  if (!RETRYABLE.includes(name))
    throw new MongoError(50768, 'NotARetryableWriteCommand', `txnNumber may not be provided for ${name} alone`);
  const each = [updates, deletes, ops].flatMap((list) => (Array.isArray(list) ? list : [])).filter(isDoc);
  if (each.some(({ multi, limit }) => multi === true || (isNumber(limit) && Number(limit) === 0)))
    throw invalidOptions('Cannot use (or request) retryable writes with multi=true');
}

/** Reads see what was committed last: `local`, `majority` and `available` say no more than that, `linearizable` no less. */
function checkReadConcern(name: string, nature: Nature, concern: unknown, transaction: Envelope['transaction']): void {
  const { level = 'local', afterClusterTime } = asDoc(concern, 'readConcern', ['level', 'afterClusterTime']);
  if (typeof level !== 'string') throw typeMismatch('readConcern.level must be a string');
  if (!LEVELS.includes(level)) throw badValue(`'${level}' is no value of readConcern.level`);
  if (afterClusterTime !== undefined)
    throw invalidOptions('readConcern afterClusterTime is later than this server: it has no cluster time');
  if (concern === undefined) return;
  if (transaction && !transaction.first)
    throw invalidOptions('only the first command of a transaction may specify a readConcern');
  if (transaction && !IN_TRANSACTIONS.includes(level))
    throw invalidOptions(`readConcern ${level} is not allowed in a transaction`);
  if (transaction) return;
  if (level === 'snapshot' || (nature !== 'read' && level !== 'local'))
    throw invalidOptions(`Command ${name} does not support { readConcern: { level: "${level}" } } here`);
}

/** What is unmet of a write concern; an error for one that means nothing. */
function unmetConcern(name: string, nature: Nature, { writeConcern }: Doc, isAlone: boolean): Doc | undefined {
  if (writeConcern === undefined) return undefined;
  const { w, j, wtimeout } = asDoc(writeConcern, 'writeConcern', ['w', 'j', 'wtimeout', 'fsync', 'provenance']);
  asFlag(j, 'j');
  asInteger(wtimeout, 'wtimeout');
  if (isNumber(w) ? !(Number(w) >= 0 && Number(w) <= MOST_MEMBERS) : w !== undefined && typeof w !== 'string')
    throw failedToParse(`w has to be a non-negative number and not greater than ${MOST_MEMBERS}, or a string`);
  if (nature === 'read' && name !== 'aggregate' && !ACROSS_ALL.includes(name))
    throw invalidOptions(`Command ${name} does not support writeConcern`);
  if (nature !== 'ends' && !isAlone)
    throw invalidOptions('writeConcern is not allowed within a multi-statement transaction');
  if (typeof w === 'string' && w !== 'majority') {
    const errmsg = `No write concern mode named '${w}' found in replica set configuration`;
    return { code: new Int32(79), codeName: 'UnknownReplWriteConcern', errmsg };
  }
  if (!isNumber(w) || Number(w) <= 1) return undefined;
  return { code: new Int32(100), codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
}
