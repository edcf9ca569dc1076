import { Int32 } from 'bson';
import type { Cursors } from '../engine/cursors.ts';
import { type Doc, isDoc } from '../engine/doc.ts';
import type { Found } from '../engine/documents.ts';
import type { Filter } from '../engine/filter.ts';
import { badValue, failedToParse, MongoError } from '../engine/mongo-error.ts';
import type { OpCounters } from '../engine/opcounters.ts';
import type { Order } from '../engine/order.ts';
import type { Source } from '../engine/plan.ts';
import { countMatching, matching, matchingNow, matchingPages, slice } from '../engine/query.ts';
import type { Slices } from '../engine/slices.ts';
import type { Collection, Store, View } from '../engine/store.ts';
import { asDoc, asFlag } from '../engine/values.ts';

/** What a command works with. */
export interface Call {
  name: string;
  db: string;
  body: Doc;
  cursors: Cursors;
  view: () => View;
  session: string;
  transaction: object | undefined;
  host: string;
  opcounters: OpCounters;
  now: number;
}

/** What a write works with, inside a SQLite transaction that is open already. */
export type WriteCall = Call & { store: Store };

/** A command: the options it knows, and what it does. A read may answer with the bytes of a document, a write may give way. */
export type Command = { options: string } & (
  | { write: (call: WriteCall) => Doc | Slices<Doc> }
  | { read: (call: Call) => Doc | Buffer }
);

const COMMON_OPTIONS =
  '$db $clusterTime $readPreference lsid txnNumber startTransaction autocommit readConcern writeConcern maxTimeMS comment';
/** What says yes or no to what is done all the same here. */
const FLAGS = ['allowDiskUse', 'authorizedCollections', 'authorizedDatabases', 'bypassDocumentValidation'];

/** Refuses every option that the command does not know (40415). */
export function checkOptions(name: string, options: string, body: Doc): void {
  asDoc(body, name, [name, ...COMMON_OPTIONS.split(' '), ...options.split(' ')]);
  for (const flag of FLAGS) asFlag(body[flag], flag);
}

const MOST_NAME_BYTES = 255;

type Target = { name: string; ns: string; collection: Collection | undefined };

/** The namespace that a command names, and its collection where it exists; error 73 when it cannot be one. */
export function targetOf({ name, body, db, view }: Call): Target {
  const named = checkName(db, body[name]);
  const ns = `${db}.${named}`;
  return { name: named, ns, collection: view().catalog.get(ns) };
}

/** What a collection of that database can be called; error 73 otherwise. */
export function checkName(db: string, named: unknown): string {
  const ns = `${db}.${String(named)}`;
  const isName =
    typeof named === 'string' &&
    /^(?!system\.|\.|.*\.\.)[^$\0]*[^.$\0]$/s.test(named) &&
    Buffer.byteLength(ns) <= MOST_NAME_BYTES;
  if (isName) return named;
  throw new MongoError(73, 'InvalidNamespace', `Invalid namespace: '${ns}'`);
}

/** What a command looks for: in order, after skipping and up to a limit (0 is none), by the index that `hint` names. */
export type Wanted = {
  filter: Filter;
  order?: Order | undefined;
  limit?: number | undefined;
  skip?: number | undefined;
  hint?: unknown;
};

/** The documents of the command's collection that match; `read` is called for each that is looked at. */
export function search(
  call: Call,
  { filter, order = [], limit = 0, skip = 0, hint }: Wanted,
  read?: () => void,
): Iterable<Found> {
  const { collection } = targetOf(call);
  if (!collection) return [];
  const asked = { filter, sort: order, some: limit > 0, by: hintedSource(collection, hint) };
  const found = matching(call.view, collection, asked, read);
  return slice(found, skip, limit);
}

/** How many documents of the command's collection match. */
export function countFound(call: Call, { filter, limit = 0, skip = 0, hint }: Wanted): number {
  const { collection } = targetOf(call);
  if (!collection) return 0;
  const most = limit > 0 ? skip + limit : undefined;
  const all = countMatching(call.view, collection, { filter, by: hintedSource(collection, hint) }, most);
  const left = Math.max(0, all - skip);
  return limit > 0 ? Math.min(left, limit) : left;
}

/** The first document that matches; gives way after each page that was read, but not between the last one and the answer. */
export function* findFirst(call: Call, { filter, order = [], hint }: Wanted): Slices<Found | undefined> {
  const { collection } = targetOf(call);
  if (order.length > 0 || !collection) return [...search(call, { filter, order, limit: 1, hint })][0];
  for (const [first] of matchingPages(call.view, collection, { filter, by: hintedSource(collection, hint) })) {
    if (first) return first;
    yield false;
  }
  return undefined;
}

/**
 * Does something with all that matches, found before any of it is changed, so that no change is met by the search that leads to it. Each
 * is read again when its turn comes, and left out if it does not match any more. Gives how many there were.
 */
export function* forEachFound(call: Call, { filter, hint }: Wanted, change: (found: Found) => void): Slices<number> {
  const { collection } = targetOf(call);
  if (!collection) return 0;
  const seqs: number[] = [];
  for (const page of matchingPages(call.view, collection, { filter, by: hintedSource(collection, hint) })) {
    for (const { seq } of page) seqs.push(seq);
    yield false;
  }
  let count = 0;
  for (const seq of seqs) {
    const isThere = targetOf(call).collection?.id === collection.id;
    const found = isThere ? matchingNow(call.view(), collection, filter, seq) : undefined;
    if (found) change(found);
    if (found) count++;
    yield false;
  }
  return count;
}

/** What a hint names: an index by its name or key, `_id`, or everything in order of storage; 2 when there is none such. */
export function hintedSource({ indexes }: Collection, hint: unknown): Source | undefined {
  if (hint === undefined || (isDoc(hint) && Object.keys(hint).length === 0)) return undefined;
  if (typeof hint !== 'string' && !isDoc(hint)) throw failedToParse('hint must be the name or the key of an index');
  const key = typeof hint === 'string' ? hint : keyText(hint);
  if (key === '_id_' || key === keyText({ _id: new Int32(1) })) return 'ids';
  if (key === keyText({ $natural: new Int32(1) })) return 'all';
  const index = indexes.find(
    ({ isReady, name, spec }) => isReady && (typeof hint === 'string' ? name : keyText(spec.key)) === key,
  );
  if (index) return index;
  throw badValue('hint provided does not correspond to an existing index');
}

/** A key as text, whatever the types of its numbers. */
export function keyText(key: unknown): string {
  return JSON.stringify(Object.entries(asDoc(key, 'key')).map(([path, direction]) => [path, String(direction)]));
}
