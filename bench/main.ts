import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dailyRows } from './daily.ts';
import { inspectionRows } from './inspection.ts';
import { photoRows } from './photos.ts';
import { promotionRows } from './promotion.ts';
import { type Row, ratioOf, tableOf } from './row.ts';
import { startRows } from './start.ts';
import { tapRows } from './taps.ts';

// `npm run bench -- [--only start,photos] [--seconds 60] [--people 200] [--rows 100000] [--json FILE]`

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string', default: 'start,promotion,inspection,photos,taps,daily' },
    seconds: { type: 'string', default: '60' },
    people: { type: 'string', default: '200' },
    rows: { type: 'string', default: '100000' },
  },
});

const PARTS: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: startRows,
  promotion: promotionRows,
  inspection: inspectionRows,
  photos: photoRows,
  daily: () => dailyRows(Number(values.rows)),
  taps: () => tapRows({ perSecond: 50, seconds: Number(values.seconds), people: Number(values.people) }),
};

const rows: Row[] = [];
for (const name of values.only.split(',')) {
  const part = PARTS[name];
  if (!part) throw new Error(`There is no part "${name}". There are: ${Object.keys(PARTS).join(', ')}.`);
  console.log(`measuring ${name} …`);
  rows.push(...(await part()));
}
console.log(`\n${tableOf(rows)}`);
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
