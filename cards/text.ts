import { readFileSync } from 'node:fs';
import { AppError } from '@field/kit/errors';
import { IntlMessageFormat } from 'intl-messageformat';
import { z } from 'zod';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../src/domain/languages.ts';
import { isTextKey, type TextKey } from './text-key.ts';

export type TextArgs = Readonly<Record<string, string | number>>;

/** The texts of one language: `t('menu.title', { name })`. Values are put in as they are; markdown is the view's task. */
export interface T {
  (key: TextKey, args?: TextArgs): string;
  readonly language: Language;
  /** A word of the programme, by its place in the file of words: `reasons.OTHER.short`. Undefined where it says none. */
  readonly word: (place: string, args?: TextArgs) => string | undefined;
}

/**
 * The words of a programme by their place, in each of its languages, the one for whoever reads another language first
 * (`src/programme/word-texts.ts`).
 */
export type ProgrammeWords = ReadonlyMap<Language, Readonly<Record<string, string>>>;

const messagesSchema = z.record(z.string(), z.string());
const messages = new Map<Language, Readonly<Record<string, string>>>();
const NO_WORDS: ProgrammeWords = new Map();
const translators = new WeakMap<ProgrammeWords, Map<Language, T>>();

/** All texts of one language as written, by key. Read once from its file. */
export function messagesOf(language: Language): Readonly<Record<string, string>> {
  const known = messages.get(language);
  if (known !== undefined) return known;
  const file = new URL(`./locales/${language}.json`, import.meta.url);
  const read = messagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  messages.set(language, read);
  return read;
}

/** The texts of one language, with the words of a programme; a message that it lacks is taken from English. */
export function translator(language: Language, words: ProgrammeWords = NO_WORDS): T {
  const known = translators.get(words) ?? new Map<Language, T>();
  translators.set(words, known);
  const made = known.get(language) ?? makeTranslator(language, words);
  known.set(language, made);
  return made;
}

function makeTranslator(language: Language, words: ProgrammeWords): T {
  const own = messagesOf(language);
  const fallback = messagesOf(DEFAULT_LANGUAGE);
  const text = formatted((key) => {
    const translated = own[key];
    if (translated !== undefined) return { written: translated, spoken: language };
    const written = fallback[key];
    return written === undefined ? undefined : { written, spoken: DEFAULT_LANGUAGE };
  });
  // never a language half: a programme that does not speak it is read in the first that it does
  const [spoken = language] = words.has(language) ? [language] : words.keys();
  const said = words.get(spoken) ?? {};
  const word = formatted((place) => {
    const written = Object.hasOwn(said, place) ? said[place] : undefined;
    return written === undefined ? undefined : { written, spoken };
  });
  const t = (key: TextKey, args?: TextArgs): string => {
    const shown = text(key, args);
    if (shown === undefined) throw new AppError('bug.unexpected', { textKey: key });
    return shown;
  };
  return Object.assign(t, { language, word });
}

interface Written {
  readonly written: string;
  readonly spoken: Language;
}

/** Texts with their values put in; each is read once. */
function formatted(find: (key: string) => Written | undefined): (key: string, args?: TextArgs) => string | undefined {
  const formats = new Map<string, IntlMessageFormat>();
  return (key, args) => {
    const found = formats.has(key) ? undefined : find(key);
    if (found !== undefined)
      formats.set(key, new IntlMessageFormat(found.written, found.spoken, undefined, { ignoreTag: true }));
    const format = formats.get(key);
    return format === undefined ? undefined : String(format.format(args));
  };
}

/** A key that follows from data, as the vocabulary's do; throws `bug.unexpected` where there is no such text. */
export function textKey(key: string): TextKey {
  if (!isTextKey(key)) throw new AppError('bug.unexpected', { textKey: key });
  return key;
}

/** Every language's texts, for "in any language" look-ups such as the words `menu`, `back` and `help`. */
export function everyTranslation(key: TextKey): readonly string[] {
  return LANGUAGES.map((language) => translator(language)(key));
}
