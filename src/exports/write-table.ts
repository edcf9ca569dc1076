import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { writeStream } from '@field/kit/write-durably';
import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Kind, Table } from './table.ts';

export const FORMATS = ['xlsx', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

type Value = string | number | undefined;

/** What table programs take for the beginning of a formula, in any of their languages. */
const FORMULA = /^[\s\0]*[=+\-@|＝＋－＠]/u;
/** What no XML may hold, and half letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNWRITABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
/** As many as a cell of a workbook may have. */
const MOST_CHARACTERS = 32_767;
const NUMBER_FORMATS: Readonly<Record<Kind, string>> = {
  text: '@',
  whole: '0',
  amount: '0.00#',
  day: 'yyyy-mm-dd',
  moment: 'yyyy-mm-dd hh:mm',
};

/**
 * Writes a table to a file that is not there yet, row after row as they come: however many there are, no more is held in memory. Numbers,
 * days and times are such; times stand as the clocks of `timeZone` showed them; no text is ever taken for a formula. Answers how many
 * rows there were.
 */
export async function writeTable(table: Table, format: Format, path: string, timeZone: string): Promise<number> {
  let count = 0;
  const shown = format === 'xlsx' ? asInWorkbook : asInText;
  async function* rows(): AsyncGenerator<(string | number | Date | null)[]> {
    for await (const row of table.rows) {
      count += 1;
      yield table.columns.map(({ kind }, place) => shown(kind, row[place], timeZone));
    }
  }
  const write = async (file: Writable): Promise<void> => {
    const bytes = format === 'xlsx' ? workbook(table, rows()) : text(table, rows());
    await pipeline(Readable.fromWeb(bytes as ReadableStream<Uint8Array>), file);
  };
  await writeStream(path, write, { flags: 'wx' });
  return count;
}

function workbook({ columns }: Table, rows: AsyncIterable<(string | number | Date | null)[]>) {
  const written = columns.map(({ heading, kind, width }) => ({
    header: clean(heading),
    width,
    numFmt: NUMBER_FORMATS[kind],
  }));
  return writeXlsxStream(rows, { name: 'Export', columns: written, freezePane: { rows: 1 } });
}

/** With a byte order mark: without one table programs read it in the encoding of their machine. */
function text({ columns }: Table, rows: AsyncIterable<(string | number | Date | null)[]>) {
  return writeCsvStream(rows, { headers: columns.map(({ heading }) => noFormula(clean(heading))), bom: true });
}

function asInWorkbook(kind: Kind, value: Value, timeZone: string): string | number | Date | null {
  if (value === undefined || value === '') return null;
  if (kind === 'day') return new Date(`${wordOfDay(String(value))}T00:00:00Z`);
  if (kind === 'moment') return new Date(`${wordOfMoment(Number(value), timeZone).replace(' ', 'T')}:00Z`);
  return isNumber(kind) ? Number(value) : clean(String(value));
}

function asInText(kind: Kind, value: Value, timeZone: string): string | number | null {
  if (value === undefined) return null;
  if (kind === 'day') return wordOfDay(String(value));
  if (kind === 'moment') return wordOfMoment(Number(value), timeZone);
  return isNumber(kind) ? Number(value) : noFormula(clean(String(value)));
}

function isNumber(kind: Kind): boolean {
  return kind === 'whole' || kind === 'amount';
}

function clean(of: string): string {
  return of.toWellFormed().replace(UNWRITABLE, '').slice(0, MOST_CHARACTERS).toWellFormed();
}

function noFormula(of: string): string {
  return FORMULA.test(of) ? `'${of}` : of;
}

/** `20260503` as `2026-05-03`. */
function wordOfDay(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-05-03 14:05`, by the clocks there. */
function wordOfMoment(at: number, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, clock);
  return clock.format(at);
}
