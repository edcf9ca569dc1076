import { isMeant, UNTOLD } from './row-after.ts';
import { inOrder } from './stored-order.ts';

type Stored = Readonly<Record<string, unknown>>;

/** A row as it is stored; undefined where there was none. */
export interface Known<Row> {
  readonly row: Row | undefined;
  /** As this transaction has written it, or it was asked again since. */
  readonly isOwn: boolean;
}

/** What was found by a filter, asked in certain words. */
interface Answer {
  readonly filter: Stored;
  readonly rows: readonly unknown[];
  /** All that the filter means, in this order, or how many they are: what is written of them can be told. Absent where only some were asked for. */
  readonly whole?: 'counted' | Readonly<Record<string, 1 | -1>> | undefined;
  /** The collection that was joined: of that nobody tells what became of it. */
  readonly joined?: string | undefined;
}

/** A row that is written, as it was and as it is; absent where there was, or is, none. */
export interface WrittenRow {
  readonly before?: Stored | undefined;
  readonly after?: Stored | undefined;
}

interface Rows {
  readonly byId: Map<string, Map<string, Known<unknown>>>;
  /** What of a collection was asked for by a filter, in which words. */
  readonly answers: Map<string, Map<string, Answer>>;
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
  const rows = known.get(tx) ?? { byId: new Map(), answers: new Map() };
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
  knowAnswer(tx, collection, keyOf(saying), { filter: { [saying.column]: saying.value }, rows, whole: {} });
}

/** What a question was answered with. */
export function knowAnswer(tx: object, collection: string, asked: string, answer: Answer): void {
  entered(rowsOf(tx).answers, collection).set(asked, answer);
}

/** What it was answered with in this transaction, if nothing was written since that it could mean. */
export function answerTo<Row>(tx: object, collection: string, asked: string): readonly Row[] | undefined {
  return known.get(tx)?.answers.get(collection)?.get(asked)?.rows as readonly Row[] | undefined;
}

/** What was read of it, as long as that holds; undefined where nothing was. A transaction sees the store as of one moment. */
export function aheadOf<Row>(tx: object, collection: string, id: string): Known<Row> | undefined {
  return known.get(tx)?.byId.get(collection)?.get(id) as Known<Row> | undefined;
}

/** The same of all rows that say something. */
export function aheadSaying<Row>(tx: object, collection: string, saying: Saying): readonly Row[] | undefined {
  return answerTo(tx, collection, keyOf(saying));
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

/**
 * What was asked for of a collection may be others by now. `written`: these rows alone; what means none of them is answered as it was, and the others
 * follow as far as that can be told.
 */
export function forgetAnswers(tx: object, collection: string, written?: readonly WrittenRow[]): void {
  forgetJoined(tx, collection);
  const answers = known.get(tx)?.answers.get(collection);
  if (written === undefined || answers === undefined) return void answers?.clear();
  for (const [asked, answer] of answers) {
    const after = written.reduce<Answer | undefined>((one, row) => one && answerAfter(one, row), answer);
    if (after === undefined) answers.delete(asked);
    else answers.set(asked, after);
  }
}

function forgetJoined(tx: object, collection: string): void {
  for (const answers of known.get(tx)?.answers.values() ?? [])
    for (const [asked, { joined }] of answers) if (joined === collection) answers.delete(asked);
}

function answerAfter(answer: Answer, { before, after }: WrittenRow): Answer | undefined {
  const { filter, rows, whole } = answer;
  const [was, is] = [before, after].map((row) => row !== undefined && isMeant(row, filter));
  if (was === false && is === false) return answer;
  if (was === UNTOLD || is === UNTOLD || whole === undefined) return undefined;
  if (whole === 'counted') {
    const [counted] = rows.map(Object);
    return { ...answer, rows: [{ ...counted, n: Number(counted?.n ?? 0) - Number(was) + Number(is) }] };
  }
  const others = rows.filter((row) => Object(row)._id !== (before ?? after)?._id);
  return { ...answer, rows: is ? inOrder([...others.map(Object), after ?? {}], whole) : others };
}

/** A row that was there as the transaction began, as far as it has read one and not written it. */
export function rowThere(tx: object): { readonly collection: string; readonly id: string } | undefined {
  for (const [collection, rows] of known.get(tx)?.byId ?? [])
    for (const [id, { row, isOwn }] of rows) if (row !== undefined && !isOwn) return { collection, id };
  return undefined;
}

/** Something of a collection is written in this transaction; or, of none, the transaction is over: sessions are used again. */
export function forgetAhead(tx: object, collection?: string): void {
  if (collection === undefined) known.delete(tx);
  else {
    forgetJoined(tx, collection);
    known.get(tx)?.byId.delete(collection);
    known.get(tx)?.answers.delete(collection);
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
