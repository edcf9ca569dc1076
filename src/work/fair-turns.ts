export interface TurnLimits {
  /** How many turns are given at once. */
  readonly atOnce: number;
  /** How many of them one may have. */
  readonly each: number;
}

interface Waiting {
  readonly begin: () => void;
}

/**
 * A few turns at once, given to those who wait one after the other, however many turns each of them waits for: one person's crowd
 * takes as long as it takes, and nobody else waits for its end.
 */
export class FairTurns {
  readonly #limits: TurnLimits;
  readonly #running = new Map<unknown, number>();
  /** Who waits, in the order of their next turn; whoever has all that they may have is not in it. */
  readonly #lines = new Map<unknown, Waiting[]>();
  readonly #full = new Map<unknown, Waiting[]>();
  #taken = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** Whether somebody could begin if a turn were given back. */
  get areWanted(): boolean {
    return this.#lines.size > 0;
  }

  /**
   * Resolves with the turn: call it once to give it back. Rejects with the signal's reason when nobody waits any more. What is nobody's
   * stands in line by itself.
   */
  async take(whose: unknown = Symbol('nobody'), signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#taken >= this.#limits.atOnce || !this.#may(whose)) await this.#wait(whose, signal);
    else this.#begin(whose);
    let given = false;
    return () => {
      if (!given) this.#giveBack(whose);
      given = true;
    };
  }

  #may(whose: unknown): boolean {
    return (this.#running.get(whose) ?? 0) < this.#limits.each;
  }

  #begin(whose: unknown): void {
    this.#taken += 1;
    this.#running.set(whose, (this.#running.get(whose) ?? 0) + 1);
  }

  #wait(whose: unknown, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        begin() {
          signal?.removeEventListener('abort', leave);
          resolve();
        },
      };
      const leave = (): void => {
        this.#leave(whose, waiting);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      const lines = this.#may(whose) ? this.#lines : this.#full;
      const line = lines.get(whose);
      if (line === undefined) lines.set(whose, [waiting]);
      else line.push(waiting);
    });
  }

  #leave(whose: unknown, waiting: Waiting): void {
    for (const lines of [this.#lines, this.#full]) {
      const rest = lines.get(whose)?.filter((one) => one !== waiting);
      if (rest?.length === 0) lines.delete(whose);
      else if (rest !== undefined) lines.set(whose, rest);
    }
  }

  #giveBack(whose: unknown): void {
    this.#taken -= 1;
    const running = (this.#running.get(whose) ?? 1) - 1;
    if (running === 0) this.#running.delete(whose);
    else this.#running.set(whose, running);
    const held = this.#full.get(whose);
    if (held !== undefined && this.#may(whose)) {
      this.#full.delete(whose);
      this.#lines.set(whose, held);
    }
    this.#next();
  }

  #next(): void {
    const [first] = this.#lines;
    if (first === undefined || this.#taken >= this.#limits.atOnce) return;
    const [whose, line] = first;
    this.#lines.delete(whose);
    const next = line.shift();
    this.#begin(whose);
    if (line.length > 0) (this.#may(whose) ? this.#lines : this.#full).set(whose, line);
    next?.begin();
  }
}
