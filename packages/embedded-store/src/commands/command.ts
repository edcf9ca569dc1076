import type { Cursors } from '../engine/cursors.ts';
import type { Found } from '../engine/documents.ts';
import type { Filter } from '../engine/filter.ts';
import { MongoError } from '../engine/mongo-error.ts';
import type { Order } from '../engine/order.ts';
import { matching, slice } from '../engine/query.ts';
import type { Collection, Store, View } from '../engine/store.ts';
import { asDoc, type Doc } from '../engine/values.ts';

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
export type Command = { options: string } & ({ write: (call: Call) => Doc } | { read: (call: Call) => Doc | Buffer });

const COMMON_OPTIONS =
  '$db $clusterTime $readPreference lsid txnNumber startTransaction autocommit readConcern writeConcern maxTimeMS comment';

/** Refuses every option that the command does not know (40415). */
export function checkOptions(name: string, options: string, body: Doc): void {
  asDoc(body, name, [name, ...COMMON_OPTIONS.split(' '), ...options.split(' ')]);
  asDoc(body.readConcern, 'readConcern', ['level', 'afterClusterTime']);
}

type Target = { name: string; ns: string; collection: Collection | undefined };

/** The namespace that a command names, and its collection where it exists; error 73 when it cannot be one. */
export function targetOf({ name, body, db, view }: Call): Target {
  const named = body[name];
  const isName = (text: unknown): text is string => typeof text === 'string' && /^[^$\0]{1,200}$/.test(text);
  const ns = `${db}.${String(named)}`;
  if (!isName(named) || !isName(db)) throw new MongoError(73, 'InvalidNamespace', `Invalid namespace: '${ns}'`);
  return { name: named, ns, collection: view().catalog.get(ns) };
}

/** The documents of the command's collection that match, in order, after skipping and up to a limit (0 is none). */
export function search(call: Call, filter: Filter, order: Order = [], limit = 0, skip = 0): Iterable<Found> {
  const { collection } = targetOf(call);
  return collection ? slice(matching(call.view, collection, filter, order), skip, limit) : [];
}
