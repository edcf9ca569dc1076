import type { CameOn } from '../../domain/missing-data.ts';
import { FILE_KINDS, parseFileName } from './file-name.ts';

/** For which days files of each kind came, by the names of those that landed. */
export function cameOn(names: readonly string[]): CameOn {
  const parsed = names.flatMap((name) => parseFileName(name) ?? []);
  return new Map(
    FILE_KINDS.map((kind) => [kind, new Set(parsed.flatMap((one) => (one.kind === kind ? [one.day] : [])))]),
  );
}
