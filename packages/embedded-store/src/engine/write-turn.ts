import { MongoError, TRANSIENT } from './mongo-error.ts';

/** The one turn to write: given in order of asking. */
export class WriteTurn {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  /** Whether anybody waits for it. */
  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  /** Waits for the turn, at most `waitMs`; then error 112, which the driver takes for transient. Call the result once. */
  async take(waitMs: number): Promise<() => void> {
    if (this.#isTaken) await this.#wait(waitMs);
    this.#isTaken = true;
    return () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    };
  }

  #wait(waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(mine), 1);
        reject(new MongoError(112, 'WriteConflict', 'a transaction held the write turn for too long', TRANSIENT));
      }, waitMs);
      this.#waiting.push(mine);
    });
  }
}
