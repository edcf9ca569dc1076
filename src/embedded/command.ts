import type { Cursors } from './cursors.ts';
import { MongoError } from './mongo-error.ts';
import type { Store, View } from './store.ts';
import { asDoc, type Doc } from './values.ts';

/** What a command works with. Reads take `view`; writes use `store`, inside a SQLite transaction that is open already. */
export interface Call {
  name: string;
  db: string;
  body: Doc;
  store: Store;
  cursors: Cursors;
  view: () => View;
  session: string | undefined;
  transaction: object | undefined;
  host: string;
}

/** A command: the options it knows, whether it writes, and what it does. Its answer is a document or the bytes of one. */
export interface Command {
  writes: boolean;
  inTransactions: boolean;
  options: readonly string[];
  run(call: Call): Doc | Buffer;
}

const COMMON_OPTIONS = (
  '$db $clusterTime $readPreference lsid txnNumber startTransaction autocommit stmtId stmtIds readConcern ' +
  'writeConcern maxTimeMS comment'
).split(' ');

/** Refuses every option that the command does not know (40415). */
export function checkOptions(name: string, options: readonly string[], body: Doc): void {
  asDoc(body, name, [name, ...COMMON_OPTIONS, ...options]);
  asDoc(body.readConcern, 'readConcern', ['level', 'afterClusterTime']);
}

/** The namespace that a command names; error 73 when it cannot be one. */
export function namespaceOf({ name, body, db }: Pick<Call, 'name' | 'body' | 'db'>): { name: string; ns: string } {
  const collection = body[name];
  const isName = (text: unknown): text is string => typeof text === 'string' && /^[^$\0]{1,200}$/.test(text);
  if (isName(collection) && isName(db)) return { name: collection, ns: `${db}.${collection}` };
  throw new MongoError(73, 'InvalidNamespace', `Invalid namespace specified '${db}.${String(collection)}'`);
}
