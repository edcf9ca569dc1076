import { Counter, collectDefaultMetrics, Gauge, Registry, Summary } from 'prom-client';
import { type GaugeName, type GaugeNameBy, METRICS, type Metric, type Tally } from '../metrics/table.ts';
import { within } from '../work/within.ts';

/** A number that is read whenever somebody asks for the metrics. */
export interface Figure {
  readonly name: GaugeName;
  readonly read: () => Promise<number>;
}

/** Such a number of each of several, by the metric's own label. */
export interface FigureBy {
  readonly name: GaugeNameBy;
  readonly readEach: () => Promise<ReadonlyMap<string, number>>;
}

/** What the store does not tell now stays as it was, and the others are read all the same. */
const READ_WITHIN_MS = 1_000;
/** Of how long ago taps count for how long they take, in so many pieces. */
const SUMMARY_OF = { maxAgeSeconds: 600, ageBuckets: 5, pruneAgedBuckets: true } as const;

/** An own registry with Node's figures in it, and those of the product. */
export function newMetrics(figures: readonly (Figure | FigureBy)[] = []): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addFigures(registry, figures);
  return registry;
}

export function addFigures(registry: Registry, figures: readonly (Figure | FigureBy)[]): void {
  for (const figure of figures) {
    if ('readEach' in figure) addFigureBy(registry, figure);
    else addFigure(registry, figure);
  }
}

/** A gauge of the table that is set when something is looked at. */
export function gaugeIn(registry: Registry, name: GaugeName): Gauge {
  return new Gauge({ name, help: METRICS[name].help, registers: [registry] });
}

/** Counts in the registry what happens in this process; each begins at 0, so that the first of it is seen to come. */
export function tallyIn(registry: Registry): Tally {
  const counters = new Map<string, Counter>();
  const summaries = new Map<string, Summary>();
  for (const [name, { kind, help, by, values = [] }] of Object.entries<Metric>(METRICS)) {
    const about = { name, help, registers: [registry] };
    if (kind === 'summary') summaries.set(name, new Summary({ ...about, percentiles: [0.5, 0.99], ...SUMMARY_OF }));
    if (kind !== 'counter') continue;
    const counter = new Counter({ ...about, labelNames: by === undefined ? [] : [by] });
    if (by !== undefined) for (const value of values) counter.inc({ [by]: value }, 0);
    counters.set(name, counter);
  }
  return {
    count: (name, times = 1) => counters.get(name)?.inc(times),
    countOf: (name, label, times = 1) => counters.get(name)?.inc({ [METRICS[name].by]: label }, times),
    took: (name, seconds) => summaries.get(name)?.observe(seconds),
  };
}

function addFigure(registry: Registry, { name, read }: Figure): void {
  new Gauge({
    name,
    help: METRICS[name].help,
    registers: [registry],
    async collect() {
      const number = await soon(read);
      if (number !== undefined) this.set(number);
    },
  });
}

function addFigureBy(registry: Registry, { name, readEach }: FigureBy): void {
  const by = METRICS[name].by;
  new Gauge({
    name,
    help: METRICS[name].help,
    labelNames: [by],
    registers: [registry],
    async collect() {
      const numbers = await soon(readEach);
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
