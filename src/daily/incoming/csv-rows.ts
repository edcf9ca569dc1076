import { bareName, type Columns, DELIMITER_NAMES, formOf } from './csv-form.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import type { Forgiven } from './forgiven.ts';
import type { ReceivedFile } from './receive.ts';
import { refused } from './refused.ts';

/** A row by its columns' names, or why it is none. */
export type CsvRow = { readonly line: number } & (
  | { readonly cells: Readonly<Record<string, string>> }
  | { readonly fault: string; readonly cells?: undefined }
);

const MOST_ROWS = 2_000_000;

/**
 * The rows of a received file in their order, many at a time: RFC 4180, header row, columns in any order, either line end; cells parted by
 * commas, or by what else the header shows. `line` is where a row begins. A row without a word is none. What is not as documented is noted in
 * `forgiven`. `file.refused` when the file as a whole is not readable as such.
 */
export async function* csvRows(
  file: ReceivedFile,
  columns: Columns,
  forgiven?: Forgiven,
): AsyncGenerator<readonly CsvRow[]> {
  const form = await formOf(file.path, columns);
  const { delimiter } = form;
  if (delimiter !== ',') forgiven?.note(`cells are parted by ${DELIMITER_NAMES[delimiter] ?? delimiter}`);
  let header: readonly string[] | undefined;
  let count = 0;
  for await (const records of csvRecords(file.path, form)) {
    const rows: CsvRow[] = [];
    for (const record of records) {
      if (header === undefined) header = checkedHeader(record.cells, columns, forgiven);
      else if (record.cells.every((cell) => cell === ''))
        forgiven?.note('a row without a word is passed over', `line ${record.line}`);
      else rows.push(rowOf(record, header, file));
    }
    count += rows.length;
    if (count > MOST_ROWS) throw refused(`it has more than ${MOST_ROWS} rows`);
    yield rows;
  }
  if (header === undefined) throw refused('it is empty');
}

function rowOf({ line, cells, hasEnd }: CsvRecord, header: readonly string[], file: ReceivedFile): CsvRow {
  if (cells.length === header.length) return { line, cells: cellsOf(header, cells) };
  // only the last row of a file can lack its line end
  if (!file.endsWithNewline && !hasEnd) throw refused('its last row is cut off');
  return { line, fault: `${cells.length} cells where the header has ${header.length}` };
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

function cellsOf(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const row: Record<string, string> = {};
  for (const [place, column] of header.entries()) row[column] = cells[place] ?? '';
  return row;
}
