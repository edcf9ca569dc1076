/** What a batch is to take: on the embedded store, which has one writer at a time, a tap that writes waits as long. */
const TURN_MS = 150;
/** Fewer are not worth a transaction, however slow the store is. */
const FEWEST = 100;

/** How many rows go into the next batch: as many as are landed in a moment, by what the last one took; `most` at most. */
export class BatchSize {
  readonly #most: number;
  #rows: number;

  constructor(most: number) {
    this.#most = most;
    this.#rows = most;
  }

  get rows(): number {
    return this.#rows;
  }

  /** So many rows took so many milliseconds. It grows by half at a time: one that was quick by chance says little. */
  took(rows: number, ms: number): void {
    const fitting = ms > 0 ? Math.floor((rows * TURN_MS) / ms) : this.#most;
    const next = Math.min(fitting, Math.ceil(1.5 * this.#rows), this.#most);
    this.#rows = Math.max(next, Math.min(FEWEST, this.#most));
  }
}
