import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataDate } from '@field/kit/calendar';

/** A day of the calendar as it stands in rows, `YYYY-MM-DD`. */
export function writtenDay(day: DataDate): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/** One row, by column name; what is absent is an empty cell. */
export type Row<Column extends string> = { readonly [Name in Column]?: string | undefined };

/**
 * Writes `<kind>_<day>_<seq>.csv` (RFC 4180, header row, UTF-8) into the incoming folder under the next free number, `.part`
 * until it is whole. Answers its name, none when there are no rows.
 */
export async function writeIncoming<Column extends string>(
  dir: string,
  kind: string,
  day: DataDate,
  columns: readonly Column[],
  rows: readonly Row<Column>[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const name = `${kind}_${day}_${await nextNumber(dir, `${kind}_${day}_`)}.csv`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))];
  const text = lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
  await writeFile(join(dir, `${name}.part`), text, { mode: 0o600 });
  await rename(join(dir, `${name}.part`), join(dir, name));
  return [name];
}

/** One more than the highest number in any name that begins like this, whatever became of that file. */
async function nextNumber(dir: string, start: string): Promise<string> {
  const numbers = (await readdir(dir, { recursive: true })).flatMap((path) => {
    const name = path.split(/[\\/]/).at(-1) ?? '';
    return name.startsWith(start) ? [Number.parseInt(name.slice(start.length), 10) || 0] : [];
  });
  return String(Math.max(0, ...numbers) + 1).padStart(3, '0');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
