import { z } from 'zod';
import { howMany } from './how-many.ts';
import type { Erased, Exported } from './personal-data.ts';

export const FOLDER = {
  called: 'folder',
  what: 'where to; it is made for its owner only',
  schema: z.string().min(1, 'is empty: write a folder.'),
};

export const YES = {
  called: '',
  what: 'does it; without it only what would go is said',
  schema: z
    .literal('yes')
    .optional()
    .transform((typed) => typed === 'yes'),
};

export function sayExported({ folder, photos, rows, files }: Exported): string {
  return [`${folder} has data.json and ${howMany(photos, 'photo')}.`, rowsIn(rows), ...sayFiles(files)].join('\n');
}

export function sayErased({ done, left, rows, open, files }: Erased): string {
  const what = [rowsIn(rows), ...open, ...sayFiles(files)];
  if (done) return ['Erased.', ...what].join('\n');
  if (left > 0)
    return [`${left} are left: somebody is at work on them. Do the same again in a minute.`, ...what].join('\n');
  return ['This would go or lose its name:', ...what, 'Nothing is erased yet. To do it, add --yes.'].join('\n');
}

function rowsIn(rows: Readonly<Record<string, number>>): string {
  return Object.entries(rows)
    .map(([collection, count]) => `${count} ${collection}`)
    .join(', ');
}

function sayFiles(files: readonly string[]): string[] {
  return files.length === 0 ? [] : [`Handed over in, and the reviewers': ${files.join(', ')}`];
}
