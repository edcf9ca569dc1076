import { MongoError } from './mongo-error.ts';

/** The one turn to write: given in order of asking. */
export class WriteTurn {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  /** Waits for the turn, at most `waitMs`; then error 112, which the driver takes for transient. Call the result once. */
  take(waitMs: number): Promise<() => void> {
    if (!this.#taken) {
      this.#taken = true;
      return Promise.resolve(() => this.#pass());
    }
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        clearTimeout(timer);
        resolve(() => this.#pass());
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1);
        const labels = ['TransientTransactionError'];
        reject(new MongoError('WriteConflict', 'another transaction held the write turn for too long', { labels }));
      }, waitMs);
      this.#waiting.push(mine);
    });
  }

  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
  }
}
