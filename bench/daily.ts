import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { present } from '@field/kit/present';
import type { Extent } from './extent.ts';
import type { Landed } from './landing.ts';
import type { Row } from './row.ts';

const MUCH_MORE_MEMORY = 2;

/** By what each thread used over 60,000 rows: neither core is at work all the time, since the two ask each other. */
const BOTH_THREADS =
  'of the processor time of a row 50 % go into the thread of the store, 28 % into the main one, 22 % into those of V8, which compile and ' +
  'look after memory; the store waits for what is to be written for a third of the time';

/**
 * How fast review rows land on the embedded store, the same file again, and what that takes in memory: of a short file and a long one;
 * and on a real server where `REALDB_URI` says where one is.
 */
export async function dailyRows(rows: Extent['rows']): Promise<Row[]> {
  const few = await landing(rows.few);
  const many = rows.many > rows.few ? await landing(rows.many) : few;
  const { REALDB_URI: realUri = '' } = process.env;
  const real = realUri === '' ? undefined : await landing(rows.few, realUri);
  return [
    ...speedRows('', many, `four look-ups, numbers, an entry of the audit and a result line besides; ${BOTH_THREADS}`),
    ...(real ? speedRows('.real', real, 'the server: it finds, then updates') : []),
    { name: 'daily.writerWaitedMs', value: many.writerWaitedMs, unit: 'ms', goal: { atMost: 700 } },
    { name: `daily.peakRssMb.${shortly(rows.few)}`, value: few.peakRssMb, unit: 'MB' },
    {
      name: `daily.peakRssMb.${shortly(rows.many)}`,
      value: many.peakRssMb,
      unit: 'MB',
      floor: few.peakRssMb,
      floorIs: `with ${shortly(rows.few)} rows`,
      goal: { atMost: few.peakRssMb * MUCH_MORE_MEMORY },
    },
  ];
}

function speedRows(on: '' | '.real', landed: Landed, bound: string): Row[] {
  const { rowsPerSecond, againRowsPerSecond, floorRowsPerSecond, bareUpdatesPerSecond, cpu } = landed;
  const unit = 'rows/s';
  const work = { value: cpu.landing, unit: 'µs of processor time' };
  return [
    present({
      name: `daily${on}.rowsPerSecond`,
      value: rowsPerSecond,
      unit,
      floor: floorRowsPerSecond,
      floorIs: 'csv-parse, bulk upserts of the cells',
      bound: on === '' ? BOTH_THREADS : 'the server: it finds, then updates',
      goal: on === '' ? { atLeast: 0.4 * floorRowsPerSecond } : undefined,
    }),
    {
      name: `daily${on}.besideBareUpdates`,
      value: rowsPerSecond,
      unit,
      floor: bareUpdatesPerSecond,
      floorIs: 'ordered bulk updates of such items under eight indexes, no rule, no transaction',
      bound,
      goal: { atLeast: 0.5 * bareUpdatesPerSecond },
    },
    // of a server's own work this process knows nothing
    ...(on === ''
      ? [
          { name: 'daily.cpuPerRow', ...work, floor: cpu.floor, floorIs: 'csv-parse, bulk upserts of the cells' },
          {
            name: 'daily.cpuPerRow.besideBareUpdates',
            ...work,
            floor: cpu.bareUpdates,
            floorIs: 'ordered bulk updates',
          },
        ]
      : []),
    {
      name: `daily${on}.reimport.rowsPerSecond`,
      value: againRowsPerSecond,
      unit,
      floor: rowsPerSecond,
      floorIs: 'the first time',
      goal: { atLeast: 5 * rowsPerSecond },
    },
  ];
}

async function landing(rows: number, server?: string): Promise<Landed> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-daily-'));
  try {
    const bench = [join('dist', 'bench', 'landing.js'), dir, String(rows), ...(server === undefined ? [] : [server])];
    const { stdout } = await promisify(execFile)(process.execPath, bench);
    return JSON.parse(stdout) as Landed;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function shortly(rows: number): string {
  return rows >= 1_000_000 ? `${rows / 1_000_000}m` : `${rows / 1_000}k`;
}
