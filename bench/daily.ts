import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Extent } from './extent.ts';
import type { Landed } from './landing.ts';
import type { Row } from './row.ts';

const MUCH_MORE_MEMORY = 2;

/** How fast review rows land on the embedded store, the same file again, and what that takes in memory: of a short file and a long one. */
export async function dailyRows(rows: Extent['rows']): Promise<Row[]> {
  const few = await landing(rows.few);
  const many = rows.many > rows.few ? await landing(rows.many) : few;
  const floor = { floor: many.floorRowsPerSecond, floorIs: 'csv-parse, bulk upserts of the cells' };
  return [
    {
      name: 'daily.rowsPerSecond',
      value: many.rowsPerSecond,
      unit: 'rows/s',
      ...floor,
      bound:
        'a row is checked, moves five index entries, and writes its audit entry and result line in one transaction',
    },
    { name: 'daily.reimport.rowsPerSecond', value: many.againRowsPerSecond, unit: 'rows/s', ...floor },
    { name: 'daily.writerWaitedMs', value: many.writerWaitedMs, unit: 'ms', goal: { atMost: 1_400 } },
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

async function landing(rows: number): Promise<Landed> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-daily-'));
  try {
    const bench = [join('dist', 'bench', 'landing.js'), dir, String(rows)];
    const { stdout } = await promisify(execFile)(process.execPath, bench);
    return JSON.parse(stdout) as Landed;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function shortly(rows: number): string {
  return rows >= 1_000_000 ? `${rows / 1_000_000}m` : `${rows / 1_000}k`;
}
