import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** A number that is read whenever somebody asks for the metrics. */
export interface Figure {
  /** `pictures_kept_aside`. */
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

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
        this.set(await read());
      },
    });
  }
  return registry;
}
