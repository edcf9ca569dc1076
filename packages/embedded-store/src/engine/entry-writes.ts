import type { Connection, SqlValue } from './connection.ts';

/** Where the entry of a document is to go: from the key that is stored, to the one that is to be; undefined where there is none. */
type Move = { readonly from: Buffer | undefined; to: Buffer | undefined };

/** So many entries go with one statement, as often as it can be: a call of SQLite takes as long as what it does to one of them. */
const AT_ONCE = [64, 8, 1] as const;
const MOST_KEPT = 8_192;

/**
 * Entries of indexes that are still to be written. Whoever reads an index, and the commit, has them written first: all of one index together and
 * in the order of its keys, so that a page of it is looked for once, and what moved several times moves once. Entries of a unique index are
 * not among them: each of these is looked up before the next document is written.
 */
export class EntryWrites {
  readonly #sql: Connection;
  readonly #moves = new Map<number, Map<number, Move>>();
  #kept = 0;

  constructor(sql: Connection) {
    this.#sql = sql;
  }

  /** The entry of a document in the index of this id moves so. */
  note(id: number, seq: number, { from, to }: Move): void {
    const ofIndex = this.#moves.get(id) ?? new Map<number, Move>();
    this.#moves.set(id, ofIndex);
    const known = ofIndex.get(seq);
    if (known) {
      known.to = to;
      return;
    }
    ofIndex.set(seq, { from, to });
    this.#kept += 1;
    if (this.#kept >= MOST_KEPT) this.settle();
  }

  /** Writes all of them. */
  settle(): void {
    if (this.#kept === 0) return;
    for (const [id, moves] of this.#moves) {
      const gone: Entry[] = [];
      const come: Entry[] = [];
      for (const [seq, { from, to }] of moves) {
        if (from && to?.equals(from)) continue;
        if (from) gone.push([from, seq]);
        if (to) come.push([to, seq]);
      }
      this.#write(gone, (rows) => `DELETE FROM i${id} WHERE (key, seq) IN (VALUES ${rows})`);
      this.#write(come, (rows) => `INSERT OR FAIL INTO i${id} (key, seq) VALUES ${rows}`);
    }
    this.forget();
  }

  /** What they were of is rolled back. */
  forget(): void {
    this.#moves.clear();
    this.#kept = 0;
  }

  #write(entries: Entry[], statement: (rows: string) => string): void {
    entries.sort(([a, x], [b, y]) => Buffer.compare(a, b) || x - y);
    let at = 0;
    for (const size of AT_ONCE) {
      if (entries.length - at < size) continue;
      const sql = statement(Array(size).fill('(?, ?)').join());
      for (; entries.length - at >= size; at += size) {
        const values: SqlValue[] = [];
        for (let place = at; place < at + size; place++) values.push(...(entries[place] ?? []));
        this.#sql.run(sql, values);
      }
    }
  }
}

type Entry = [key: Buffer, seq: number];
