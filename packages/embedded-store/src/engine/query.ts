import { decode } from './bson-reader.ts';
import type { Doc } from './doc.ts';
import type { Found } from './documents.ts';
import type { Filter } from './filter.ts';
import { MongoError } from './mongo-error.ts';
import { keyOf, type Order } from './order.ts';
import { orderedKey } from './ordered-key.ts';
import { type PageRow, readPage } from './pages.ts';
import { type Asked, type KeyRange, type Plan, planFor } from './plan.ts';
import { unseal } from './seal.ts';
import type { Collection, View } from './store.ts';

/** Small first: most searches want one document, and of the others most a page of them. */
const PAGE_SIZES = [8, 64, 128, 256] as const;

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

function asFound([seq, stored]: PageRow | [number, Buffer]): Found {
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

function pagesOfRange(view: () => View, collection: Collection, { source, backwards }: Plan) {
  const pageOf = pageReader(collection.id, source, backwards);
  return function* (range: KeyRange): Generator<PageRow[]> {
    let last: PageRow | undefined;
    for (let page = 0; page === 0 || last; page++) {
      const size = PAGE_SIZES[page] ?? 512;
      const now = view();
      assertStands(now, collection, source);
      const rows = pageOf(now, range, size, last);
      yield rows;
      last = rows.length < size ? undefined : rows.at(-1);
    }
  };
}

function* inTurn(view: () => View, collection: Collection, plan: Plan): Generator<PageRow> {
  for (const rows of pagesInTurn(view, collection, plan)) yield* rows;
}

/** The rows of one range after the other. After one that is empty those are passed over that the next key of the index lies behind. */
function* pagesInTurn(view: () => View, collection: Collection, plan: Plan): Generator<PageRow[]> {
  const { source, backwards } = plan;
  if (source === 'ids' && !backwards && plan.ranges.every(isOneKey)) {
    yield* pagesOfIds(view, collection, plan);
    return;
  }
  const pagesOf = pagesOfRange(view, collection, plan);
  const ranges = backwards ? plan.ranges.toReversed() : plan.ranges;
  const ahead =
    backwards || typeof source === 'string'
      ? undefined
      : `SELECT key FROM i${source.id} WHERE key >= ? ORDER BY key LIMIT 1`;
  let wasEmpty = false;
  let next: Buffer | undefined;
  for (const range of ranges) {
    if (next && Buffer.compare(next, range.to) >= 0) continue;
    if (wasEmpty && ahead !== undefined) {
      const now = view();
      assertStands(now, collection, source);
      [next] = now.sql.first<[Buffer]>(ahead, [range.from]) ?? [];
      if (next === undefined) return;
      if (Buffer.compare(next, range.to) >= 0) continue;
    }
    wasEmpty = true;
    next = undefined;
    for (const rows of pagesOf(range)) {
      if (rows.length > 0) wasEmpty = false;
      yield rows;
    }
  }
}

/** No key begins another: what begins with a whole one is that. */
function isOneKey({ from, shared }: KeyRange): boolean {
  return shared > 0 && shared === from.length;
}

/** So many documents are read by their ids at once, the first few by themselves. */
const IDS_AT_ONCE = [1, 8, 64, 512] as const;

/** What is asked for by its ids, in their order. */
function* pagesOfIds(view: () => View, collection: Collection, { ranges, source }: Plan): Generator<PageRow[]> {
  for (let at = 0; at < ranges.length; ) {
    const left = at === 0 ? Math.min(PAGE_SIZES[0], ranges.length) : ranges.length - at;
    const size = IDS_AT_ONCE.findLast((each, place) => left > (IDS_AT_ONCE[place - 1] ?? 0) * 4 || each === 1) ?? 1;
    const ids = ranges.slice(at, at + size).map(({ from }) => from);
    at += ids.length;
    // a statement for each number would be prepared anew
    while (ids.length < size) ids.push(...ids.slice(-1));
    const now = view();
    assertStands(now, collection, source);
    const wanted = Array(size).fill('?').join();
    const asked = `SELECT seq, doc, id AS key FROM d${collection.id} WHERE id IN (${wanted}) ORDER BY id`;
    yield readPage(now.sql, asked, ids);
  }
}

/** The rows of all ranges, each time the one whose key goes on with the least, or backwards with the most. */
function* merged(view: () => View, collection: Collection, plan: Plan): Generator<PageRow> {
  const { ranges, backwards } = plan;
  const pagesOf = pagesOfRange(view, collection, plan);
  const rowsOf = function* (range: KeyRange): Generator<PageRow> {
    for (const rows of pagesOf(range)) yield* rows;
  };
  const next = (rows: Iterator<PageRow>, shared: number): { row: PageRow; key: Buffer } | undefined => {
    const { value, done } = rows.next();
    return done ? undefined : { row: value, key: value[2].subarray(shared) };
  };
  const heads = ranges.flatMap((range) => {
    const rows = rowsOf(range);
    const first = next(rows, range.shared);
    return first ? [{ ...first, rows, shared: range.shared }] : [];
  });
  const way = backwards ? -1 : 1;
  while (heads.length > 0) {
    const first = heads.reduce((a, b) => (Buffer.compare(b.key, a.key) * way < 0 ? b : a));
    yield first.row;
    const after = next(first.rows, first.shared);
    if (after) Object.assign(first, after);
    else heads.splice(heads.indexOf(first), 1);
  }
}

/** A cursor that rests outlives neither its collection nor the index it reads (175), which has all its entries then. */
function assertStands({ catalog, settle }: View, { db, name, id }: Collection, source: Plan['source']): void {
  const now = catalog.get(`${db}.${name}`);
  const isThere = now?.id === id && (typeof source === 'string' || now.indexes.some((index) => index.id === source.id));
  if (!isThere) throw new MongoError(175, 'QueryPlanKilled', `what the cursor reads of ${db}.${name} was dropped`);
  if (typeof source !== 'string') settle?.();
}

/** How the next rows of a range are read from a source: those after `last`, or backwards before it. */
function pageReader(id: number, source: Plan['source'], backwards: boolean) {
  if (source === 'all') {
    const sql = `SELECT seq, doc, '' AS key FROM d${id} WHERE seq > ? ORDER BY seq LIMIT ?`;
    return (view: View, _all: KeyRange, size: number, last?: PageRow) =>
      readPage(view.sql, sql, [last?.[0] ?? -1, size]);
  }
  const [table, key] = source === 'ids' ? [`d${id}`, 'id'] : [`i${source.id}`, 'key'];
  const sql = `SELECT e.seq, d.doc, e.${key} AS key FROM ${table} e CROSS JOIN d${id} d ON d.seq = e.seq
    WHERE (e.${key}, e.seq) > (?, ?) AND e.${key} < ? ORDER BY e.${key}, e.seq LIMIT ?`;
  const down = `SELECT e.seq, d.doc, e.${key} AS key FROM ${table} e CROSS JOIN d${id} d ON d.seq = e.seq
    WHERE (e.${key}, e.seq) < (?, ?) AND e.${key} >= ? ORDER BY e.${key} DESC, e.seq DESC LIMIT ?`;
  const byId = `SELECT seq, doc, id FROM d${id} WHERE id = ?`;
  return (view: View, { from, to, shared }: KeyRange, size: number, last?: PageRow): PageRow[] => {
    // no key is `to`, so that all of them are before its first
    if (backwards) return readPage(view.sql, down, [last?.[2] ?? to, last?.[0] ?? -1, from, size]);
    if (source !== 'ids' || !isOneKey({ from, to, shared }))
      return readPage(view.sql, sql, [last?.[2] ?? from, last?.[0] ?? -1, to, size]);
    const found = view.sql.first<PageRow>(byId, [from]);
    return found ? [found] : [];
  };
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
