import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, describe, expect, it } from 'vitest';
import type { Table } from '../../src/exports/table.ts';
import { type Format, writeTable } from '../../src/exports/write-table.ts';
import { howOften } from '../support/how-often.ts';

const folder = mkdtempSync(join(tmpdir(), 'write-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

const COLUMNS: Table['columns'] = [
  { heading: 'Shop', kind: 'text', width: 20 },
  { heading: 'Photos', kind: 'whole', width: 8 },
  { heading: 'Result of', kind: 'day', width: 12 },
  { heading: 'Sent', kind: 'moment', width: 16 },
];
type Row = readonly (string | number | undefined)[];

async function* those(rows: Iterable<Row>): AsyncGenerator<Row> {
  yield* rows;
}

async function written(rows: Iterable<Row>, format: Format, timeZone = 'Asia/Bangkok'): Promise<string> {
  made += 1;
  const path = join(folder, `${made}.${format}`);
  await writeTable({ columns: COLUMNS, rows: those(rows) }, format, path, timeZone);
  return path;
}

/** As another library reads it. */
async function workbook(rows: Iterable<Row>, timeZone?: string): Promise<unknown[][]> {
  const sheets = await readXlsxFile(await written(rows, 'xlsx', timeZone));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(['Export']);
  return sheets[0]?.data ?? [];
}

const SENT = Date.UTC(2026, 4, 3, 7, 5, 40);

describe('a workbook', () => {
  it('has numbers, days and times as such, the times as the clocks there showed them', async () => {
    const [heading, row] = await workbook([['Baan Coffee', 3, '20260503', SENT]]);
    expect(heading).toEqual(['Shop', 'Photos', 'Result of', 'Sent']);
    expect(row).toEqual(['Baan Coffee', 3, new Date('2026-05-03T00:00:00Z'), new Date('2026-05-03T14:05:00Z')]);
    const [, inTokyo] = await workbook([['', undefined, undefined, SENT]], 'Asia/Tokyo');
    expect(inTokyo?.[3]).toEqual(new Date('2026-05-03T16:05:00Z'));
  });

  it('has every text as it is, and none as a formula', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
      fc.constantFrom('=1+1', '+66812345678', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", 'Ä "B" <c> & d', '0012', '1e5'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (texts) => {
        const rows = await workbook(texts.map((one) => [one, 1, undefined, undefined]));
        const kept = texts.map((one) => one.replaceAll(/\r\n?/g, '\n').trim());
        expect(
          rows.slice(1).map(([shop]) =>
            String(shop ?? '')
              .replaceAll(/\r\n?/g, '\n')
              .trim(),
          ),
        ).toEqual(kept);
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
  });

  it('is written where a text has what no file of its kind can hold', async () => {
    const [, row] = await workbook([['a\0b\x08c\ufffed\ud800e', 1, undefined, undefined]]);
    expect(row?.[0]).toBe('abcd\ufffde');
    const [, long] = await workbook([['ก'.repeat(40_000), 1, undefined, undefined]]);
    expect(String(long?.[0])).toHaveLength(32_767);
  });
});

describe('a file of text', () => {
  const read = (path: string): string[][] => parse(readFileSync(path, 'utf8'), { bom: true });

  it('begins with its byte order mark, and has days and times as they are written', async () => {
    const path = await written([['Baan "Coffee", Silom', 3, '20260503', SENT]], 'csv');
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(read(path)).toEqual([
      ['Shop', 'Photos', 'Result of', 'Sent'],
      ['Baan "Coffee", Silom', '3', '2026-05-03', '2026-05-03 14:05'],
    ]);
  });

  it.each([
    '=1+1',
    '+66812345678',
    '-1',
    '@SUM(A1)',
    '|x',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    ' =1+1',
    '\t=1',
    '\n=1',
    '\r=1',
  ])('has no cell that a table program takes for a formula: %j', async (text) => {
    expect(read(await written([[text, 1, undefined, undefined]], 'csv'))[1]?.[0]).toBe(`'${text}`);
  });
});

it.each(['xlsx', 'csv'] as const)(
  'of a long list what was read is in the file before the next is asked for: %s',
  async (format) => {
    made += 1;
    const path = join(folder, `${made}.${format}`);
    const COUNT = howOften({ inEachRun: 50_000, inFull: 100_000 });
    const sizes: number[] = [];
    async function* many(): AsyncGenerator<Row> {
      for (let n = 0; n < COUNT; n += 1) {
        if (n % 10_000 === 9_999) sizes.push(statSync(path).size);
        yield [`Shop ${n} ${Math.sin(n)}`, n, '20260503', SENT + n * 61_000];
      }
    }
    expect(await writeTable({ columns: COLUMNS, rows: many() }, format, path, 'UTC')).toBe(COUNT);
    const whole = statSync(path).size;
    for (const [tenth, size] of sizes.entries()) expect(size).toBeGreaterThan((whole * (tenth + 0.5)) / sizes.length);
    const rows = format === 'csv' ? parse(readFileSync(path)).length : (await readXlsxFile(path))[0]?.data.length;
    expect(rows).toBe(COUNT + 1);
  },
);

it('a file that is there is never written over, and one that breaks off says so', async () => {
  const path = await written([], 'csv');
  const before = readFileSync(path);
  const table = { columns: COLUMNS, rows: those([['x', 1, undefined, undefined]]) };
  await expect(writeTable(table, 'csv', path, 'UTC')).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readFileSync(path)).toEqual(before);
  async function* broken(): AsyncGenerator<Row> {
    yield ['x', 1, undefined, undefined];
    throw new Error('the store is gone');
  }
  const half = { columns: COLUMNS, rows: broken() };
  await expect(writeTable(half, 'xlsx', join(folder, 'half.xlsx'), 'UTC')).rejects.toThrow('the store is gone');
});
