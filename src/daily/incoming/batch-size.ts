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
  #rows: number;

  constructor(most: number) {
    this.#most = most;
    this.#rows = most;
  }

  get rows(): number {
    return this.#rows;
  }

  /** So many rows took so many milliseconds. It grows by half at a time: one that was quick by chance says little. */
  took(rows: number, ms: number, othersWait: boolean): void {
    const turnMs = othersWait ? BESIDE_OTHERS_MS : ALONE_MS;
    const fitting = ms > 0 ? Math.floor((rows * turnMs) / ms) : this.#most;
    const next = Math.min(fitting, Math.ceil(1.5 * this.#rows), this.#most);
    this.#rows = Math.max(next, Math.min(FEWEST, this.#most));
  }
}
