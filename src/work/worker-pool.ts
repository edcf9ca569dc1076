import type { InFlight } from './in-flight.ts';

export interface WorkerPoolOptions {
  /** What `inFlight` calls the work. */
  readonly name: string;
  /** How many pieces are under way at once. */
  readonly workers: number;
  readonly inFlight: InFlight;
  /** Claims one piece of work and does it; answers whether there was one. */
  readonly takeOne: () => Promise<boolean>;
  /** Nothing is left for now, and nobody is at work: where the owner sets an alarm for what is due later. Never twice at a time. */
  readonly rested: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** A few workers over work that lies in the database: whoever claims a piece does it, in this process or another. */
export interface WorkerPool {
  /** Looks for work now; cheap when there is none. */
  wake(): void;
  /** Takes nothing more, and resolves when what was begun is finished. */
  close(): Promise<void>;
}

export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const workers = new Set<Promise<void>>();
  let resting: Promise<void> = Promise.resolve();
  let atWork = 0;
  let wanted = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    wanted = true;
    if (workers.size >= options.workers) return;
    const done = options.inFlight.begin(options.name);
    const worker = work()
      .catch(options.onFailure)
      .finally(() => {
        workers.delete(worker);
        done();
        if (wanted && workers.size === 0) wake();
      });
    workers.add(worker);
  }

  async function work(): Promise<void> {
    atWork += 1;
    await takeAll().catch(options.onFailure);
    atWork -= 1;
    // whoever is still at work looks for itself when it is done
    if (atWork === 0 && !closed) await rest();
  }

  async function takeAll(): Promise<void> {
    do {
      wanted = false;
      while (!closed && (await options.takeOne())) wake();
    } while (wanted && !closed);
  }

  /** One after another: who looked before a failure was noted must not take the alarm away that was set for it since. */
  async function rest(): Promise<void> {
    resting = resting.catch(() => undefined).then(() => options.rested());
    await resting;
  }

  return {
    wake,
    async close() {
      closed = true;
      await Promise.allSettled(workers);
    },
  };
}
