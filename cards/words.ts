import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../src/domain/languages.ts';
import { everyTranslation } from './text.ts';
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
/** What may be spelled with one slip: a greeting may not, too much is nearly one. */
const SPELLED_WITH_A_SLIP: readonly CommandWord[] = ['menu', 'back', 'help', 'language', 'languageName'];
/** Below this a slip makes one word of another: `menu` of `men`. */
const SHORTEST_WITH_A_SLIP = 5;

let words: ReadonlyMap<string, CommandWord> | undefined;
let languages: ReadonlyMap<string, Language> | undefined;

/** The word that a message is, or undefined; case, spaces, quotation marks, a slash before and a mark behind it do not matter. */
export function commandWord(typed: string): CommandWord | undefined {
  return knownWords().get(plain(typed));
}

/** The word that a message nearly is: one letter wrong, missing, too many or two crossed, in a Latin word of five letters or more. */
export function nearlyCommandWord(typed: string): CommandWord | undefined {
  const meant = nearly(plain(typed), [...knownWords().keys()]);
  const word = meant === undefined ? undefined : knownWords().get(meant);
  return word !== undefined && SPELLED_WITH_A_SLIP.includes(word) ? word : undefined;
}

/** The language that a message names, in any of our languages, be it with a slip. */
export function languageNamed(typed: string): Language | undefined {
  const said = plain(typed);
  const known = knownLanguages();
  return known.get(said) ?? known.get(nearly(said, [...known.keys()]) ?? '');
}

function knownWords(): ReadonlyMap<string, CommandWord> {
  words ??= new Map([
    ...[...knownLanguages().keys()].map((name) => [name, 'languageName'] as const),
    ...WORDS.flatMap(([word, key]) =>
      everyTranslation(key).flatMap((said) => said.split(/[,，、]/u).map((one) => [plain(one), word] as const)),
    ),
  ]);
  return words;
}

function knownLanguages(): ReadonlyMap<string, Language> {
  languages ??= new Map(LANGUAGES.flatMap((language) => namesOf(language).map((name) => [plain(name), language])));
  return languages;
}

/** `简体中文`, and what people call it: `中文`, `Chinese`, `จีน`, `ภาษาจีน`. */
function namesOf(language: Language): readonly string[] {
  const [base = language] = language.split('-');
  const called = LANGUAGES.flatMap((said) => new Intl.DisplayNames(said, { type: 'language' }).of(base) ?? []);
  return [LANGUAGE_NAMES[language], ...called, ...called.map((name) => `ภาษา${name}`)];
}

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .replace(/^[/"'“‘「『《]+|["'”’」』》.!?。！？~]+$/gu, '')
    .trim()
    .toLowerCase();
}

function nearly(said: string, known: readonly string[]): string | undefined {
  if (!/^[a-z]+$/u.test(said) || said.length < SHORTEST_WITH_A_SLIP) return undefined;
  return known.find(
    (word) => word.length >= SHORTEST_WITH_A_SLIP && /^[a-z]+$/u.test(word) && isOneSlipAway(said, word),
  );
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
