import type { Stats } from 'node:fs';
import { z } from 'zod';
import type { FileSource } from '../../domain/file-source.ts';
import { createNotes, type Notes } from './notes.ts';

/** Of a file that came over a network and waits: which way, and which file that was. */
const arrival = z.object({ by: z.enum(['sftp', 'https']), file: z.string() });
export type Arrivals = Notes<z.infer<typeof arrival>>;

export function createArrivals(folder: string): Arrivals {
  return createNotes(folder, arrival);
}

/** Tells one file of a name from another that takes its place. It stays as it is when the file is renamed. */
export function markOf({ size, mtimeMs, ino }: Pick<Stats, 'size' | 'mtimeMs' | 'ino'>): string {
  return `${size}/${mtimeMs}/${ino}`;
}

/** Which way the file that waits by this name came: what no note is about, somebody put there. */
export async function sourceOf(name: string, mark: string, arrivals: Arrivals | undefined): Promise<FileSource> {
  const note = await arrivals?.of(name);
  return note?.file === mark ? note.by : 'folder';
}
