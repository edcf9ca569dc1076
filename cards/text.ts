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
}

const messagesSchema = z.record(z.string(), z.string());
const messages = new Map<Language, Readonly<Record<string, string>>>();
const translators = new Map<Language, T>();

/** All texts of one language as written, by key. Read once from its file. */
export function messagesOf(language: Language): Readonly<Record<string, string>> {
  const known = messages.get(language);
  if (known !== undefined) return known;
  const file = new URL(`./locales/${language}.json`, import.meta.url);
  const read = messagesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  messages.set(language, read);
  return read;
}

/** The texts of one language; a message that it lacks is taken from English. */
export function translator(language: Language): T {
  const known = translators.get(language);
  if (known !== undefined) return known;
  const made = makeTranslator(language);
  translators.set(language, made);
  return made;
}

function makeTranslator(language: Language): T {
  const own = messagesOf(language);
  const fallback = messagesOf(DEFAULT_LANGUAGE);
  const formats = new Map<string, IntlMessageFormat>();
  const format = (key: string): IntlMessageFormat => {
    const ready = formats.get(key);
    if (ready !== undefined) return ready;
    const translated = own[key];
    const written = translated ?? fallback[key];
    if (written === undefined) throw new AppError('bug.unexpected', { textKey: key });
    const spoken = translated === undefined ? DEFAULT_LANGUAGE : language;
    const made = new IntlMessageFormat(written, spoken, undefined, { ignoreTag: true });
    formats.set(key, made);
    return made;
  };
  return Object.assign((key: TextKey, args?: TextArgs) => String(format(key).format(args)), { language });
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
