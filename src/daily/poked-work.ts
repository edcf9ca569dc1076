import type { InFlight } from '../work/in-flight.ts';

export interface PokedWorkOptions {
  /** What it is called while it is in flight. */
  readonly name: string;
  readonly inFlight: InFlight;
  /** Does what there is to do now. */
  readonly round: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Work that runs once at a time in this process; who pokes while it runs has it run once more. */
export interface PokedWork {
  poke(): void;
  /** Pokes after so many milliseconds, and keeps no process alive for it. */
  pokeIn(ms: number): void;
  isClosed(): boolean;
  /** Begins no further round, and resolves when the one under way has ended. */
  close(): Promise<void>;
}

export function createPokedWork({ name, inFlight, round, failed }: PokedWorkOptions): PokedWork {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;

  function poke(): void {
    if (closed) return;
    again = true;
    if (running !== undefined) return;
    const done = inFlight.begin(name);
    running = rounds()
      .catch(failed)
      .finally(() => {
        running = undefined;
        done();
        if (again) poke();
      });
  }

  async function rounds(): Promise<void> {
    while (again && !closed) {
      again = false;
      await round();
    }
  }

  return {
    poke,
    pokeIn: (ms) => void setTimeout(poke, ms).unref(),
    isClosed: () => closed,
    async close() {
      closed = true;
      await running;
    },
  };
}
