import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** A line of an outgoing file, as a reviewer finds it. */
export interface HandedOverLine {
  readonly submissionKey: string;
  readonly itemRef: string;
  readonly isoId: string;
  readonly staffRef: string;
  readonly storeRef: string;
  readonly itemType: string;
  readonly revision: number;
  readonly product: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly code?: Readonly<Record<string, string>>;
  /** Of an inspection. */
  readonly spots?: readonly { readonly spotRef: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly payments?: readonly Readonly<Record<string, unknown>>[];
  /** Of a store whose payments were verified. */
  readonly verification?: Readonly<Record<string, unknown>>;
  readonly photos: readonly { readonly role: string; readonly sha256: string }[];
}

/** Everything that has been handed over, and that each line's photos lie beside it; throws for one that does not. */
export function outgoingLines({ dataDir }: Pick<World, 'dataDir'>): HandedOverLine[] {
  const folder = join(dataDir, 'outgoing');
  const photos = new Set(readdirSync(join(folder, 'photos')));
  const lines = readdirSync(folder)
    .filter((name) => name.startsWith('submissions_'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line): HandedOverLine => JSON.parse(line));
  for (const { sha256 } of lines.flatMap((line) => line.photos)) {
    if (!photos.has(`${sha256}.jpg`)) throw new Error(`The photo ${sha256} does not lie beside its line`);
  }
  return lines;
}
