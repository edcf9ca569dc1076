const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a text to at most `limit` UTF-16 units without breaking a letter, and ends what was cut with `…`. */
export function shorten(value: string, limit: number): string {
  if (value.length <= limit) return value;
  let kept = '';
  for (const { segment } of graphemes.segment(value.slice(0, limit + 64))) {
    if (kept.length + segment.length > limit - 1) break;
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
