import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { expect, it, onTestFinished } from 'vitest';
import type { Table } from '../../src/exports/table.ts';
import { writeParts } from '../../src/exports/write-parts.ts';

const COLUMNS: Table['columns'] = [
  { heading: 'Shop', kind: 'text', width: 20 },
  { heading: 'Row', kind: 'whole', width: 8 },
];

/** Rows of these shops, and how often they were read from the beginning. */
function tables(shops: readonly string[]) {
  const read = { times: 0 };
  const made = (): Table => {
    read.times += 1;
    async function* rows(): AsyncGenerator<readonly (string | number)[]> {
      for (const [row, shop] of shops.entries()) yield [shop, row];
    }
    return { columns: COLUMNS, rows: rows() };
  };
  return { made, read };
}

async function writtenAs(shops: readonly string[], maxBytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'write-parts-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { made, read } = tables(shops);
  const parts = await writeParts(made, folder, { maxBytes, timeZone: 'UTC' });
  const rows: unknown[][] = [];
  for (const { path } of parts) rows.push(...((await readXlsxFile(path))[0]?.data ?? []).slice(1));
  return { parts, rows, read, sizes: parts.map(({ path }) => statSync(path).size) };
}

it('what fits into one workbook is one, and of nothing there is none', async () => {
  const { parts, rows } = await writtenAs(['Baan Coffee', 'Som Tam House'], 1_000_000);
  expect(parts).toHaveLength(1);
  expect(rows).toEqual([
    ['Baan Coffee', 0],
    ['Som Tam House', 1],
  ]);
  expect((await writtenAs([], 1_000_000)).parts).toEqual([]);
});

it('what does not is several, each below the limit, every row once and in its order', async () => {
  const shops = Array.from({ length: 6_000 }, (_, n) => `Shop ${n}`);
  const { parts, rows, sizes, read } = await writtenAs(shops, 60_000);
  expect(parts.length).toBeGreaterThan(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(60_000);
  expect(rows).toEqual(shops.map((shop, row) => [shop, row]));
  expect(parts.map((part) => part.rows).reduce((sum, some) => sum + some, 0)).toBe(shops.length);
  expect(read.times).toBe(1);
});

it('texts that cannot be packed are written anew into smaller ones', async () => {
  const shops = Array.from({ length: 300 }, () => randomBytes(1_500).toString('base64'));
  const { rows, sizes, read } = await writtenAs(shops, 60_000);
  expect(read.times).toBe(2);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(60_000);
  expect(rows.map(([shop]) => shop)).toEqual(shops);
});
