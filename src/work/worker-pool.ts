import type { InFlight } from './in-flight.ts';

/** Claims one piece of work and does it; there may be none left. */
export type Piece = () => Promise<unknown>;

export interface WorkerPoolOptions {
  /** What `inFlight` calls the work. */
  readonly name: string;
  /** How many pieces are under way at once. */
  readonly workers: number;
  readonly inFlight: InFlight;
  /**
   * What can be begun now, in order, or the first of much; where the owner sets an alarm for what is due later. Never asked twice at a
   * time.
   */
  readonly look: () => Promise<readonly Piece[]>;
  readonly onFailure: (error: unknown) => void;
}

/** A few workers over work that lies in the database: whoever claims a piece does it, in this process or another. */
export interface WorkerPool {
  /** Looks for work now; one look where there is none. */
  wake(): void;
  /** Takes nothing more, and resolves when what was begun is finished. */
  close(): Promise<void>;
}

/** How soon it looks again after a look, or a piece, that failed: the same would fail at once. */
const AFTER_FAILURE_MS = 1_000;

export function createWorkerPool({ name, workers, inFlight, look, onFailure }: WorkerPoolOptions): WorkerPool {
  const atWork = new Set<Promise<void>>();
  let found: Piece[] = [];
  let looking: Promise<void> | undefined;
  let wanted = false;
  let closed = false;

  function wake(): void {
    wanted = true;
    if (closed || looking !== undefined) return;
    const done = inFlight.begin(name);
    looking = lookAround()
      .catch(failed)
      .finally(() => {
        looking = undefined;
        done();
        if (wanted) wake();
      });
  }

  async function lookAround(): Promise<void> {
    while (wanted && !closed) {
      wanted = false;
      found = [...(await look())];
      while (!closed && found.length > 0 && atWork.size < workers) begin();
    }
  }

  function begin(): void {
    const done = inFlight.begin(name);
    const worker = takeAll()
      // there may be more than was found, and what failed for now has a time by now
      .then(wake)
      .catch(failed)
      .finally(() => {
        atWork.delete(worker);
        done();
      });
    atWork.add(worker);
  }

  function failed(error: unknown): void {
    onFailure(error);
    setTimeout(wake, AFTER_FAILURE_MS).unref();
  }

  async function takeAll(): Promise<void> {
    for (let piece = found.shift(); piece !== undefined && !closed; piece = found.shift()) await piece();
  }

  return {
    wake,
    async close() {
      closed = true;
      await looking;
      await Promise.allSettled(atWork);
    },
  };
}
