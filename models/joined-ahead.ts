import { rememberAll } from './brought-ahead.ts';
import { knowAhead, knowSaying, Seen } from './read-ahead.ts';
import { JOINED, type Joins } from './read-together.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

type Row = Readonly<Record<string, unknown>>;

/** More rows than a tap looks at are not kept. */
const MOST_KEPT = 300;

/** These are all the rows of a collection in whose column stands what they say there. */
export function knowAllOf(tx: Transaction, collection: string, column: string, rows: readonly Row[]): void {
  for (const value of new Set(rows.map((row) => row[column]))) {
    const saying = rows.filter((row) => row[column] === value);
    if (typeof value === 'string') knowSaying(tx, collection, { column, value }, saying);
  }
}

/** What is joined to these rows is known; to whoever may write, as all that there is of what they name. */
export function knowJoined(tx: Reads | undefined, { from, by, at }: Joins, rows: readonly Row[]): void {
  const joinedTo = (row: Row): readonly Row[] => [row[JOINED] ?? []].flat().map(Object);
  rememberAll(tx, from, rows.flatMap(joinedTo));
  if (tx === undefined || tx instanceof Seen || rows.length > MOST_KEPT) return;
  for (const row of rows) {
    for (const value of [row[by]].flat()) {
      if (typeof value !== 'string') continue;
      const saying = joinedTo(row).filter((one) => one[at] === value);
      if (at !== '_id') knowSaying(tx, from, { column: at, value }, saying);
      else if (saying.length === 0) knowAhead(tx, from, value, undefined);
    }
  }
}
