import { createHash } from 'node:crypto';

/** One file of a programme, as it lies in its folder or in the store. */
export interface ProgrammeFile {
  /** From its folder on: `programme.yaml`, `th.yaml`, `examples/front.jpg`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export const PROGRAMME_FILE = 'programme.yaml';
export const EXAMPLES = 'examples/';

/** What tells two programmes apart: SHA-256, hex, over the names and contents of all files, in whatever order they come. */
export function fingerprintOf(files: readonly ProgrammeFile[]): string {
  const hash = createHash('sha256');
  for (const { name, bytes } of files.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  }
  return hash.digest('hex');
}
