import type { Collection } from './catalog.ts';
import type { SqlValue } from './connection.ts';
import type { Row } from './documents.ts';
import type { KeyRange, Plan } from './plan.ts';
import type { View } from './store.ts';

const PAGE_SIZES = [8, 64, 512] as const;

type Page = readonly [seq: number, raw: Buffer, key: Buffer | number];

/** The candidates of a plan, read page by page, so a cursor may rest between two of them. No document comes twice. */
export function* scan(view: () => View, collection: Collection, plan: Plan): Generator<Row> {
  const seen = typeof plan.source === 'object' && plan.source.multikey ? new Set<number>() : undefined;
  const ranges = plan.backward ? [...plan.ranges].reverse() : plan.ranges;
  for (const range of ranges) {
    let last: Page | undefined;
    for (let page = 0; ; page++) {
      const size = PAGE_SIZES[Math.min(page, PAGE_SIZES.length - 1)] ?? 8;
      const rows = readPage(view(), collection, plan, range, last, size);
      for (const [seq, raw] of rows) {
        if (seen?.has(seq)) continue;
        seen?.add(seq);
        yield { seq, raw };
      }
      if (rows.length < size) break;
      last = rows[rows.length - 1];
    }
  }
}

function readPage(
  view: View,
  collection: Collection,
  { source, backward }: Plan,
  { from, to }: KeyRange,
  last: Page | undefined,
  size: number,
): Page[] {
  const documents = `d${collection.id}`;
  const order = backward ? 'DESC' : 'ASC';
  const beyond = backward ? '<' : '>';
  let sql: string;
  let values: SqlValue[];
  if (source === 'all') {
    sql = `SELECT seq, doc, seq FROM ${documents} WHERE seq > ? ORDER BY seq LIMIT ?`;
    values = [last?.[0] ?? -1, size];
  } else if (source === 'ids') {
    const more = last ? `AND id ${beyond} ?` : '';
    sql = `SELECT seq, doc, id FROM ${documents} WHERE id >= ? AND id < ? ${more} ORDER BY id ${order} LIMIT ?`;
    values = last ? [from, to, last[2], size] : [from, to, size];
  } else {
    const low = last && !backward ? '(i.key, i.seq) > (?, ?)' : 'i.key >= ?';
    const high = last && backward ? '(i.key, i.seq) < (?, ?)' : 'i.key < ?';
    sql = `SELECT i.seq, d.doc, i.key FROM i${source.id} i CROSS JOIN ${documents} d ON d.seq = i.seq
      WHERE ${low} AND ${high} ORDER BY i.key ${order}, i.seq ${order} LIMIT ?`;
    const place = last ? [last[2], last[0]] : [];
    values = [...(last && !backward ? place : [from]), ...(last && backward ? place : [to]), size];
  }
  return view.sql.all(sql, values) as unknown as Page[];
}
