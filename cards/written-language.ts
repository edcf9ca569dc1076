import { LANGUAGES, type Language } from '../src/domain/languages.ts';
import { translator } from './text.ts';
import { plainWord, wordsIn, wordsToType } from './words.ts';

/** A language of Latin letters shares words with others, and a name may have one: so many of its own are needed. */
const OF_LATIN_LETTERS = 2;
const LATIN = 'Latn';
const WORD = /\p{L}[\p{L}\p{M}]*/gu;

/** What tells a language from others: words of Latin letters, or what stands anywhere in a text without spaces. */
interface Marks {
  readonly language: Language;
  readonly isLatin: boolean;
  readonly of: ReadonlySet<string>;
}

let marks: readonly Marks[] | undefined;

/**
 * The languages that a text shows to be written in: one, none, or several that say it alike. A name of a shop, a code or a number is in
 * no language. What can be typed for a tap is in the languages that have that word, and in none where English has it, which everybody types.
 */
export function languagesWritten(typed: string): readonly Language[] {
  const word = plainWord(typed);
  const command = LANGUAGES.filter((language) => wordsToType(language).includes(word));
  if (command.length > 0) return command.includes('en') ? [] : command;
  const text = typed.normalize('NFC').toLowerCase();
  const words = new Set(text.match(WORD));
  const found = knownMarks().map(({ language, isLatin, of }) => {
    const count = [...of].filter((mark) => (isLatin ? words.has(mark) : text.includes(mark))).length;
    return { language, count: isLatin && count < OF_LATIN_LETTERS ? 0 : count };
  });
  const most = Math.max(...found.map(({ count }) => count));
  return most === 0 ? [] : found.filter(({ count }) => count === most).map(({ language }) => language);
}

function knownMarks(): readonly Marks[] {
  marks ??= LANGUAGES.map((language) => ({
    language,
    isLatin: new Intl.Locale(language).maximize().script === LATIN,
    of: new Set(wordsIn(translator(language)('word.often')).map((word) => word.normalize('NFC'))),
  }));
  return marks;
}
