import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { bareName, type Columns, type CsvForm, DELIMITER_NAMES, formOf } from './csv-form.ts';
import type { Forgiven } from './forgiven.ts';
import type { ReceivedFile } from './receive.ts';
import { refused } from './refused.ts';

/** A row by its columns' names, or why it is none. */
export type CsvRow = { readonly line: number } & (
  | { readonly cells: Readonly<Record<string, string>> }
  | { readonly fault: string; readonly cells?: undefined }
);

const MOST_ROWS = 2_000_000;
const LONGEST_ROW_BYTES = 64 * 1024;

/**
 * The rows of a received file, one after the other: RFC 4180, header row, columns in any order, either line end; cells parted by commas,
 * or by what else the header shows. `line` is where a row begins. A row without a word is none. What is not as documented is noted in
 * `forgiven`. `file.refused` when the file as a whole is not readable as such.
 */
export async function* csvRows(file: ReceivedFile, columns: Columns, forgiven?: Forgiven): AsyncGenerator<CsvRow> {
  const form = await formOf(file.path, columns);
  const { delimiter, headerLine } = form;
  if (delimiter !== ',') forgiven?.note(`cells are parted by ${DELIMITER_NAMES[delimiter] ?? delimiter}`);
  let header: readonly string[] | undefined;
  let line = headerLine;
  let rows = 0;
  for await (const { record, raw } of records(file.path, form)) {
    const [blank = ''] = /^[\r\n]*/.exec(raw) ?? [];
    const begins = line + lineEnds(blank);
    line += lineEnds(raw);
    if (header === undefined) {
      header = checkedHeader(record, columns, forgiven);
      continue;
    }
    if (record.every((cell) => cell === '')) {
      forgiven?.note('a row without a word is passed over', `line ${begins}`);
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

async function* records(
  path: string,
  { delimiter, headerLine }: CsvForm,
): AsyncGenerator<{ record: readonly string[]; raw: string }> {
  const parser = parse({
    bom: true,
    delimiter,
    from_line: headerLine,
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

function checkedHeader(
  written: readonly string[],
  { required, optional, formerly = {} }: Columns,
  forgiven: Forgiven | undefined,
): readonly string[] {
  const called = written.map((cell) => named(cell, written, [...required, ...optional, ...Object.keys(formerly)]));
  for (const [index, column] of called.entries()) {
    if (column !== written[index]) forgiven?.note(`the column ${written[index]} is taken for ${column}`);
  }
  const header = called.map((column) => {
    const now = Object.hasOwn(formerly, column) ? formerly[column] : undefined;
    return now === undefined || called.includes(now) ? column : now;
  });
  const [missing] = required.filter((column) => !header.includes(column));
  if (missing !== undefined && written.length === 1)
    throw refused('its header is one cell: commas or semicolons or tabs part cells');
  if (missing !== undefined) throw refused(`the column ${missing} is missing`);
  for (const column of [...required, ...optional]) {
    if (header.indexOf(column) !== header.lastIndexOf(column)) throw refused(`the column ${column} is there twice`);
  }
  return header;
}

/** The known column that a header cell means: itself, or the one that is written so but for case, blanks and marks. */
function named(cell: string, written: readonly string[], columns: readonly string[]): string {
  const meant = columns.find((column) => bareName(column) === bareName(cell));
  return meant === undefined || written.includes(meant) ? cell : meant;
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
