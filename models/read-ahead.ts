/** A row as it is stored; undefined where there was none. */
interface Known<Row> {
  readonly row: Row | undefined;
}

/** What the first command of a running transaction brought besides, by its session, collection and id. */
const known = new WeakMap<object, Map<string, Map<string, Known<unknown>>>>();

export function knowAhead(tx: object, collection: string, id: string, row: unknown): void {
  const all = known.get(tx) ?? new Map<string, Map<string, Known<unknown>>>();
  known.set(tx, all.set(collection, (all.get(collection) ?? new Map()).set(id, { row })));
}

/** What was read of it, as long as that holds; undefined where nothing was. A transaction sees the store as of one moment. */
export function aheadOf<Row>(tx: object, collection: string, id: string): Known<Row> | undefined {
  return known.get(tx)?.get(collection)?.get(id) as Known<Row> | undefined;
}

/** Something of a collection is written in this transaction; or, of none, the transaction is over: sessions are used again. */
export function forgetAhead(tx: object, collection?: string): void {
  if (collection === undefined) known.delete(tx);
  else known.get(tx)?.delete(collection);
}
