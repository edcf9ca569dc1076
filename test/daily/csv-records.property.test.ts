import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@field/kit/errors';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { csvRecords } from '../../src/daily/incoming/csv-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'csv-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'received.csv');
const RUNS = { numRuns: 500, seed: 20_261_129 };

type Read = readonly { readonly line: number; readonly cells: readonly string[] }[] | 'refused';

/** All of it, or that it is none, read in pieces of so many bytes. */
async function inPieces(content: string, delimiter: string, pieceBytes: number): Promise<Read> {
  writeFileSync(path, content);
  const read: { line: number; cells: readonly string[] }[] = [];
  try {
    for await (const some of csvRecords(path, { delimiter, headerLine: 1, headerAt: 0 }, pieceBytes))
      for (const { line, cells } of some) read.push({ line, cells });
    return read;
  } catch (error) {
    if (error instanceof AppError && error.code === 'file.refused') return 'refused';
    throw error;
  }
}

/** The same by `csv-parse` alone, all at once. */
function whole(content: string, delimiter: string): Read {
  const ends = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;
  const blank = delimiter === '\t' ? /^(?:(?!\t)\s)*(?<=[\r\n]|^)/ : /^\s*(?<=[\r\n]|^)/;
  const options = { raw: true, trim: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 65_536 };
  try {
    const found = parse(content, { ...options, delimiter, record_delimiter: ['\r\n', '\n'] }) as unknown as {
      record: string[];
      raw: string;
    }[];
    let line = 1;
    return found.map(({ record, raw }) => {
      const begins = line + ends(blank.exec(raw)?.[0] ?? '');
      line += ends(raw);
      return { line: begins, cells: record };
    });
  } catch (error) {
    if (error instanceof CsvError) return 'refused';
    throw error;
  }
}

const plain = fc.stringMatching(/^[a-z0-9 .:|;-]{0,12}$/);
const local = fc.constantFrom('ไม่ชัด', '不清楚', ' \u00a0à ', '\u3000字', '\u200b', '😀');
const quoted = fc.array(fc.constantFrom('a', ' ', ',', '""', '\n', '\r\n', 'é'), { maxLength: 6 });
const cell = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 2, arbitrary: local },
  { weight: 2, arbitrary: quoted.map((parts) => ` "${parts.join('')}"\t`) },
  { weight: 1, arbitrary: fc.constantFrom('"', 'a"b', '"a"b', '\r', '"a') },
);
const ends = fc.constantFrom('\n', '\r\n').map((end) => fc.constantFrom(end, `${end}${end}`, `${end} ${end}`, ''));

it.each([',', ';', '\t'])('a file parted by %j is read in pieces as it is at once', async (delimiter) => {
  const cells = fc.array(cell, { minLength: 1, maxLength: 5 }).map((all) => all.join(delimiter));
  const file = ends.chain((end) => {
    return fc.array(fc.tuple(cells, end), { maxLength: 12 }).map((lines) => lines.flat().join(''));
  });
  await fc.assert(
    fc.asyncProperty(file, fc.constantFrom(1, 7, 64, 65_536), async (content, pieceBytes) => {
      expect(await inPieces(content, delimiter, pieceBytes)).toEqual(whole(content, delimiter));
    }),
    RUNS,
  );
});

it('a quote that never closes, and a row without an end, are refused before all of the file is in memory', async () => {
  const rows = 'a,b,c\n'.repeat(400_000);
  expect(await inPieces(`a,b,c\n"x,${rows}`, ',', 65_536)).toBe('refused');
  expect(await inPieces(`a,b,c\n${'x'.repeat(3_000_000)}`, ',', 65_536)).toBe('refused');
});
