import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { within } from '../work/within.ts';

/** A number that is read whenever somebody asks for the metrics. */
export interface Figure {
  /** `pictures_kept_aside`. */
  readonly name: string;
  readonly help: string;
  readonly read: () => Promise<number>;
}

/** Such a number of each of several. */
export interface FigureBy {
  readonly name: string;
  readonly help: string;
  /** What tells them apart: `iso`. */
  readonly by: string;
  readonly read: () => Promise<ReadonlyMap<string, number>>;
}

/** What the store does not tell now stays as it was, and the others are read all the same. */
const READ_WITHIN_MS = 1_000;

/** An own registry with Node's figures in it, and those of the product. */
export function newMetrics(figures: readonly (Figure | FigureBy)[] = []): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const figure of figures) {
    if ('by' in figure) addFigureBy(registry, figure);
    else addFigure(registry, figure);
  }
  return registry;
}

function addFigure(registry: Registry, { name, help, read }: Figure): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      const number = await soon(read);
      if (number !== undefined) this.set(number);
    },
  });
}

function addFigureBy(registry: Registry, { name, help, by, read }: FigureBy): void {
  new Gauge({
    name,
    help,
    labelNames: [by],
    registers: [registry],
    async collect() {
      const numbers = await soon(read);
      if (numbers === undefined) return;
      this.reset();
      for (const [label, number] of numbers) this.set({ [by]: label }, number);
    },
  });
}

async function soon<T>(read: () => Promise<T>): Promise<T | undefined> {
  return await within(
    READ_WITHIN_MS,
    read().catch(() => undefined),
    undefined,
  );
}
