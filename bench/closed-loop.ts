import { quantile } from './quantile.ts';

interface ClosedLoop {
  /** How many tap at once, each of them one tap after the other. */
  readonly parallel: number;
  readonly seconds: number;
  readonly people: number;
  /** One tap by person `index`; answers push → ack in milliseconds, or throws why it was not applied. */
  readonly tap: (index: number) => Promise<number>;
}

export interface Level {
  readonly parallel: number;
  readonly perSecond: number;
  readonly p99: number;
}

/** Taps as fast as they are answered. Of one that is not applied nothing is counted. */
export async function closedLoop({ parallel, seconds, people, tap }: ClosedLoop): Promise<Level> {
  const latencies: number[] = [];
  const begun = performance.now();
  const worker = async (first: number): Promise<void> => {
    for (let turn = 0; performance.now() - begun < seconds * 1_000; turn += 1) {
      // each has people of their own
      const index = first + parallel * (turn % Math.floor(people / parallel));
      const took = await tap(index).catch(() => undefined);
      if (took !== undefined) latencies.push(took);
    }
  };
  await Promise.all(Array.from({ length: parallel }, (_, index) => worker(index)));
  const perSecond = (latencies.length * 1_000) / (performance.now() - begun);
  return { parallel, perSecond, p99: quantile(latencies, 0.99) };
}
