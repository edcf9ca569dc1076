import type { Cursors } from './cursors.ts';
import { MongoError } from './mongo-error.ts';
import type { Store, View } from './store.ts';
import { type Doc, isDoc } from './values.ts';

/** What a command works with. Reads take `view`; writes use `store` inside a SQLite transaction that is open already. */
export interface Call {
  name: string;
  db: string;
  body: Doc;
  store: Store;
  cursors: Cursors;
  view: () => View;
  session: string | undefined;
  transaction: object | undefined;
  limits: Limits;
  host: string;
}

/** The times of the store, in milliseconds; injectable for tests. */
export interface Limits {
  turnWaitMs: number;
  idleTransactionMs: number;
  sweepMs: number;
  outcomeKeptMs: number;
}

/** A command: what it may be asked, and what it does. Its answer is a document or the bytes of one. */
export interface Command {
  access: 'none' | 'read' | 'write';
  inTransactions: boolean;
  fields: readonly string[];
  run(call: Call): Doc | Buffer;
}

const COMMON_FIELDS: ReadonlySet<string> = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'lsid',
  'txnNumber',
  'startTransaction',
  'autocommit',
  'stmtId',
  'stmtIds',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
]);

/** Refuses every field that the command does not know (40415) and names of collections that cannot be. */
export function checkFields(command: Command, call: Pick<Call, 'name' | 'body'>): void {
  for (const field of Object.keys(call.body)) {
    if (field === call.name || COMMON_FIELDS.has(field) || command.fields.includes(field)) continue;
    throw new MongoError('UnrecognizedCommandField', `BSON field '${call.name}.${field}' is an unknown field.`);
  }
  const concern = call.body.readConcern;
  const unknown = isDoc(concern) && Object.keys(concern).find((key) => key !== 'level' && key !== 'afterClusterTime');
  if (unknown) throw new MongoError('InvalidOptions', `the embedded store does not know readConcern.${unknown}`);
}

/** Refuses fields of a part of a command (an update, an index) that are not known. */
export function checkPart(part: unknown, name: string, fields: readonly string[]): Doc {
  if (!isDoc(part)) throw new MongoError('TypeMismatch', `'${name}' must be an object`);
  const unknown = Object.keys(part).find((field) => !fields.includes(field));
  if (unknown) throw new MongoError('UnrecognizedCommandField', `BSON field '${name}.${unknown}' is an unknown field.`);
  return part;
}

/** The collection that a command names; InvalidNamespace when it cannot be one. */
export function collectionName({ name, body, db }: Pick<Call, 'name' | 'body' | 'db'>, field = name): string {
  const collection = body[field];
  if (typeof collection !== 'string' || !isName(collection) || !isName(db)) {
    throw new MongoError('InvalidNamespace', `Invalid namespace specified '${db}.${String(collection)}'`);
  }
  return collection;
}

function isName(name: string): boolean {
  return name.length > 0 && name.length < 200 && !/[$\0]/.test(name) && !name.startsWith('system.');
}
