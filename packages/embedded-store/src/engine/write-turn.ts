import { MongoError, TRANSIENT } from './mongo-error.ts';

/** The one turn to write: given in order of asking. */
export class WriteTurn {
  #isTaken = false;
  readonly #waiting: (() => void)[] = [];

  /** Whether anybody waits for it. */
  get isWanted(): boolean {
    return this.#waiting.length > 0;
  }

  /**
   * Waits for the turn, as long as `patience` says, in ms, which is asked again then; at 0 error 112, which the driver takes for transient.
   * Call the result once.
   */
  async take(patience: () => number): Promise<() => void> {
    if (this.#isTaken) await this.#wait(patience);
    this.#isTaken = true;
    return () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isTaken = false;
    };
  }

  #wait(patience: () => number): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const mine = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const look = (): void => {
        const left = patience();
        if (left > 0) {
          timer = setTimeout(look, left);
          return;
        }
        this.#waiting.splice(this.#waiting.indexOf(mine), 1);
        reject(new MongoError(112, 'WriteConflict', 'a transaction held the write turn for too long', TRANSIENT));
      };
      this.#waiting.push(mine);
      look();
    });
  }
}
