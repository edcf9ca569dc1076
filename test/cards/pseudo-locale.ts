import { IntlMessageFormat } from 'intl-messageformat';
import { messagesOf, type T, type TextArgs } from '../../cards/text.ts';
import type { TextKey } from '../../cards/text-key.ts';
import type { Language } from '../../src/domain/languages.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';

type Part = ReturnType<IntlMessageFormat['getAst']>[number];

/** The kind of a part that is words. */
const WORDS = 0;

const VOWELS = 'aeiouAEIOU';
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçðéƒĝĥíĵķļɱñóþǫŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÓÞǪŔŠŢÚṼŴẊÝŽ';

/** What stands around every line that is a text of ours: marks that can be seen, or those that turn its direction. */
export interface Around {
  readonly before: string;
  readonly behind: string;
}
export const SEEN: Around = { before: '⟦', behind: '⟧' };
export const RIGHT_TO_LEFT: Around = { before: '\u2067', behind: '\u2069' };

/** The names of products, which the programme has in no other letters. */
const PRODUCT = /^products\.\w+\.name$/;
export const OFFICIAL_NAMES: readonly string[] = Object.entries(SHIPPED_WORDS.get('en') ?? {}).flatMap(
  ([place, name]) => (PRODUCT.test(place) ? [name] : []),
);

/**
 * A language that nobody speaks: English with accents on every letter, its vowels doubled, which makes it 40 % longer, a comma of its own, and
 * marks around each line. So what is drawn in it shows what is no text of ours, by letters without an accent; what code puts
 * between texts, by a plain comma; and what code cuts off a text, by a mark that has no partner. Dates, lists and names of countries are
 * Japanese, which has neither such letters nor such commas.
 */
export function pseudoTexts(around: Around): T {
  const language: Language = 'ja';
  const text = formatted(messagesOf('en'), around);
  const word = formatted(SHIPPED_WORDS.get('en') ?? {}, around);
  const t = (key: TextKey, args?: TextArgs): string => {
    const said = text(key, args);
    if (said === undefined) throw new Error(`there is no text ${key}`);
    return said;
  };
  return Object.assign(t, { language, word });
}

function formatted(
  written: Readonly<Record<string, string>>,
  { before, behind }: Around,
): (key: string, args?: TextArgs) => string | undefined {
  return (key, args) => {
    const message = written[key];
    if (message === undefined) return undefined;
    if (PRODUCT.test(key)) return message;
    const parts = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst().map(accented);
    const said = String(new IntlMessageFormat(parts, 'en').format(args));
    // an empty text says nothing in any language
    return said.replaceAll(/[^\n]+/g, (line) => before + line + behind);
  };
}

function accented(part: Part): Part {
  if ('options' in part) {
    const options = Object.entries(part.options).map(([name, { value, ...rest }]) => {
      return [name, { ...rest, value: value.map(accented) }] as const;
    });
    return { ...part, options: Object.fromEntries(options) } as Part;
  }
  return part.type === WORDS ? { ...part, value: longer(part.value) } : part;
}

function longer(words: string): string {
  return [...words.replaceAll(',', '‚')]
    .map((letter) => {
      const accent = ACCENTED[PLAIN.indexOf(letter)] ?? letter;
      return VOWELS.includes(letter) ? accent + accent : accent;
    })
    .join('');
}

/** Whether every mark has its partner. */
export function isWhole(text: string, { before, behind }: Around): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === before) depth += 1;
    if (letter === behind) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
