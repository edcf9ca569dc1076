import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Table } from './table.ts';
import { writeTable } from './write-table.ts';

/** One workbook of several, or the only one. */
export interface Part {
  readonly path: string;
  readonly rows: number;
}

/** What a cell takes beside its text, before it is packed. */
const CELL_BYTES = 40;
/** A part is full after so many bytes unpacked: workbooks are packed to a tenth, and seldom to less than a third. */
const USUAL_FACTOR = 3;

/**
 * Writes a table into as many workbooks as keep each below `maxBytes`, into a folder that is there; `made` is asked again where a part
 * came out larger, which only texts that cannot be packed do. Nothing where there are no rows.
 */
export async function writeParts(
  made: () => Table,
  folder: string,
  { maxBytes, timeZone }: { readonly maxBytes: number; readonly timeZone: string },
): Promise<readonly Part[]> {
  return (
    (await partsOf(made(), folder, { maxBytes, timeZone, factor: USUAL_FACTOR })) ??
    (await partsOf(made(), folder, { maxBytes, timeZone, factor: 1 / 2 })) ??
    []
  );
}

async function partsOf(
  { columns, rows }: Table,
  folder: string,
  { maxBytes, timeZone, factor }: { readonly maxBytes: number; readonly timeZone: string; readonly factor: number },
): Promise<readonly Part[] | undefined> {
  const source = rows[Symbol.asyncIterator]();
  const parts: Part[] = [];
  let next = await source.next();
  while (next.done !== true) {
    async function* some(): AsyncGenerator<readonly (string | number | undefined)[]> {
      for (let bytes = 0; next.done !== true && bytes < maxBytes * factor; next = await source.next()) {
        for (const cell of next.value) bytes += CELL_BYTES + Buffer.byteLength(String(cell ?? ''));
        yield next.value;
      }
    }
    const path = join(folder, `${factor}-${parts.length + 1}.xlsx`);
    parts.push({ path, rows: await writeTable({ columns, rows: some() }, 'xlsx', path, timeZone) });
    if ((await stat(path)).size > maxBytes) return undefined;
  }
  return parts;
}
