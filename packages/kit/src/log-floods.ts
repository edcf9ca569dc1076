const WINDOW_MS = 60_000;
/** So many lines of one event within a minute tell whoever reads them all there is to tell. */
const WHOLE = 200;
/** Of what is more, one in so many. */
const ONE_IN = 100;

interface Counted {
  readonly since: number;
  seen: number;
  leftOut: number;
}

/** Keeps a flood of one event from burying the others, and from filling the disk: of it only some lines are written, and how many were not. */
export class Floods {
  readonly #now: () => number;
  readonly #counted = new Map<string, Counted>();

  /** `now`: milliseconds that go by, from any beginning. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Whether this line of an event is to be written. */
  passes(event: string): boolean {
    const counted = this.#counted.get(event) ?? { since: this.#now(), seen: 0, leftOut: 0 };
    this.#counted.set(event, counted);
    counted.seen += 1;
    if (counted.seen <= WHOLE || counted.seen % ONE_IN === 0) return true;
    counted.leftOut += 1;
    return false;
  }

  /** Of which events lines were left out in a minute that is over, and how many; each is told once. */
  over(): readonly { readonly of: string; readonly leftOut: number }[] {
    const now = this.#now();
    const over: { of: string; leftOut: number }[] = [];
    for (const [of, { since, leftOut }] of this.#counted) {
      if (now - since < WINDOW_MS) continue;
      this.#counted.delete(of);
      if (leftOut > 0) over.push({ of, leftOut });
    }
    return over;
  }
}
