const chinese = new Intl.Segmenter('zh', { granularity: 'word' });

/** A word of Chinese that begins a line well: not the `日` of a date, nor what stands behind a `未`. */
const BEGINS = /^\p{Script=Han}{2,}$/u;
const BINDS = /[未不无没已]$/u;

/**
 * A text in pieces between which a line may end. Chinese has no spaces, and a narrow cell would part its words and dates anywhere; a text
 * without Chinese is one piece, which ends at its spaces.
 */
export function piecesOf(text: string): readonly string[] {
  if (!/\p{Script=Han}/u.test(text)) return [text];
  const pieces: string[] = [];
  for (const { segment } of chinese.segment(text)) {
    const last = pieces.at(-1);
    const isApart = BEGINS.test(segment) && last !== undefined && !BINDS.test(last);
    if (last === undefined || isApart) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}
