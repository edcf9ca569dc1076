import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type ReceivedFile, refused } from './receive.ts';

/** A row by its columns' names, or why it is none. */
export type CsvRow = { readonly line: number } & (
  | { readonly cells: Readonly<Record<string, string>> }
  | { readonly fault: string; readonly cells?: undefined }
);

/** The columns of a kind of file: those it cannot do without, and those it may have. Others are passed over. */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const MOST_ROWS = 2_000_000;
const LONGEST_ROW_BYTES = 64 * 1024;

/**
 * The rows of a received file, one after the other: RFC 4180, header row, columns in any order, either line end. `line` is where
 * a row begins, the header being line 1. `file.refused` when the file as a whole is not readable as such.
 */
export async function* csvRows(file: ReceivedFile, columns: Columns): AsyncGenerator<CsvRow> {
  let header: readonly string[] | undefined;
  let line = 1;
  let rows = 0;
  for await (const { record, raw } of records(file.path)) {
    const [blank = ''] = /^[\r\n]*/.exec(raw) ?? [];
    const begins = line + lineEnds(blank);
    line += lineEnds(raw);
    if (header === undefined) {
      header = checkedHeader(record, columns);
      continue;
    }
    rows += 1;
    if (rows > MOST_ROWS) throw refused(`it has more than ${MOST_ROWS} rows`);
    if (record.length === header.length) yield { line: begins, cells: cellsOf(header, record) };
    else if (isCutOff(raw, file)) throw refused('its last row is cut off');
    else yield { line: begins, fault: `${record.length} cells where the header has ${header.length}` };
  }
  if (header === undefined) throw refused('it is empty');
}

async function* records(path: string): AsyncGenerator<{ record: readonly string[]; raw: string }> {
  const parser = parse({
    bom: true,
    raw: true,
    trim: true,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW_BYTES,
  });
  pipeline(createReadStream(path), parser, () => undefined);
  try {
    for await (const row of parser) yield row;
  } catch (thrown) {
    if (thrown instanceof CsvError) throw refused(faultOf(thrown));
    throw thrown;
  }
}

function faultOf({ code, lines }: CsvError & { lines?: number | undefined }): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `the quote that opens at line ${lines} never closes`;
  if (code === 'CSV_MAX_RECORD_SIZE') return `a row at line ${lines} is longer than ${LONGEST_ROW_BYTES / 1024} KB`;
  return `a quote at line ${lines} stands where none can be`;
}

function checkedHeader(header: readonly string[], { required, optional }: Columns): readonly string[] {
  for (const column of required) if (!header.includes(column)) throw refused(`the column ${column} is missing`);
  for (const column of [...required, ...optional]) {
    if (header.indexOf(column) !== header.lastIndexOf(column)) throw refused(`the column ${column} is there twice`);
  }
  return header;
}

/** The last row of a file that has no end, with too few or too many cells. Only the last can lack its line end. */
function isCutOff(raw: string, file: ReceivedFile): boolean {
  return !file.endsWithNewline && !/[\r\n]$/.test(raw);
}

function cellsOf(header: readonly string[], record: readonly string[]): Record<string, string> {
  return Object.fromEntries(header.map((column, index) => [column, record[index] ?? '']));
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
