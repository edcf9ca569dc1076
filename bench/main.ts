import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { alikeRows } from './alike.ts';
import { endKeptWorlds, keepBenchWorlds } from './bench-world.ts';
import { codeSetRows } from './code-set.ts';
import { dailyRows } from './daily.ts';
import { type Extent, FULL, SMOKE } from './extent.ts';
import { floodRows } from './flood.ts';
import { growthRows } from './growth-of-queries.ts';
import { idleRows } from './idle.ts';
import { inspectionRows } from './inspection.ts';
import { installRows } from './installed.ts';
import { landingBesideTapsRows } from './landing-beside-taps.ts';
import { memoryRows } from './long-work.ts';
import { photoQueueRows } from './photo-queue.ts';
import { photoRows } from './photos.ts';
import { promotionRows } from './promotion.ts';
import { isMeasured, type Row, ratioOf, tableOf, withoutGoal } from './row.ts';
import { scaleRows } from './scale.ts';
import { startRows } from './start.ts';
import { storeRows } from './store.ts';
import { tapRows } from './taps.ts';
import { worstPictureRows } from './worst-pictures.ts';

// `npm run bench -- [--smoke] [--only start,photos] [--seconds 60] [--people 200] [--rows 100000]
//   [--items 100,10000,1000000] [--minutes 60] [--json FILE]`
// `--codes FOLDER`: only how many photographed codes of that folder are read.
// `--smoke`: every figure in seconds, too little to judge by: no goals. Exits with 1 where a figure did not come out.

const PARTS: Readonly<Record<string, (extent: Extent) => Promise<Row[]>>> = {
  start: ({ starts }) => startRows(starts),
  promotion: ({ spots }) => promotionRows(spots),
  inspection: inspectionRows,
  photos: ({ photos }) => photoRows(photos),
  alike: ({ alike }) => alikeRows(alike),
  queue: ({ queue }) => photoQueueRows(queue),
  worst: ({ worst }) => worstPictureRows(worst),
  taps: ({ taps, saturation }) => tapRows(taps, saturation),
  flood: ({ flood }) => floodRows(flood),
  daily: ({ rows }) => dailyRows(rows),
  dailyTaps: landingBesideTapsRows,
  growth: ({ growth }) => growthRows(growth),
  store: ({ store }) => storeRows(store),
  idle: ({ idle }) => idleRows(idle),
  install: installRows,
  rss: ({ memory }) => memoryRows(memory),
  scale: scaleRows,
};

const { values } = parseArgs({
  options: {
    codes: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    smoke: { type: 'boolean', default: false },
    seconds: { type: 'string' },
    people: { type: 'string' },
    rows: { type: 'string' },
    items: { type: 'string' },
    minutes: { type: 'string' },
  },
});

function chosenExtent(): Extent {
  const usual = values.smoke ? SMOKE : FULL;
  const { seconds = usual.taps.seconds, people = usual.taps.people, rows = usual.rows.many } = values;
  const atWork = values.minutes === undefined ? usual.memory.seconds : Number(values.minutes) * 60;
  const items = values.items?.split(',').map(Number) ?? usual.growth.items;
  return {
    ...usual,
    taps: { ...usual.taps, seconds: Number(seconds), people: Number(people) },
    rows: { ...usual.rows, many: Number(rows) },
    growth: { ...usual.growth, items },
    memory: { ...usual.memory, seconds: atWork },
  };
}

function chosenParts(): [name: string, part: (extent: Extent) => Promise<Row[]>][] {
  const { codes } = values;
  if (codes !== undefined) return [['codes', () => codeSetRows(codes)]];
  return values.only.split(',').map((name) => {
    const part = PARTS[name];
    if (!part) throw new Error(`There is no part "${name}". There are: ${Object.keys(PARTS).join(', ')}.`);
    return [name, part];
  });
}

interface Done {
  readonly rows: readonly Row[];
  readonly failures: readonly string[];
}

async function done(name: string, part: (extent: Extent) => Promise<Row[]>): Promise<Done> {
  const begun = performance.now();
  try {
    const measured = await part(extent);
    const failures = measured.filter((row) => !isMeasured(row)).map((row) => `${row.name}: nothing was measured`);
    return { rows: values.smoke ? measured.map(withoutGoal) : measured, failures };
  } catch (error) {
    return { rows: [], failures: [`${name}: ${error instanceof Error ? error.message : String(error)}`] };
  } finally {
    console.log(`measured ${name} in ${Math.round((performance.now() - begun) / 1_000)} s`);
  }
}

/** What is judged has the machine to itself; where nothing is, some parts work while others wait. */
const AT_ONCE = values.smoke ? 3 : 1;

if (values.smoke) keepBenchWorlds();
const extent = chosenExtent();
const parts = chosenParts();
const all: Done[] = [];
const left = parts.entries();
const turn = async (): Promise<void> => {
  for (const [place, [name, part]] of left) all[place] = await done(name, part);
};
await Promise.all(Array.from({ length: AT_ONCE }, turn));
await endKeptWorlds();
const rows = all.flatMap((one) => one.rows);
const failures = all.flatMap((one) => one.failures);
console.log(`\n${tableOf(rows)}`);
for (const failure of failures) console.log(`✗ ${failure}`);
if (values.json !== undefined) {
  const written = rows.map((row) => ({
    name: row.name,
    value: row.value,
    unit: row.unit,
    floor: row.floor ?? null,
    ratio: ratioOf(row),
  }));
  writeFileSync(values.json, `${JSON.stringify(written, null, 2)}\n`);
}
process.exitCode = failures.length > 0 ? 1 : 0;
