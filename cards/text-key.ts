import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type source from './locales/en.json';

/**
 * A key of the source text, `cards/locales/en.json`. Whatever names a text is of this type, so that a key that is not there does not
 * compile.
 */
export type TextKey = keyof typeof source;

const SOURCE = new URL('./locales/en.json', import.meta.url);
const texts = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(SOURCE, 'utf8')));

/** Whether there is such a text: for a key that was stored, or that follows from data. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key);
}
