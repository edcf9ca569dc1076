import { isDataDate } from '@field/kit/calendar';

/** What a daily file holds, in the order in which files of one day are landed: what is judged rests on what stands before. */
export const FILE_KINDS = ['stock', 'inspection-tasks', 'review', 'settlement', 'scans'] as const;
export type IncomingKind = (typeof FILE_KINDS)[number];

export interface FileName {
  readonly name: string;
  readonly kind: IncomingKind;
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly sequence: number;
  readonly zipped: boolean;
}

/** `<kind>_<YYYYMMDD>[_<seq>].csv[.gz]` (architecture 11), or what table programs call theirs: read by what it holds. */
const FILE_NAME =
  /^(stock|inspection-tasks|review|settlement|scans)_(\d{8})(?:_(\d{1,6}))?\.(?:csv(\.gz)?|tsv|txt|xlsx?)$/i;

/** Reads a file's name; undefined for one that is not ours to take. */
export function parseFileName(name: string): FileName | undefined {
  const [, kindName, day, sequence = '0', zipped] = FILE_NAME.exec(name) ?? [];
  const kind = FILE_KINDS.find((known) => known === kindName?.toLowerCase());
  if (kind === undefined || day === undefined || !isDataDate(day)) return undefined;
  return { name, kind, day, sequence: Number(sequence), zipped: zipped !== undefined };
}

/** Day and number of a file, `20261124_000001`: comparable, later ones know better. */
export function asOfFile({ day, sequence }: Pick<FileName, 'day' | 'sequence'>): string {
  return `${day}_${String(sequence).padStart(6, '0')}`;
}

/** Older days first, then by kind, then by number. */
export function inLandingOrder(one: FileName, other: FileName): number {
  return (
    one.day.localeCompare(other.day) ||
    FILE_KINDS.indexOf(one.kind) - FILE_KINDS.indexOf(other.kind) ||
    one.sequence - other.sequence ||
    one.name.localeCompare(other.name)
  );
}
