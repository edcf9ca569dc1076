import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { within } from '../work/within.ts';

/** A number that is read whenever somebody asks for the metrics. */
export interface Figure {
  /** `pictures_kept_aside`. */
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** What the store does not tell now stays as it was, and the others are read all the same. */
const READ_WITHIN_MS = 1_000;

/** An own registry with Node's figures in it, and those of the product. */
export function newMetrics(figures: readonly Figure[] = []): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name, help, read } of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const number = await within(
          READ_WITHIN_MS,
          read().catch(() => undefined),
          undefined,
        );
        if (number !== undefined) this.set(number);
      },
    });
  }
  return registry;
}
