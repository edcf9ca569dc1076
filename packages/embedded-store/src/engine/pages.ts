import type { Connection } from './connection.ts';
import { MongoError } from './mongo-error.ts';
import { type PageRow, readPage } from './page-rows.ts';
import type { KeyRange, Plan } from './plan.ts';
import type { Collection, Index, View } from './store.ts';

/** Small first: most searches want one document, and of the others most a page of them. */
const PAGE_SIZES = [8, 64, 128, 256] as const;

/** The rows of one range after the other. After one that is empty those are passed over that the next key of the index lies behind. */
export function* pagesInTurn(view: () => View, collection: Collection, plan: Plan): Generator<PageRow[]> {
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

export function* inTurn(view: () => View, collection: Collection, plan: Plan): Generator<PageRow> {
  for (const rows of pagesInTurn(view, collection, plan)) yield* rows;
}

/** The rows of all ranges, each time the one whose key goes on with the least, or backwards with the most. */
export function* merged(view: () => View, collection: Collection, plan: Plan): Generator<PageRow> {
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

/** So many documents are read by their ids at once, the first few by themselves. */
const IDS_AT_ONCE = [1, 8, 64, 512] as const;

/** What is asked for by its ids, in their order. */
function* pagesOfIds(view: () => View, collection: Collection, { ranges, source }: Plan): Generator<PageRow[]> {
  for (let at = 0; at < ranges.length; ) {
    const left = at === 0 ? Math.min(PAGE_SIZES[0], ranges.length) : ranges.length - at;
    const size = IDS_AT_ONCE.findLast((each, place) => left > (IDS_AT_ONCE[place - 1] ?? 0) * 4 || each === 1) ?? 1;
    const ids = ranges.slice(at, at + size).map(({ from }) => from);
    at += ids.length;
    const now = view();
    assertStands(now, collection, source);
    yield rowsOfKeys(now.sql, collection, 'ids', ids, size);
  }
}

/** What there is of these keys, in their order. `size`: for how many there is a statement; one for each number would be prepared anew. */
export function rowsOfKeys(
  sql: Connection,
  { id }: Collection,
  source: 'ids' | Index,
  keys: readonly Buffer[],
  size: number,
): PageRow[] {
  const values = Array.from({ length: size }, (_, place) => keys[place] ?? keys.at(-1) ?? null);
  const wanted = Array(size).fill('?').join();
  if (source === 'ids')
    return readPage(sql, `SELECT seq, doc, id AS key FROM d${id} WHERE id IN (${wanted}) ORDER BY id`, values);
  const entries = `i${source.id} e CROSS JOIN d${id} d ON d.seq = e.seq WHERE e.key IN (${wanted})`;
  return readPage(sql, `SELECT e.seq, d.doc, e.key AS key FROM ${entries} ORDER BY e.key, e.seq`, values);
}

/** No key begins another: what begins with a whole one is that. */
function isOneKey({ from, shared }: KeyRange): boolean {
  return shared > 0 && shared === from.length;
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

/** A cursor that rests outlives neither its collection nor the index it reads (175), which has all its entries then. */
export function assertStands({ catalog, settle }: View, { db, name, id }: Collection, source: Plan['source']): void {
  const now = catalog.get(`${db}.${name}`);
  const isThere = now?.id === id && (typeof source === 'string' || now.indexes.some((index) => index.id === source.id));
  if (!isThere) throw new MongoError(175, 'QueryPlanKilled', `what the cursor reads of ${db}.${name} was dropped`);
  if (typeof source !== 'string') settle?.();
}
