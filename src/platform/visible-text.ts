/** Half of a surrogate pair, which would not survive UTF-8. */
const BROKEN = /\p{Cs}/gu;
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/gu;
/** Control characters but the end of a line and the tab, which staff lists have. */
const CONTROLS = /[^\P{Cc}\n\t]+/gu;
/**
 * What shows nothing, and can turn text around or hide in it; and the Braille pattern without a dot. The two joiners that scripts and
 * emoji need stay, with what chooses the look of an emoji.
 */
const INVISIBLE = /(?!\u200C|\u200D|\uFE0E|\uFE0F)\p{Default_Ignorable_Code_Point}|[\u2800\uFFF9-\uFFFB]/gu;
/** Something that one sees: neither a blank, nor a mark or a joiner that stands on nothing. */
const SEEN = /[^\s\p{M}\p{C}\p{Z}]/u;

/**
 * What a person typed, as far as one sees it: without control and invisible characters, each line end as `\n`. A text of nothing but
 * such is empty. Applied where it comes in, and wherever text goes on a card.
 */
export function visibleText(typed: string): string {
  const visible = typed.replace(BROKEN, '').replace(LINE_ENDS, '\n').replace(CONTROLS, ' ').replace(INVISIBLE, '');
  return SEEN.test(visible) ? visible : '';
}

/** The same on one line. */
export function visibleLine(typed: string): string {
  return visibleText(typed)
    .replace(/[\n\t]+/g, ' ')
    .trim();
}
