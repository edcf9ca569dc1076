import { decode } from './bson-reader.ts';
import type { Doc } from './doc.ts';
import type { Found } from './documents.ts';
import type { Filter } from './filter.ts';
import { keyOf, type Order } from './order.ts';
import { orderedKey } from './ordered-key.ts';
import type { PageRow } from './page-rows.ts';
import { assertStands, inTurn, merged, pagesInTurn } from './pages.ts';
import { type Asked, type KeyRange, type Plan, planFor } from './plan.ts';
import { unseal } from './seal.ts';
import type { Collection, View } from './store.ts';

/** The documents that match, in order; `read` is called for each that is looked at. `view` is asked again for each page, so that a resting cursor reads the present. */
export function* matching(
  view: () => View,
  collection: Collection,
  asked: Asked,
  read: () => void = () => undefined,
): Generator<Found> {
  const plan = planFor(collection, asked);
  const found = candidates(view, collection, asked.filter, plan, read);
  yield* plan.sorted ? found : sorted(found, asked.sort ?? [], ({ doc }) => doc);
}

/** How many match, or `most`: by the keys of an index where these say it, else by reading them; neither goes further than it takes to know. */
export function countMatching(
  view: () => View,
  collection: Collection,
  asked: Omit<Asked, 'sort'>,
  most = Number.POSITIVE_INFINITY,
): number {
  const plan = planFor(collection, asked);
  let count = 0;
  if (plan.exact) {
    for (const range of plan.ranges) {
      if (count >= most) break;
      count += countKeys(view, collection, plan.source, range, most - count);
    }
    return count;
  }
  for (const _ of candidates(view, collection, asked.filter, plan, () => undefined)) {
    count += 1;
    if (count >= most) break;
  }
  return count;
}

/** So many keys are counted before the view is asked again. */
const KEYS_AT_ONCE = 20_000;

function countKeys(
  view: () => View,
  collection: Collection,
  source: Plan['source'],
  { from, to }: KeyRange,
  most: number,
): number {
  const [table, key] =
    typeof source === 'string' ? [`d${collection.id}`, source === 'ids' ? 'id' : 'seq'] : [`i${source.id}`, 'key'];
  const [within, order] = key === 'seq' ? ['seq > ?', 'seq'] : [`(${key}, seq) > (?, ?) AND ${key} < ?`, `${key}, seq`];
  const ahead = `SELECT ${key}, seq FROM ${table} WHERE ${within} ORDER BY ${order} LIMIT 1 OFFSET ${KEYS_AT_ONCE - 1}`;
  const rest = `SELECT COUNT(*) FROM ${table} WHERE ${within}`;
  const some = `SELECT COUNT(*) FROM (SELECT 1 FROM ${table} WHERE ${within} LIMIT ?)`;
  let last: [key: Buffer | number, seq: number] = [from, -1];
  for (let count = 0; ; count += KEYS_AT_ONCE) {
    const now = view();
    assertStands(now, collection, source);
    const values = key === 'seq' ? [last[1]] : [...last, to];
    if (most - count <= KEYS_AT_ONCE)
      return count + (now.sql.first<[number]>(some, [...values, most - count])?.[0] ?? 0);
    const next = now.sql.first<[Buffer | number, number]>(ahead, values);
    if (next === undefined) return count + (now.sql.first<[number]>(rest, values)?.[0] ?? 0);
    last = next;
  }
}

/** What matches, page by page as it is read and in no order. */
export function* matchingPages(
  view: () => View,
  collection: Collection,
  asked: Omit<Asked, 'sort'>,
): Generator<Found[]> {
  const id = asked.by === undefined ? idSought(asked.filter) : undefined;
  if (id !== undefined) {
    const row = view().sql.first<[number, Buffer]>(`SELECT seq, doc FROM d${collection.id} WHERE id = ?`, [id]);
    const found = row && asFound(row);
    if (found && asked.filter.test(found.doc)) yield [found];
    return;
  }
  const plan = planFor(collection, asked);
  for (const rows of pagesInTurn(view, collection, plan)) {
    const found = rows.map(asFound);
    yield plan.exact ? found : found.filter(({ doc }) => asked.filter.test(doc));
  }
}

/** The key of the one document that a filter can mean: nothing is to be planned for that. */
function idSought({ leaves }: Filter): Buffer | undefined {
  const leaf = leaves.find(({ by, path }) => by === '$eq' && path.length === 1 && path[0] === '_id');
  return leaf === undefined || Array.isArray(leaf.operand) ? undefined : orderedKey(leaf.operand);
}

function* candidates(
  view: () => View,
  collection: Collection,
  { test }: Filter,
  plan: Plan,
  read: () => void,
): Generator<Found> {
  for (const row of plan.merged ? merged(view, collection, plan) : inTurn(view, collection, plan)) {
    const found = asFound(row);
    read();
    if (plan.exact || test(found.doc)) yield found;
  }
}

/** A row as it was read; 301 where it is damaged. */
export function asFound([seq, stored]: PageRow | [number, Buffer]): Found {
  return new StoredDocument(seq, unseal(stored));
}

/** Decoded when it is looked into: what is answered as it is stored is not. */
class StoredDocument implements Found {
  readonly seq: number;
  readonly raw: Buffer;
  #doc: Doc | undefined;

  constructor(seq: number, raw: Buffer) {
    this.seq = seq;
    this.raw = raw;
  }

  get doc(): Doc {
    this.#doc ??= decode(this.raw);
    return this.#doc;
  }
}

/** A document as it is now, if it still is there and matches. */
export function matchingNow({ sql }: View, { id }: Collection, { test }: Filter, seq: number): Found | undefined {
  const row = sql.first<[number, Buffer]>(`SELECT seq, doc FROM d${id} WHERE seq = ?`, [seq]);
  const found = row && asFound(row);
  return found && test(found.doc) ? found : undefined;
}

/** Skips and limits a stream; a limit of 0 is none. */
export function* slice<T>(items: Iterable<T>, skip: number, limit: number): Generator<T> {
  let place = 0;
  for (const item of items) {
    if (place++ >= skip) yield item;
    if (limit > 0 && place >= skip + limit) return;
  }
}

/** Sorts by MongoDB's order; what is equal keeps its place. BadValue for arrays. */
export function sorted<T>(items: Iterable<T>, sort: Order, docOf: (item: T) => Doc): T[] {
  const keyed = Array.from(items, (item) => ({ item, key: keyOf(sort, docOf(item)) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}
