import { readFileSync } from 'node:fs';

/** The names of the variables that a source reads: the keys of its zod object. */
function settingsOf(source: string): string[] {
  return [...readFileSync(source, 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
}

/** Every setting of the product, the demo's included, each once and sorted. */
export const SETTINGS: readonly string[] = [
  ...new Set(['src/config/config.ts', 'packages/demo/src/settings-from-env.ts'].flatMap(settingsOf)),
].sort();
