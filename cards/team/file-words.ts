import type { FileSource } from '../../src/domain/file-source.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';

const WAYS = {
  folder: 'file.fromFolder',
  sftp: 'file.bySftp',
  https: 'file.byHttps',
} as const satisfies Readonly<Record<FileSource, TextKey>>;

/** Which way a file came; of what an earlier release received nothing is known. */
export function cameBy(t: T, source: FileSource | undefined): readonly string[] {
  return source === undefined ? [] : [t(WAYS[source])];
}

/** Its row that said something, as table programs number them. */
export function rowInWords(t: T, row: number | undefined): readonly string[] {
  return row === undefined ? [] : [t('file.row', { row })];
}

/** `settlement 20261124 001`: a file's name is longer than a line of a phone, and breaks only between words. */
export function fileInWords(file: string): string {
  return file.replace(/\.[a-z]+(\.gz)?$/i, '').replaceAll('_', ' ');
}

/** `tasks 1124 1`: as much of it as stands on a button. */
export function fileButton(file: string): string {
  return fileInWords(file)
    .replace(/^inspection-/i, '')
    .replace(/ \d{4}(\d{4})/, ' $1')
    .replace(/ 0+(\d+)$/, ' $1');
}
