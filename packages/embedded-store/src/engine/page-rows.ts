import type { Connection, SqlValue } from './connection.ts';

/** A document as a page holds it: sealed, with the key under which it was found. */
export type PageRow = [seq: number, stored: Buffer, key: Buffer];

/**
 * The rows of a query for `seq`, `doc` and `key`, in its order. They come as one row, in which the documents stand one behind the other: to take
 * a column out of SQLite costs as much as to read ten documents.
 */
export function readPage(sql: Connection, query: string, values: readonly SqlValue[]): PageRow[] {
  try {
    const [sizes, docs, keys] = sql.first<[string | null, Buffer, Buffer]>(together(query), values) ?? [null];
    return sizes === null || docs === undefined || keys === undefined ? [] : cut(sizes.split(','), docs, keys);
  } catch (failure) {
    // more than a thousand million bytes are no one value
    if (Object(failure).code !== 'SQLITE_TOOBIG') throw failure;
    return sql.all(query, values);
  }
}

const made = new Map<string, string>();

/** SQLite keeps the order of what it joins where what is joined is a query with an order of its own. */
function together(query: string): string {
  const known = made.get(query);
  if (known !== undefined) return known;
  const sizes = "group_concat(seq || ',' || length(doc) || ',' || length(key))";
  const joined = (column: string): string => `CAST(group_concat(${column}, '') AS BLOB)`;
  const whole = `SELECT ${sizes}, ${joined('doc')}, ${joined('key')} FROM (${query})`;
  made.set(query, whole);
  return whole;
}

/** `sizes`: of each document its number, and how many bytes it and its key have. */
function cut(sizes: readonly string[], docs: Buffer, keys: Buffer): PageRow[] {
  const rows: PageRow[] = [];
  let [doc, key] = [0, 0];
  for (let place = 0; place < sizes.length; place += 3) {
    const [ofDoc, ofKey] = [Number(sizes[place + 1]), Number(sizes[place + 2])];
    rows.push([Number(sizes[place]), docs.subarray(doc, doc + ofDoc), keys.subarray(key, key + ofKey)]);
    doc += ofDoc;
    key += ofKey;
  }
  return rows;
}
