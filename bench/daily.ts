import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Landed } from './landing.ts';
import type { Row } from './row.ts';

const FEW = 10_000;
const MUCH_MORE_MEMORY = 2;

/** How fast review rows land on the embedded store, the same file again, and what that takes in memory: 10,000 rows and `most`. */
export async function dailyRows(most: number): Promise<Row[]> {
  const few = await landing(FEW);
  const many = most > FEW ? await landing(most) : few;
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
    { name: 'daily.peakRssMb.10k', value: few.peakRssMb, unit: 'MB' },
    {
      name: `daily.peakRssMb.${shortly(most)}`,
      value: many.peakRssMb,
      unit: 'MB',
      floor: few.peakRssMb,
      floorIs: 'with 10,000 rows',
      goal: { atMost: few.peakRssMb * MUCH_MORE_MEMORY },
    },
  ];
}

async function landing(rows: number): Promise<Landed> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-daily-'));
  const { stdout } = await promisify(execFile)(process.execPath, [
    join('dist', 'bench', 'landing.js'),
    dir,
    String(rows),
  ]);
  return JSON.parse(stdout) as Landed;
}

function shortly(rows: number): string {
  return rows >= 1_000_000 ? `${rows / 1_000_000}m` : `${rows / 1_000}k`;
}
