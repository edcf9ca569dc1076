import { open } from 'node:fs/promises';

/** The columns of a kind of file: those it cannot do without, and those it may have. Others are passed over. */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** What a column was called before, by that name: taken for it where a header has no column of the new name. */
  readonly formerly?: Readonly<Record<string, string>> | undefined;
}

/** How the cells of a file are parted, and where its header stands. */
export interface CsvForm {
  readonly delimiter: string;
  /** The line of the header, from 1, and where in the file it begins, in bytes. */
  readonly headerLine: number;
  readonly headerAt: number;
}

const FIRST_BYTES = 16 * 1024;
const DELIMITERS = [',', ';', '\t'] as const;
/** What some table programs write and read before the header. */
const SEPARATOR_LINE = /^\ufeff?"?sep=([,;\t|])"?\r?\n/i;

/** The words for a delimiter in a sentence. */
export const DELIMITER_NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

/** By its first line, where that names the delimiter, else the one that parts the header into the most columns that are known. */
export async function formOf(path: string, columns: Columns): Promise<CsvForm> {
  const start = await startOf(path);
  const [line = '', named] = SEPARATOR_LINE.exec(start) ?? [];
  if (named !== undefined) return { delimiter: named, headerLine: 2, headerAt: Buffer.byteLength(line) };
  const [header = ''] = start
    .slice(line.length)
    .split(/[\r\n]/)
    .filter((text) => text.trim() !== '');
  const known = new Set(
    [...columns.required, ...columns.optional, ...Object.keys(columns.formerly ?? {})].map(bareName),
  );
  const parted = (delimiter: string): number =>
    header.split(delimiter).filter((cell) => known.has(bareName(cell))).length;
  const [delimiter] = [...DELIMITERS].sort((one, other) => parted(other) - parted(one));
  return { delimiter: delimiter ?? ',', headerLine: 1, headerAt: 0 };
}

/** A column's name as it is known however it is written: `Source Row Key` is `sourceRowKey`. */
export function bareName(cell: string): string {
  return cell.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

async function startOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
