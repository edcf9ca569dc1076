import { faultOf } from './columns.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import type { IsoRow, LandingKind } from './kind.ts';
import type { ReceivedFile } from './receive.ts';

/** A row of a file: read, or malformed. */
export type ReadRow<Row> = { readonly line: number; readonly key: string } & (
  | { readonly row: Row }
  | { readonly fault: string }
);

/** The rows of a file in batches of `size`, from the row after `skip` on. */
export async function* batchesOf<Row extends IsoRow>(
  file: ReceivedFile,
  kind: LandingKind<Row>,
  size: number,
  skip = 0,
): AsyncGenerator<readonly ReadRow<Row>[]> {
  let batch: ReadRow<Row>[] = [];
  let passed = 0;
  for await (const csvRow of csvRows(file, kind.columns)) {
    passed += 1;
    if (passed <= skip) continue;
    batch.push(read(csvRow, kind));
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function read<Row extends IsoRow>(csvRow: CsvRow, { schema, keyColumn }: LandingKind<Row>): ReadRow<Row> {
  const { line, cells } = csvRow;
  if (cells === undefined) return { line, key: '', fault: csvRow.fault };
  const key = cells[keyColumn] ?? '';
  const parsed = schema.safeParse(cells);
  return parsed.success ? { line, key, row: parsed.data } : { line, key, fault: faultOf(parsed.error) };
}
