import type { Cursors } from './cursors.ts';
import { MongoError } from './mongo-error.ts';
import type { Collection, Store, View } from './store.ts';
import { asDoc, type Doc } from './values.ts';

/** What a command works with. Reads take `view`; writes use `store`, inside a SQLite transaction that is open already. */
export interface Call {
  name: string;
  db: string;
  body: Doc;
  store: Store;
  cursors: Cursors;
  view: () => View;
  session: string;
  transaction: object | undefined;
  host: string;
  now: number;
}

/** A command: the options it knows, and what it does. A read may answer with the bytes of a document. */
export type Command = { options: string; inTransactions?: true } & (
  | { write: (call: Call) => Doc }
  | { read: (call: Call) => Doc | Buffer }
);

const COMMON_OPTIONS =
  '$db $clusterTime $readPreference lsid txnNumber startTransaction autocommit readConcern writeConcern maxTimeMS comment';

/** Refuses every option that the command does not know (40415). */
export function checkOptions(name: string, options: string, body: Doc): void {
  asDoc(body, name, [name, ...COMMON_OPTIONS.split(' '), ...options.split(' ')]);
  asDoc(body.readConcern, 'readConcern', ['level', 'afterClusterTime']);
}

/** The namespace that a command names, and its collection where it exists; error 73 when it cannot be one. */
export function targetOf({ name, body, db, view }: Call): {
  name: string;
  ns: string;
  collection?: Collection | undefined;
} {
  const named = body[name];
  const isName = (text: unknown): text is string => typeof text === 'string' && /^[^$\0]{1,200}$/.test(text);
  if (!isName(named) || !isName(db)) {
    throw new MongoError(73, 'InvalidNamespace', `Invalid namespace specified '${db}.${String(named)}'`);
  }
  const ns = `${db}.${named}`;
  return { name: named, ns, collection: view().catalog.get(ns) };
}
