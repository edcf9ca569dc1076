const chinese = new Intl.Segmenter('zh', { granularity: 'word' });
const japanese = new Intl.Segmenter('ja', { granularity: 'word' });

/** A word of Chinese that begins a line well: not the `日` of a date, nor what stands behind a `未`. */
const BEGINS = /^\p{Script=Han}{2,}$/u;
const BINDS = /[未不无無没沒已]$/u;
/**
 * A word of Japanese that begins a line well: Hiragana belongs to the word before it, and one sign of Han where it stands behind
 * another. */
const LONG_JAPANESE = /^(?:[\p{Script=Han}々]{2,}|[\p{Script=Katakana}ー]{2,})$/u;
const OPENS = /^[（「『【]$/u;

/**
 * A text in pieces between which a line may end. Chinese and Japanese have no spaces, and a narrow cell would part their words and dates
 * anywhere; a text without them is one piece, which ends at its spaces.
 */
export function piecesOf(text: string): readonly string[] {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return parted(text, japanese, beginsJapanese);
  return /[\p{Script=Han}（]/u.test(text)
    ? parted(text, chinese, (word, last) => BEGINS.test(word) && !BINDS.test(last))
    : [text];
}

function beginsJapanese(word: string, last: string): boolean {
  return LONG_JAPANESE.test(word) || (/^\p{Script=Han}/u.test(word) && /\p{Script=Hiragana}$/u.test(last));
}

function parted(
  text: string,
  words: Intl.Segmenter,
  begins: (word: string, last: string) => boolean,
): readonly string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(text)) {
    const last = pieces.at(-1);
    const isApart =
      last !== undefined && (OPENS.test(segment) || (begins(segment, last) && !OPENS.test(last.slice(-1))));
    if (last === undefined || isApart) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}
