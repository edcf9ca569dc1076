import { type Found, keysOf } from './documents.ts';
import type { Filter } from './filter.ts';
import { badValue, MongoError } from './mongo-error.ts';
import { type KeyRange, type Plan, planFor } from './plan.ts';
import type { Collection, IndexField, SqlValue, View } from './store.ts';
import { type Doc, decode, isDoc, isNumber } from './values.ts';

/** The fields to sort by. */
export type Sort = readonly IndexField[];

type PageRow = [seq: number, raw: Buffer, key: Buffer];

const PAGE_SIZES = [8, 64] as const;
const LARGE_PAGE = 512;

/** The documents that match, in order. `view` is asked again for each page, so that a resting cursor reads the present. */
export function* matching(view: () => View, collection: Collection, filter: Filter, sort: Sort): Generator<Found> {
  const plan = planFor(collection, filter, sort);
  const found = candidates(view, collection, filter, plan);
  yield* plan.sorted ? found : sorted(found, sort, ({ doc }) => doc);
}

function* candidates(view: () => View, collection: Collection, { test }: Filter, plan: Plan): Generator<Found> {
  const seen = typeof plan.source === 'object' && plan.source.multikey ? new Set<number>() : undefined;
  for (const range of plan.source === 'all' ? [undefined] : plan.ranges) {
    let last: PageRow | undefined;
    for (let page = 0; page === 0 || last; page++) {
      const size = PAGE_SIZES[page] ?? LARGE_PAGE;
      const rows = readPage(view(), collection, plan, range, last, size);
      for (const [seq, raw] of rows) {
        if (seen?.has(seq)) continue;
        seen?.add(seq);
        const doc = decode(raw);
        if (test(doc)) yield { seq, raw, doc };
      }
      last = rows.length < size ? undefined : rows.at(-1);
    }
  }
}

function readPage(
  { sql }: View,
  { id }: Collection,
  { source, backward }: Plan,
  range: KeyRange | undefined,
  last: PageRow | undefined,
  size: number,
): PageRow[] {
  if (source === 'all' || !range) {
    return sql.all(`SELECT seq, doc FROM d${id} WHERE seq > ? ORDER BY seq LIMIT ?`, [last?.[0] ?? -1, size]);
  }
  const [table, key] = source === 'ids' ? [`d${id}`, 'id'] : [`i${source.id}`, 'key'];
  const low = last && !backward ? `(e.${key}, e.seq) > (?, ?)` : `e.${key} >= ?`;
  const high = last && backward ? `(e.${key}, e.seq) < (?, ?)` : `e.${key} < ?`;
  const place: SqlValue[] = last ? [last[2], last[0]] : [];
  const order = backward ? 'DESC' : 'ASC';
  return sql.all(
    `SELECT e.seq, d.doc, e.${key} FROM ${table} e CROSS JOIN d${id} d ON d.seq = e.seq
     WHERE ${low} AND ${high} ORDER BY e.${key} ${order}, e.seq ${order} LIMIT ?`,
    [...(last && !backward ? place : [range.from]), ...(last && backward ? place : [range.to]), size],
  );
}

/** Skips and limits a stream; a limit of 0 is none. */
export function* slice<T>(items: Iterable<T>, skip: number, limit: number): Generator<T> {
  let place = 0;
  for (const item of items) {
    if (place++ >= skip) yield item;
    if (limit > 0 && place >= skip + limit) return;
  }
}

/** Parses a sort: every value 1 or -1; BadValue for anything else (`$meta`). */
export function parseSort(sort: unknown): Sort {
  const fields = sort ?? {};
  if (!isDoc(fields)) throw new MongoError(14, 'TypeMismatch', 'a sort must be an object');
  return Object.entries(fields).map(([path, direction]): IndexField => {
    const number = isNumber(direction) ? Number(String(direction)) : 0;
    if (path === '' || path.startsWith('$') || (number !== 1 && number !== -1))
      throw badValue(`Illegal sort by '${path}'`);
    return { path: path.split('.'), direction: number };
  });
}

/** Sorts by MongoDB's order (an array stands by its least or greatest element); what is equal keeps its place. */
export function sorted<T>(items: Iterable<T>, sort: Sort, docOf: (item: T) => Doc): T[] {
  const keyed = Array.from(items, (item) => {
    const keys = Array.from(keysOf(sort, docOf(item)).values(), ({ key }) => key);
    return { item, key: keys.reduce((least, key) => (Buffer.compare(key, least) < 0 ? key : least)) };
  });
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}
