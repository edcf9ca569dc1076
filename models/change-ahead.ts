import { isDeepStrictEqual } from 'node:util';
import type { ErrorCode } from '@field/kit/errors';
import { aheadOf, allAhead, forgetAnswers, forgetRow, knowAhead, type WrittenRow } from './read-ahead.ts';
import { isMeant, rowAfter, UNTOLD, valueAt } from './row-after.ts';
import { forWriting } from './single-write.ts';
import type { Transaction } from './transaction.ts';
import { queue } from './write-queue.ts';

type Row = Readonly<Record<string, unknown>>;

/** A unique index as it is stored: of some rows alone where it is partial. */
export interface Unique {
  readonly paths: readonly string[];
  readonly of?: Row | undefined;
}

interface Asked {
  readonly filter: Row;
  readonly update: Row;
  readonly multi?: boolean | undefined;
  readonly upsert?: boolean | undefined;
}

/** `toldAhead` of an update that then waits for the others of its transaction. */
export async function changeWithOthers<Stored extends Row & { readonly _id: string }>(
  tx: Transaction,
  collection: string,
  asked: Asked,
  {
    unique,
    isLast,
    refusedAs,
  }: {
    readonly unique: readonly Unique[];
    readonly isLast?: boolean | undefined;
    readonly refusedAs?: ErrorCode | undefined;
  },
): Promise<Stored | undefined | typeof UNTOLD> {
  const told = toldAhead<Stored>(tx, collection, asked, refusedAs === undefined ? unique : []);
  if (told === UNTOLD) return UNTOLD;
  forWriting(tx, isLast);
  if (told === undefined) return undefined;
  const before = aheadOf<Stored>(tx, collection, told._id)?.row;
  forgetAnswers(tx, collection, before && [{ before, after: told }]);
  knowAhead(tx, collection, told._id, told, true);
  await queue(tx, [{ collection, ...asked, mustMeet: true, refusedAs }]);
  return told;
}

/**
 * What an update of one record by its id makes of it, where the transaction has read that record whole: undefined where it is not meant, `UNTOLD`
 * where the store is to say so. A transaction sees the store as of one moment, and who changes what it has read meanwhile makes one of the two begin
 * anew.
 */
function toldAhead<Stored extends Row>(
  tx: Transaction,
  collection: string,
  { filter, update }: Asked,
  unique: readonly Unique[],
): Stored | undefined | typeof UNTOLD {
  const known = typeof filter._id === 'string' ? aheadOf<Stored>(tx, collection, filter._id) : undefined;
  if (known === undefined) return UNTOLD;
  const { row } = known;
  const meant = row === undefined ? false : isMeant(row, filter);
  if (row === undefined || meant === false) return undefined;
  const after = meant === UNTOLD ? UNTOLD : rowAfter(row, update);
  // where another record may stand in its way that is refused at once, as whoever asked expects
  return after !== UNTOLD && unique.some((index) => mayBeRefused(row, after, index)) ? UNTOLD : after;
}

function mayBeRefused(before: Row, after: Row, { paths, of = {} }: Unique): boolean {
  if (isMeant(after, of) === false) return false;
  const isAsBefore = paths.every((path) => isDeepStrictEqual(valueAt(before, path), valueAt(after, path)));
  return !isAsBefore || isMeant(before, of) !== true;
}

/** What is known of the rows of a collection follows an update that waits; what cannot be told of is forgotten. */
export function changeAhead(tx: Transaction, collection: string, { filter, update, multi, upsert }: Asked): void {
  const written: WrittenRow[] = [];
  for (const [id, { row }] of allAhead<Row>(tx, collection)) {
    const meant = row === undefined ? upsert === true && UNTOLD : isMeant(row, filter);
    if (meant === false) continue;
    const isOne = multi === true || filter._id === id;
    const after = row !== undefined && meant === true && isOne ? rowAfter(row, update) : UNTOLD;
    if (after === UNTOLD) forgetRow(tx, collection, id);
    else knowAhead(tx, collection, id, after, true);
    if (row !== undefined && after !== UNTOLD) written.push({ before: row, after });
  }
  // of one row alone is known that it is all that is written
  const isTold = typeof filter._id === 'string' && written.length > 0;
  forgetAnswers(tx, collection, isTold ? written : undefined);
}
