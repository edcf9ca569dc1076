import type { Connection } from './connection.ts';

/** Where the entry of a document is to go: from the key that is stored, to the one that is to be; undefined where there is none. */
type Move = { readonly from: Buffer | undefined; to: Buffer | undefined };

const MOST_ENTRIES = 8_192;
const MOST_BYTES = 512 * 1024;

/** Words of statements for one of many. A document is there, so that no row is made: to update many from a list takes SQLite twice as long. */
const [STORED, BECOMES] = ["(?, x'', ?)", 'ON CONFLICT (seq) DO UPDATE SET doc = excluded.doc'];
/** To find many `IN` a list takes it a third longer. */
const ENTRY = '(key = ? AND seq = ?)';

/**
 * What was changed and is still to be written, many with one statement. Documents come before anything is read. Entries of indexes: whoever reads an
 * index, and the commit, has them written first, all of one index together and in the order of its keys, so that a page of it is looked for once, and
 * what moved several times moves once. Entries of a unique index are not among them: each of these is looked up before the next document is written.
 */
export class WaitingWrites {
  readonly #sql: Connection;
  readonly #moves = new Map<number, Map<number, Move>>();
  #kept = 0;
  /** How often an entry was moved so far. */
  moves = 0;
  /** By collection and `seq`, sealed. */
  readonly #documents = new Map<number, Map<number, Buffer>>();
  #bytes = 0;

  constructor(sql: Connection) {
    this.#sql = sql;
  }

  /** The entry of a document in the index of this id moves so. */
  note(id: number, seq: number, { from, to }: Move): void {
    this.moves += 1;
    const ofIndex = this.#moves.get(id) ?? new Map<number, Move>();
    this.#moves.set(id, ofIndex);
    const known = ofIndex.get(seq);
    if (known) {
      known.to = to;
      return;
    }
    ofIndex.set(seq, { from, to });
    this.#kept += 1;
    if (this.#kept >= MOST_ENTRIES) this.settle();
  }

  /** The document that is there becomes this. */
  noteDocument(collection: number, seq: number, stored: Buffer): void {
    const own = this.#documents.get(collection) ?? new Map<number, Buffer>();
    this.#documents.set(collection, own.set(seq, stored));
    this.#bytes += stored.length;
    if (this.#bytes >= MOST_BYTES) this.settleDocuments();
  }

  /** Writes those of documents. */
  settleDocuments(): void {
    if (this.#bytes === 0) return;
    for (const [id, own] of this.#documents)
      this.#sql.runEach([...own], (rows) => `INSERT INTO d${id} (seq, id, doc) VALUES ${rows(STORED)} ${BECOMES}`);
    this.#documents.clear();
    this.#bytes = 0;
  }

  /** Writes all that waits. */
  settle(): void {
    this.settleDocuments();
    for (const [id, moves] of this.#moves) {
      const [gone, come]: [Entry[], Entry[]] = [[], []];
      for (const [seq, { from, to }] of moves) {
        if (from && to?.equals(from)) continue;
        if (from) gone.push([from, seq]);
        if (to) come.push([to, seq]);
      }
      this.#sql.runEach(gone.sort(byKey), (rows) => `DELETE FROM i${id} WHERE ${rows(ENTRY, ' OR ')}`);
      this.#sql.runEach(come.sort(byKey), (rows) => `INSERT OR FAIL INTO i${id} (key, seq) VALUES ${rows('(?, ?)')}`);
    }
    this.forget();
  }

  /** What they were of is rolled back. */
  forget(): void {
    this.#moves.clear();
    this.#kept = 0;
    this.#documents.clear();
    this.#bytes = 0;
  }
}

type Entry = [key: Buffer, seq: number];

const byKey = ([a, x]: Entry, [b, y]: Entry): number => Buffer.compare(a, b) || x - y;
