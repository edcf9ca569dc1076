import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedStore } from '@field/embedded-store';
import { connect, disconnect } from '../models/database.ts';
import { changeIndexes, indexChanges } from '../models/indexes.ts';
import { useProgrammes } from '../models/programme-in-use.ts';
import { useDataKey } from '../models/sealing.ts';
import { readConfig } from '../src/config/config.ts';
import { type Growth, grow } from '../test/support/growth/grow.ts';
import { SHIPPED_PROGRAMMES } from '../test/support/shipped-programme.ts';

// `npm run growth -- [--months 12] [--promotions 10] [--photo-kb 8]`: what an ISO leaves behind in so many months, at so many
// promotions a day with small photos: every collection and folder at the end of each month. Full work of forty is 200 a day, a real
// photo some 700 KB: the megabytes behind each month are scaled to that.

const FULL_WORK_A_DAY = 200;
const REAL_PHOTO_BYTES = 700 * 1024;

const { values } = parseArgs({
  options: {
    months: { type: 'string', default: '12' },
    promotions: { type: 'string', default: '10' },
    'photo-kb': { type: 'string', default: '8' },
  },
});
const photoBytes = Number(values['photo-kb']) * 1024;
const promotionsADay = Number(values.promotions);
const dataDir = mkdtempSync(join(tmpdir(), 'growth-'));
const here = 'http://127.0.0.1';
const config = readConfig({ DATA_DIR: dataDir, DINGTALK_API_BASE: here, DINGTALK_OAPI_BASE: here });
useDataKey(config.dataKey);
useProgrammes(SHIPPED_PROGRAMMES);
const store = await startEmbeddedStore({ dataDir, port: 0 });
const grown: Growth[] = [];
try {
  await connect(store.uri);
  await changeIndexes(await indexChanges());
  const begun = performance.now();
  // one day in seven fifths: a week has five working days
  for await (const month of grow(config, {
    months: Number(values.months),
    promotionsADay,
    photoBytes,
    stepDays: 1.4,
  })) {
    grown.push(month);
    const mb = scaled(month);
    console.log(
      `month ${month.month} after ${Math.round((performance.now() - begun) / 1_000)} s: ${JSON.stringify(mb)}`,
    );
  }
} finally {
  await disconnect();
  await store.close();
  rmSync(dataDir, { recursive: true, force: true });
}

function table(what: string, of: (month: Growth) => Readonly<Record<string, number>>, unit = 1): string {
  const names = [...new Set(grown.flatMap((month) => Object.keys(of(month))))].sort();
  const cell = (text: string | number): string => String(text).padStart(8);
  const lines = names.map((name) => {
    const cells = grown.map((month) => cell(Math.round((of(month)[name] ?? 0) / unit)));
    return `${name.padEnd(22)}${cells.join('')}`;
  });
  return [`${what.padEnd(22)}${grown.map(({ month }) => cell(month)).join('')}`, ...lines].join('\n');
}

console.log(`\n${table('rows, files', ({ counts }) => counts)}`);
console.log(`\n${table('KB', ({ bytes }) => bytes, 1024)}`);

/** Megabytes at full work with real photos, at the end of a month. */
function scaled({ bytes }: Growth): { readonly store: number; readonly photos: number; readonly outgoing: number } {
  const share = FULL_WORK_A_DAY / promotionsADay;
  const inMb = (size: number, factor: number): number => Math.round((size * share * factor) / 1024 / 1024);
  const photo = REAL_PHOTO_BYTES / photoBytes;
  return {
    store: inMb(bytes['mongo.db'] ?? 0, 1),
    photos: inMb(bytes['photos/'] ?? 0, photo),
    outgoing: inMb(bytes['outgoing/photos/'] ?? 0, photo),
  };
}
