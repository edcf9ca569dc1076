import { IntlMessageFormat } from 'intl-messageformat';
import { messagesOf, type TextArgs } from '../../../cards/text.ts';
import type { TextKey } from '../../../cards/text-key.ts';
import { LANGUAGES } from '../../../src/domain/languages.ts';

/** One part of a message: words, a place for something else, or a choice of words (a plural). */
type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The kind of a part that is words. */
const WORDS = 0;

/**
 * How a text of ours reads in a chat, in any of its languages and in any number. `args` say what stands in its places; in a place
 * without one anything may stand. Throws for a text that can be without a word (an empty one, or only places): of such a text
 * nobody can say that it is not seen.
 */
export function wordsOf(key: TextKey, args: TextArgs = {}): RegExp {
  const readings = LANGUAGES.map((language) => {
    const written = messagesOf(language)[key] ?? '';
    const parts = new IntlMessageFormat(written, language, undefined, { ignoreTag: true }).getAst();
    if (!hasWords(parts)) throw new Error(`${key} can be without a word in ${language}, so it cannot be looked for`);
    return readingOf(parts, args);
  });
  return new RegExp(readings.join('|'), 'u');
}

function hasWords(parts: readonly Part[]): boolean {
  return parts.some((part) => {
    if ('options' in part) return choicesOf(part).every(hasWords);
    return part.type === WORDS && /\p{L}/u.test(part.value);
  });
}

function readingOf(parts: readonly Part[], args: TextArgs): string {
  return parts.map((part) => partReading(part, args)).join('');
}

function partReading(part: Part, args: TextArgs): string {
  if ('options' in part)
    return `(?:${choicesOf(part)
      .map((words) => readingOf(words, args))
      .join('|')})`;
  if (part.type === WORDS) return literally(part.value.replaceAll('**', ''));
  const given = 'value' in part ? args[part.value] : undefined;
  return given === undefined ? '.*' : literally(`${given}`);
}

function choicesOf({ options }: Extract<Part, { options: unknown }>): Part[][] {
  return Object.values(options).map(({ value }) => value);
}

/** Lines of a text stand apart on a card. */
function literally(words: string): string {
  return words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\n', '\\s+');
}
