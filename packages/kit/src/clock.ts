/**
 * Two times (architecture 9). `now` is the calendar the product lives by: dates, deadlines, jobs, retries, bursts. In the demo it
 * can be moved. `machine` is real elapsed time: leases, quiet times, ack and network time-outs, tokens. Both jump when the clock of
 * the machine is set, which `elapsed` tells.
 */
export interface Clock {
  /** Milliseconds since the epoch, by the product's calendar. */
  now(): number;
  /** Milliseconds since the epoch, by this machine; never moved. */
  machine(): number;
  /**
   * Milliseconds that have gone by since some moment before this process began. Setting the clock of the machine does not change
   * it; what the demo's calendar is moved by counts as gone by.
   */
  elapsed(): number;
  /**
   * By how many milliseconds at most what was read since the last call of this was ahead of `elapsed`, or is now: a clock that is set on
   * and back again between two looks at it has told wrong times all the same.
   */
  furthestAhead(): number;
  /** Calls `run` once when `now()` reaches `at` (at once if it has); answers how to call it off. */
  at(at: number, run: () => void): () => void;
}

interface Waiting {
  at: number;
  run: () => void;
  timer: NodeJS.Timeout | undefined;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of a running process. `moveTo` exists for the demo and for tests: time goes forward only. */
export class MovableClock implements Clock {
  #offsetMs: number;
  #furthestAhead = Number.NEGATIVE_INFINITY;
  readonly #waiting = new Set<Waiting>();

  constructor(offsetMs = 0) {
    this.#offsetMs = offsetMs;
  }

  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.machine() + this.#offsetMs;
  }

  machine(): number {
    const at = Date.now();
    this.#furthestAhead = Math.max(this.#furthestAhead, at - performance.now());
    return at;
  }

  elapsed(): number {
    return performance.now() + this.#offsetMs;
  }

  furthestAhead(): number {
    this.machine();
    const furthest = this.#furthestAhead;
    this.#furthestAhead = Number.NEGATIVE_INFINITY;
    return furthest;
  }

  at(at: number, run: () => void): () => void {
    const waiting: Waiting = { at, run, timer: undefined };
    this.#waiting.add(waiting);
    this.#arm(waiting);
    return () => this.#forget(waiting);
  }

  /** When the next waiting call is due, or undefined when nothing waits. */
  nextDue(): number | undefined {
    let next: number | undefined;
    for (const { at } of this.#waiting) if (next === undefined || at < next) next = at;
    return next;
  }

  /** Moves `now()` to `target` (never back) and runs what has become due, oldest first. */
  moveTo(target: number): void {
    this.#offsetMs += Math.max(0, target - this.now());
    this.#fireUntil(target);
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  /** Back to the machine's time, as at a first start, or to another beginning; what waited is forgotten. */
  reset(now = Date.now()): void {
    for (const waiting of this.#waiting) this.#forget(waiting);
    this.#offsetMs = now - Date.now();
  }

  #arm(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const delay = Math.min(Math.max(0, waiting.at - this.now()), LONGEST_TIMER_MS);
    waiting.timer = setTimeout(() => {
      this.#fireUntil(this.now());
      if (this.#waiting.has(waiting)) this.#arm(waiting);
    }, delay);
    waiting.timer.unref();
  }

  /** Oldest first, whichever timer woke: timers of other lengths wake up to two milliseconds apart for one and the same moment. */
  #fireUntil(now: number): void {
    const due = [...this.#waiting].filter((waiting) => waiting.at <= now).sort((a, b) => a.at - b.at);
    for (const waiting of due) {
      if (!this.#waiting.has(waiting)) continue;
      this.#forget(waiting);
      waiting.run();
    }
  }

  #forget(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}
