import type { Json } from './template.ts';

/** A value as a text shows it; nothing is the empty text. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
