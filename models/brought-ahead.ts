import { aheadOf, aheadSaying, knowAhead, knowSaying, Seen } from './read-ahead.ts';
import type { Question } from './read-together.ts';
import { isMeant, UNTOLD } from './row-after.ts';
import type { Reads } from './single-write.ts';
import { inOrder } from './stored-order.ts';
import type { Transaction } from './transaction.ts';

type Row = Readonly<Record<string, unknown>>;

/** A record of some collection that a transaction will want. */
export interface Ahead {
  readonly of: { readonly name: string };
  readonly id: string;
  /** What else will be wanted, by what the record says. */
  readonly follows?: readonly Follows[] | undefined;
}

/** Of another collection those rows in whose column `at` stands what a record says in `by`: one text, or each of a list. */
export interface Follows {
  readonly of: { readonly name: string };
  readonly by: string;
  readonly at: string;
}

/** The stages that bring these to one row, whichever that is. */
export function stagesFor(ahead: readonly Ahead[]): readonly Row[] {
  const named = ahead.filter(isPlain);
  const ids = named.map(({ id }, index) => [`__id${index}`, id]);
  return [...(ids.length === 0 ? [] : [{ $set: Object.fromEntries(ids) }]), ...named.flatMap(broughtBy)];
}

function broughtBy({ of, follows = [] }: Ahead, index: number): readonly Row[] {
  const path = `__row${index}`;
  const row = { $lookup: { from: of.name, localField: `__id${index}`, foreignField: '_id', as: path } };
  if (follows.length === 0) return [row];
  const others = follows.map(({ of: { name: from }, by, at: foreignField }, place) => ({
    $lookup: { from, localField: `${path}.${by}`, foreignField, as: `${path}follows${place}` },
  }));
  return [row, { $unwind: { path: `$${path}`, preserveNullAndEmptyArrays: true } }, ...others];
}

/** They are known in the transaction from now on, also that one of them is not there. Answers the row without them. */
export function knowBrought<Stored extends Row>(tx: Transaction, brought: Stored, ahead: readonly Ahead[]): Stored {
  for (const [index, one] of ahead.filter(isPlain).entries()) {
    const [found] = rowsAt(brought, `__row${index}`);
    knowAhead(tx, one.of.name, one.id, found);
    if (found !== undefined) knowFollowing(tx, found, one, (place) => rowsAt(brought, `__row${index}follows${place}`));
  }
  return Object.fromEntries(Object.entries(brought).filter(([name]) => !name.startsWith('__'))) as Stored;
}

function knowFollowing(
  tx: Transaction,
  found: Row,
  { follows = [] }: Ahead,
  broughtAt: (place: number) => readonly Row[],
): void {
  for (const [place, { of, by, at }] of follows.entries()) {
    const brought = broughtAt(place);
    for (const value of [found[by]].flat()) {
      if (typeof value !== 'string') continue;
      const rows = brought.filter((row) => row[at] === value);
      if (at === '_id') knowAhead(tx, of.name, value, rows[0]);
      else {
        knowSaying(tx, of.name, { column: at, value }, rows);
        rememberAll(tx, of.name, rows);
      }
    }
  }
}

function rowsAt(brought: Row, path: string): readonly Row[] {
  const found = brought[path];
  return found === undefined ? [] : [found].flat().map(Object);
}

/** In a pipeline a text that begins with a dollar is a field; ids of ours begin with none of that, and others are asked for by themselves. */
function isPlain({ id }: Ahead): boolean {
  return /^[\w+=/-]/.test(id);
}

/** What was read is not asked again in its transaction, nor for what is drawn after it. */
export function remember(tx: Reads | undefined, collection: string, id: string, row: unknown): void {
  if (tx !== undefined) knowAhead(tx, collection, id, row, tx instanceof Seen);
}

/** More than a tap looks at are not kept. */
const MOST_KEPT = 300;

/** The same of whole rows that were found otherwise. `ids`: of these there are no others. */
export function rememberAll(
  tx: Reads | undefined,
  collection: string,
  rows: readonly Row[],
  ids: readonly string[] = [],
): void {
  if (tx === undefined || rows.length > MOST_KEPT) return;
  const isDrawn = tx instanceof Seen;
  for (const id of ids.slice(0, MOST_KEPT)) knowAhead(tx, collection, id, undefined, isDrawn);
  for (const row of rows) if (typeof row._id === 'string') knowAhead(tx, collection, row._id, row, isDrawn);
}

/** What a filter finds that names ids, or what stands in one column, where all of that is known; undefined where it must be asked. */
export function knownRows<Stored extends Row>(
  tx: Reads,
  collection: string,
  filter: Row,
  { sort = {}, skip = 0, limit = 0 }: Pick<Question, 'sort' | 'skip' | 'limit'>,
): readonly Stored[] | undefined {
  // what was only read is asked again as a whole
  if (tx instanceof Seen && skip + limit > 0) return undefined;
  for (const [column, condition] of Object.entries(filter)) {
    const found = rowsWith<Stored>(tx, collection, column, condition);
    const { [column]: _known, ...others } = filter;
    const meant = found?.map((row) => isMeant(row, others)) ?? [UNTOLD];
    if (found === undefined || meant.includes(UNTOLD)) continue;
    const all = found.filter((_, place) => meant[place] === true);
    return inOrder(all, sort).slice(skip, limit > 0 ? skip + limit : undefined);
  }
  return undefined;
}

function rowsWith<Stored extends Row>(tx: Reads, collection: string, column: string, condition: unknown) {
  const values = valuesOf(condition);
  const found = [...new Set(values)].map((value) => rowsKnown<Stored>(tx, collection, column, value));
  if (values === undefined || found.includes(undefined)) return undefined;
  return found.flatMap((rows = []) => rows);
}

function rowsKnown<Stored>(tx: Reads, collection: string, column: string, value: string) {
  if (column !== '_id') return aheadSaying<Stored>(tx, collection, { column, value });
  const known = aheadOf<Stored>(tx, collection, value);
  return known && (known.row === undefined ? [] : [known.row]);
}

/** The texts that a condition means; undefined where it means anything else. */
function valuesOf(condition: unknown): readonly string[] | undefined {
  if (typeof condition === 'string') return [condition];
  const { $in, ...others } = Object(condition);
  const isPlainList = Array.isArray($in) && Object.keys(others).length === 0;
  return isPlainList && $in.every((one) => typeof one === 'string') ? $in : undefined;
}
