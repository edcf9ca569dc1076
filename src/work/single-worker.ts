import type { InFlight } from './in-flight.ts';

export interface SingleWorkerOptions {
  /** What it is called while it is in flight. */
  readonly name: string;
  readonly inFlight: InFlight;
  /** Does what there is to do now. */
  readonly round: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** One worker of this process over what is there to be done: a round at a time; woken while one runs, it does one more. */
export interface SingleWorker {
  wake(): void;
  /** Is woken after so many milliseconds, and keeps no process alive for it. */
  wakeIn(ms: number): void;
  isClosed(): boolean;
  /** Begins no further round, and resolves when the one under way has ended. */
  close(): Promise<void>;
}

export function createSingleWorker({ name, inFlight, round, failed }: SingleWorkerOptions): SingleWorker {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    again = true;
    if (running !== undefined) return;
    const done = inFlight.begin(name);
    running = rounds()
      .catch(failed)
      .finally(() => {
        running = undefined;
        done();
        if (again) wake();
      });
  }

  async function rounds(): Promise<void> {
    while (again && !closed) {
      again = false;
      await round();
    }
  }

  return {
    wake,
    wakeIn: (ms) => void setTimeout(wake, ms).unref(),
    isClosed: () => closed,
    async close() {
      closed = true;
      await running;
    },
  };
}
