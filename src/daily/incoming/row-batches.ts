import { faultOf } from './columns.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import type { Forgiven } from './forgiven.ts';
import type { IsoRow, LandingKind } from './kind.ts';
import type { ReceivedFile } from './receive.ts';
import { asDocumented } from './spellings.ts';

/** A row of a file: read, or malformed. */
export type ReadRow<Row> = { readonly line: number; readonly key: string } & (
  | { readonly row: Row }
  | { readonly fault: string }
);

interface Reading {
  /** How many rows were read before. */
  readonly skip?: number;
  readonly forgiven?: Forgiven;
}

/** The rows of a file in batches of `size`, which may change meanwhile, from the row after `skip` on; what is not as documented is noted in `forgiven`. */
export async function* batchesOf<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  size: number | { readonly rows: number },
  { skip = 0, forgiven }: Reading = {},
): AsyncGenerator<readonly ReadRow<Row>[]> {
  let batch: ReadRow<Row>[] = [];
  let passed = 0;
  for await (const some of csvRows(file, kind.columns, forgiven)) {
    for (const csvRow of some) {
      passed += 1;
      if (passed <= skip) continue;
      batch.push(read(csvRow, kind, forgiven));
      if (batch.length < (typeof size === 'number' ? size : size.rows)) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function read<Row extends IsoRow>(
  csvRow: CsvRow,
  { schema, keyColumn, spellings }: LandingKind<Row>,
  forgiven: Forgiven | undefined,
): ReadRow<Row> {
  const { line, cells: written } = csvRow;
  if (written === undefined) return { line, key: '', fault: csvRow.fault };
  let cells = written;
  for (const column in spellings) {
    const [cell, spelling] = [written[column], spellings[column]];
    if (cell === undefined || cell === '' || spelling === undefined) continue;
    const meant = asDocumented(cell, spelling);
    if (meant === cell) continue;
    cells = { ...cells, [column]: meant };
    forgiven?.note(`${column} is spelled otherwise`, `${cell} for ${meant}`);
  }
  const key = cells[keyColumn] ?? '';
  const parsed = schema.safeParse(cells);
  return parsed.success ? { line, key, row: parsed.data } : { line, key, fault: faultOf(parsed.error) };
}
