/**
 * What a batch is to take, while nobody waits for an answer and while somebody does: on the embedded store, which has one writer at a time, a
 * tap that writes waits as long, and mostly twice.
 */
const [ALONE_MS, BESIDE_OTHERS_MS] = [150, 60];
/** Fewer are not worth a transaction, however slow the store is. */
const FEWEST = 100;

/** How many rows go into the next batch: as many as are landed in a moment, by what the last one took; `most` at most. */
export class BatchSize {
  readonly #most: number;
  readonly #fewest: number;
  #rows: number;
  #msARow: number | undefined;

  /** It begins with the fewest: what is done for the first time takes long, and nobody knows how long. */
  constructor(most: number) {
    this.#most = most;
    this.#fewest = Math.min(FEWEST, most);
    this.#rows = this.#fewest;
  }

  get rows(): number {
    return this.#rows;
  }

  /** So many rows took so many milliseconds. It grows by half at a time: one that was quick by chance says little. */
  took(rows: number, ms: number, othersWait: boolean): void {
    this.#msARow = ms / rows;
    const fitting = this.#fitting(othersWait ? BESIDE_OTHERS_MS : ALONE_MS);
    this.#rows = Math.max(this.#fewest, Math.min(fitting, Math.ceil(1.5 * this.#rows)));
  }

  /** Into how many at once so many rows are to be parted, which were to go together while nobody waited: all where little is won by it. */
  besideOthers(rows: number): number {
    const fitting = Math.max(this.#fewest, this.#fitting(BESIDE_OTHERS_MS));
    return rows > 2 * fitting ? fitting : rows;
  }

  #fitting(turnMs: number): number {
    if (this.#msARow === undefined) return this.#fewest;
    return this.#msARow > 0 ? Math.min(Math.floor(turnMs / this.#msARow), this.#most) : this.#most;
  }
}
