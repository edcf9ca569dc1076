import { createReadStream } from 'node:fs';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import type { CsvForm } from './csv-form.ts';
import { refused } from './refused.ts';

/** One record of a file: its cells without the blanks around them. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Whether its line has an end; only the last one of a file can lack it. */
  readonly hasEnd: boolean;
}

const LONGEST_ROW_BYTES = 64 * 1024;
/** A line of so many characters is no longer in bytes than a row may be. */
const SURELY_FITS = LONGEST_ROW_BYTES / 4;
const PIECE_BYTES = 128 * 1024;
/** So much without the end of a record is given as it is: the row is too long, or a quote never closes, and the reader says so. */
const MOST_WAITING = 1024 * 1024;

/**
 * The records of a file by RFC 4180, many at a time, empty lines left out. `csv-parse` reads every piece of the file that has a quote in it;
 * what has none is cut at its line ends and delimiters, which is the same in a fraction of the time. `file.refused` for a quote that never closes or
 * stands where none can be, and for a row that is too long.
 */
export async function* csvRecords(
  path: string,
  { delimiter, headerLine, headerAt }: CsvForm,
  pieceBytes = PIECE_BYTES,
): AsyncGenerator<readonly CsvRecord[]> {
  let line = headerLine;
  for await (const piece of pieces(path, headerAt, pieceBytes)) {
    yield cut(piece, delimiter, line) ?? parsed(piece, delimiter, line);
    line += lineEnds(piece);
  }
}

/** A file's text in pieces that begin and end between two records. */
async function* pieces(path: string, start: number, highWaterMark: number): AsyncGenerator<string> {
  let waiting = '';
  for await (const chunk of createReadStream(path, { encoding: 'utf8', start, highWaterMark })) {
    waiting += String(chunk);
    const end = endOfRecords(waiting) || (waiting.length > MOST_WAITING ? waiting.length : 0);
    if (end === 0) continue;
    yield waiting.slice(0, end);
    waiting = waiting.slice(end);
  }
  if (waiting !== '') yield waiting;
}

/** Behind the last line end that stands outside of quotes; 0 where none does. */
function endOfRecords(text: string): number {
  let end = 0;
  for (let from = 0; ; ) {
    const opens = text.indexOf('"', from);
    const last = text.lastIndexOf('\n', opens < 0 ? text.length : opens);
    if (last >= from) end = last + 1;
    const closes = opens < 0 ? -1 : text.indexOf('"', opens + 1);
    if (closes < 0) return end;
    from = closes + 1;
  }
}

/** The records of a piece without quotes; undefined where it takes more than to cut it. */
function cut(piece: string, delimiter: string, begins: number): readonly CsvRecord[] | undefined {
  if (/"|\r(?!\n)/.test(piece)) return undefined;
  const records: CsvRecord[] = [];
  const lines = piece.split('\n');
  const last = lines.length - 1;
  for (const [index, text] of lines.entries()) {
    if (text.length > SURELY_FITS) return undefined;
    const cells = text.split(delimiter);
    for (const [place, cell] of cells.entries()) cells[place] = cell.trim();
    if (cells.length > 1 || cells[0] !== '') records.push({ line: begins + index, cells, hasEnd: index < last });
  }
  return records;
}

function parsed(piece: string, delimiter: string, begins: number): readonly CsvRecord[] {
  let line = begins;
  return rawRecords(piece, delimiter, begins).map(({ record, raw }) => {
    const own = { line: line + linesBefore(raw, delimiter), cells: record, hasEnd: /[\r\n]$/.test(raw) };
    line += lineEnds(raw);
    return own;
  });
}

/** The empty lines before a record are told as part of it. */
function linesBefore(raw: string, delimiter: string): number {
  const lines = raw.match(/[^\r\n]*(?:\r\n|\n|\r)/g) ?? [];
  const first = lines.findIndex((line) => line.trim() !== '' || line.includes(delimiter));
  return first < 0 ? lines.length : first;
}

function rawRecords(piece: string, delimiter: string, begins: number): readonly RawRecord[] {
  try {
    return parse(piece, {
      delimiter,
      raw: true,
      trim: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW_BYTES,
    }) as unknown as readonly RawRecord[];
  } catch (thrown) {
    if (thrown instanceof CsvError) throw refused(faultOf(thrown, begins));
    throw thrown;
  }
}

interface RawRecord {
  readonly record: readonly string[];
  readonly raw: string;
}

function faultOf({ code, lines = 1 }: CsvError & { lines?: number | undefined }, begins: number): string {
  const line = begins + lines - 1;
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `the quote that opens at line ${line} never closes`;
  if (code === 'CSV_MAX_RECORD_SIZE') return `a row at line ${line} is longer than ${LONGEST_ROW_BYTES / 1024} KB`;
  return `a quote at line ${line} stands where none can be`;
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
