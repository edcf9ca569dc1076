import { unitsOf } from './width.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a text to at most `limit` UTF-16 units, of wide letters half as many, without breaking one, and ends what was cut with `…`. */
export function shorten(value: string, limit: number): string {
  if (unitsOf(value.slice(0, limit + 1)) <= limit) return value;
  let kept = '';
  let units = 0;
  for (const { segment } of graphemes.segment(value.slice(0, limit + 64))) {
    units += unitsOf(segment);
    if (units > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Joins paragraphs up to `limit` units: whole ones first, then what fits of the next. */
export function joinParagraphs(paragraphs: readonly string[], limit: number): string {
  let joined = '';
  for (const paragraph of paragraphs) {
    const next = joined === '' ? paragraph : `${joined}\n\n${paragraph}`;
    if (next.length > limit) return shorten(next, limit);
    joined = next;
  }
  return joined;
}
