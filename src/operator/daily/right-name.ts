import { isDataDate } from '@field/kit/calendar';
import { AppError } from '@field/kit/errors';
import { csvRows } from '../../daily/incoming/csv-rows.ts';
import { FILE_KINDS, type IncomingKind, parseFileName } from '../../daily/incoming/file-name.ts';
import { LANDING_KINDS } from '../../daily/incoming/kinds.ts';
import type { ReceivedFile } from '../../daily/incoming/receive.ts';
import { asDocumented } from '../../daily/incoming/spellings.ts';

/** What a file says that it is. */
export interface SaysItIs {
  readonly kind: IncomingKind;
  /** `YYYYMMDD`, of its first row; undefined where none is in it. */
  readonly day: string | undefined;
}

/** By its columns, and by the day in its first row; undefined where it has the columns of no kind. */
export async function whatItIs(received: ReceivedFile): Promise<SaysItIs | undefined> {
  for (const kind of FILE_KINDS) {
    const cells = await firstCells(received, kind);
    if (cells === undefined) continue;
    const day = asDocumented(cells.dataDate ?? '', 'day').replaceAll('-', '');
    return { kind, day: isDataDate(day) ? day : undefined };
  }
  return undefined;
}

/** The first name of that kind and day that no file has. */
export function freeNameFor(kind: IncomingKind, day: string, zipped: boolean, taken: readonly string[]): string {
  const used = new Set(
    taken.flatMap((name) => {
      const parsed = parseFileName(name);
      return parsed?.kind === kind && parsed.day === day ? [parsed.sequence] : [];
    }),
  );
  let sequence = 1;
  while (used.has(sequence)) sequence += 1;
  return `${kind}_${day}_${String(sequence).padStart(3, '0')}.csv${zipped ? '.gz' : ''}`;
}

async function firstCells(
  received: ReceivedFile,
  kind: IncomingKind,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    for await (const [row] of csvRows(received, LANDING_KINDS[kind].columns))
      if (row !== undefined) return row.cells ?? {};
    return {};
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'file.refused') return undefined;
    throw thrown;
  }
}
