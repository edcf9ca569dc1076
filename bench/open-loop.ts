import { setTimeout as after } from 'node:timers/promises';

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  readonly people: number;
  /** One tap by person `index`; answers push → ack in milliseconds, or throws why it was not applied. */
  readonly tap: (index: number) => Promise<number>;
}

export interface Measured {
  readonly latencies: readonly number[];
  readonly perSecond: number;
  /** Taps that were not applied: reason → how many. */
  readonly lost: Readonly<Record<string, number>>;
}

/**
 * Taps at fixed moments, whether or not earlier ones are answered: what a slow answer delays is counted, not hidden. Each person
 * taps in turn, and never before the own last tap is through.
 */
export async function openLoop({ perSecond, seconds, people, tap }: OpenLoop): Promise<Measured> {
  const latencies: number[] = [];
  const busy = new Map<number, Promise<void>>();
  const lost: Record<string, number> = {};
  const begun = performance.now();
  for (let count = 0; count < perSecond * seconds; count += 1) {
    const due = begun + (count * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await after(early);
    const index = count % people;
    const turn = (busy.get(index) ?? Promise.resolve()).then(async () => {
      try {
        latencies.push(await tap(index));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        lost[reason] = (lost[reason] ?? 0) + 1;
      }
    });
    busy.set(index, turn);
  }
  await Promise.all(busy.values());
  return { latencies, lost, perSecond: (latencies.length * 1000) / (performance.now() - begun) };
}
