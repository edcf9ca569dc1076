import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../src/domain/languages.ts';
import { everyTranslation, type T, translator } from './text.ts';
import type { TextKey } from './text-key.ts';

/** What can be typed in place of a tap, in any of our languages: `languageName` is the name of one of them, `hello` a greeting. */
export type CommandWord = 'menu' | 'back' | 'help' | 'language' | 'hello' | 'languageName';

/** Each text is one word, or several with commas between them. */
const WORDS: readonly (readonly [CommandWord, TextKey])[] = [
  ['menu', 'word.menu'],
  ['back', 'word.back'],
  ['help', 'word.help'],
  ['language', 'word.language'],
  ['hello', 'word.hello'],
];
/** Whoever types the word for the languages, or the name of one, has chosen. */
const TYPED_FOR_A_TAP = ['word.menu', 'word.back', 'word.help', 'word.hello'] as const;
/** What may be spelled with one slip: a greeting may not, too much is nearly one. */
const SPELLED_WITH_A_SLIP: readonly CommandWord[] = ['menu', 'back', 'help', 'language', 'languageName'];
/** With all that is put around it. */
const LONGEST_WORD = 100;
/** Below this a slip makes one word of another: `menu` of `men`. */
const SHORTEST_WITH_A_SLIP = 5;
const LETTERS = /^[a-z]+(?: [a-z]+)*$/u;
/** What people put before the name of a language: `ภาษาจีน`, `bahasa Inggris`, `tiếng Nhật`. */
const BEFORE_A_NAME = ['ภาษา', 'bahasa ', 'tiếng '];
/** What else a language is called, where no dictionary of names says so. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  'zh-Hant': ['繁中', '繁體', '繁体', '繁體字', '繁体字'],
  'zh-Hans': ['简中', '简体', '簡體'],
  fil: ['Tagalog', 'Pinoy'],
};

/** What was found among words of several meanings: each by its plain form. */
type Meanings<Meaning> = ReadonlyMap<string, Meaning>;

let words: Meanings<CommandWord> | undefined;
let languages: Meanings<Language> | undefined;

/** The word that a message is, or undefined; case, spaces, accents, quotation marks, a slash before and a mark behind it do not matter. */
export function commandWord(typed: string): CommandWord | undefined {
  return knownWords().get(plainWord(typed));
}

/** The word that a message nearly is: one letter wrong, missing, too many or two crossed, in a Latin word of five letters or more. */
export function nearlyCommandWord(typed: string): CommandWord | undefined {
  const word = nearly(plainWord(typed), knownWords());
  return word !== undefined && SPELLED_WITH_A_SLIP.includes(word) ? word : undefined;
}

/** The language that a message names, in any of our languages, be it with a slip. */
export function languageNamed(typed: string): Language | undefined {
  const said = plainWord(typed);
  return knownLanguages().get(said) ?? nearly(said, knownLanguages());
}

/** What to type for it, as cards tell it: the first of its words in the reader's language. */
export function wordToType(t: T, key: 'word.menu' | 'word.back' | 'word.help'): string {
  return wordsIn(t(key))[0] ?? '';
}

/** Every word with what it means, in the order in which they win; one may be there twice. */
export function everyWord(): readonly (readonly [string, CommandWord])[] {
  const names = [...knownLanguages().keys()].map((name) => [name, 'languageName'] as const);
  const said = WORDS.flatMap(([word, key]) =>
    everyTranslation(key).flatMap((text) => wordsIn(text).map((one) => [plainWord(one), word] as const)),
  );
  return [...names, ...said];
}

/** The words of a text that lists them. */
export function wordsIn(text: string): readonly string[] {
  return text.split(/[,，、]/u).map((one) => one.trim());
}

/** What somebody who speaks it may type for a tap: each by its plain form. */
export function wordsToType(language: Language): readonly string[] {
  return TYPED_FOR_A_TAP.flatMap((key) => wordsIn(translator(language)(key)).map(plainWord));
}

function knownWords(): Meanings<CommandWord> {
  words ??= new Map(everyWord());
  return words;
}

function knownLanguages(): Meanings<Language> {
  languages ??= firstOfEach(
    LANGUAGES.flatMap((language) => namesOf(language).map((name) => [plainWord(name), language])),
  );
  return languages;
}

/** Of `中文`, which both ways to write it are called, the first is meant. */
function firstOfEach<Meaning>(pairs: readonly (readonly [string, Meaning])[]): Meanings<Meaning> {
  return new Map(pairs.toReversed());
}

/** `简体中文`, and what people call it: `中文`, `Chinese`, `จีน`, `ภาษาจีน`. */
function namesOf(language: Language): readonly string[] {
  const full = new Intl.Locale(language).maximize();
  // what every Chinese is called, and what one way to write it is
  const tags = [full.language, `${full.language}-${full.script}`];
  const called = LANGUAGES.flatMap((reader) => {
    const names = new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' });
    return tags.flatMap((tag) => names.of(tag) ?? []);
  });
  const also = tags.flatMap((tag) => ALSO_CALLED[tag] ?? []);
  return [LANGUAGE_NAMES[language], ...called, ...also, ...called.flatMap(withWordBefore)];
}

function withWordBefore(name: string): readonly string[] {
  return BEFORE_A_NAME.map((before) => before + name);
}

/** A word as it is compared: whoever types fast leaves accents out. Of what is longer than any word nothing is looked at, and it is none. */
export function plainWord(typed: string): string {
  const said = typed.trim();
  if (said.length > LONGEST_WORD) return '';
  return withoutAccents(said)
    .trim()
    .replace(/^[/"'“‘「『《]+|["'”’」』》.!?。！？~]+$/gu, '')
    .trim()
    .toLowerCase();
}

/** `ngôn ngữ` as `ngon ngu`; what Thai, Japanese and Korean put above or below a letter stays. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/Đ/gu, 'D')
    .normalize('NFKC');
}

/** What a word means that is one slip away; undefined where it may mean two things. */
function nearly<Meaning>(said: string, known: Meanings<Meaning>): Meaning | undefined {
  if (!LETTERS.test(said) || said.length < SHORTEST_WITH_A_SLIP) return undefined;
  const near = [...known].filter(
    ([word]) => word.length >= SHORTEST_WITH_A_SLIP && LETTERS.test(word) && isOneSlipAway(said, word),
  );
  const meanings = new Set(near.map(([, meaning]) => meaning));
  const [only] = meanings;
  return meanings.size === 1 ? only : undefined;
}

/** Whether one letter is wrong, missing, too many, or two neighbours are crossed. */
function isOneSlipAway(said: string, word: string): boolean {
  let same = 0;
  while (same < said.length && said[same] === word[same]) same++;
  const [saidRest, wordRest] = [said.slice(same), word.slice(same)];
  return (
    saidRest.slice(1) === wordRest.slice(1) ||
    saidRest.slice(1) === wordRest ||
    saidRest === wordRest.slice(1) ||
    (saidRest[0] === wordRest[1] && saidRest[1] === wordRest[0] && saidRest.slice(2) === wordRest.slice(2))
  );
}
