/** A row as it is stored; undefined where there was none. */
export interface Known<Row> {
  readonly row: Row | undefined;
  /** As this transaction has written it, or it was asked again since. */
  readonly isOwn: boolean;
}

interface Rows {
  readonly byId: Map<string, Map<string, Known<unknown>>>;
  /** Every row of a collection that says something in a column. */
  readonly saying: Map<string, Map<string, readonly unknown[]>>;
}

/** What was read in a running transaction, by its session, and what it wrote. */
const known = new WeakMap<object, Rows>();

/**
 * What a transaction that came through has read and written, for what is drawn from it. What it wrote is so: whoever changes that afterwards has the
 * card drawn anew. What it only read is asked again with the next question, so that nobody waits for it, and `holds` tells whether it was so still.
 */
export class Seen {
  readonly #checks: Promise<boolean>[] = [];

  check(isSo: Promise<boolean>): void {
    this.#checks.push(isSo.catch(() => false));
  }

  async holds(): Promise<boolean> {
    return (await Promise.all(this.#checks)).every((isSo) => isSo);
  }
}

function rowsOf(tx: object): Rows {
  const rows = known.get(tx) ?? { byId: new Map(), saying: new Map() };
  known.set(tx, rows);
  return rows;
}

function entered<Inner>(map: Map<string, Map<string, Inner>>, collection: string): Map<string, Inner> {
  const inner = map.get(collection) ?? new Map<string, Inner>();
  map.set(collection, inner);
  return inner;
}

/** `isOwn`: as this transaction has written it. */
export function knowAhead(tx: object, collection: string, id: string, row: unknown, isOwn = false): void {
  entered(rowsOf(tx).byId, collection).set(id, { row, isOwn });
}

export interface Saying {
  readonly column: string;
  readonly value: string;
}

/** Every row of the collection that says this. */
export function knowSaying(tx: object, collection: string, saying: Saying, rows: readonly unknown[]): void {
  entered(rowsOf(tx).saying, collection).set(keyOf(saying), rows);
}

/** What was read of it, as long as that holds; undefined where nothing was. A transaction sees the store as of one moment. */
export function aheadOf<Row>(tx: object, collection: string, id: string): Known<Row> | undefined {
  return known.get(tx)?.byId.get(collection)?.get(id) as Known<Row> | undefined;
}

/** The same of all rows that say something. */
export function aheadSaying<Row>(tx: object, collection: string, saying: Saying): readonly Row[] | undefined {
  return known.get(tx)?.saying.get(collection)?.get(keyOf(saying)) as readonly Row[] | undefined;
}

function keyOf({ column, value }: Saying): string {
  return `${column} ${value}`;
}

/** Every row of a collection that is known by its id. */
export function allAhead<Row>(tx: object, collection: string): readonly (readonly [string, Known<Row>])[] {
  return [...(known.get(tx)?.byId.get(collection) ?? [])] as unknown as readonly (readonly [string, Known<Row>])[];
}

/** One row may not be so any more. */
export function forgetRow(tx: object, collection: string, id: string): void {
  known.get(tx)?.byId.get(collection)?.delete(id);
}

/** What says something in a column may be others by now. */
export function forgetSaying(tx: object, collection: string): void {
  known.get(tx)?.saying.delete(collection);
}

/** Something of a collection is written in this transaction; or, of none, the transaction is over: sessions are used again. */
export function forgetAhead(tx: object, collection?: string): void {
  if (collection === undefined) known.delete(tx);
  else {
    known.get(tx)?.byId.delete(collection);
    known.get(tx)?.saying.delete(collection);
  }
}

/** What this transaction has seen, to be asked for once it is over. */
export function seenIn(tx: object): () => Seen {
  const rows = rowsOf(tx);
  return () => {
    const seen = new Seen();
    known.set(seen, rows);
    return seen;
  };
}
