import type { Language } from '../src/domain/languages.ts';

/** Where Intl ends a list with a word that is written, not said, and glues it to its neighbours. */
const BETWEEN: Readonly<Partial<Record<Language, string>>> = { 'zh-CN': '、', 'zh-HK': '、', ja: '、', ko: ', ' };

const WITHOUT_SPACES: readonly Language[] = ['zh-CN', 'zh-HK', 'ja'];

/** `the wide photo and the close-up`: what belongs together in a sentence. */
export function spokenList(language: Language, parts: readonly string[]): string {
  const between = BETWEEN[language];
  return between === undefined
    ? new Intl.ListFormat(language, { type: 'conjunction' }).format(parts)
    : parts.join(between);
}

/** `Ploy, Lek`, `10:42, 10:43`: names, times and amounts, each apart from the next where they have spaces in them, too. */
export function plainList(language: Language, parts: readonly string[]): string {
  return parts.join(BETWEEN[language] ?? ', ');
}

/** One sentence behind another: Chinese and Japanese have no space between them. */
export function sentences(language: Language, said: readonly string[]): string {
  return said.join(WITHOUT_SPACES.includes(language) ? '' : ' ');
}

/** `3 promoted, 2 approved, 1 in review`: what stands side by side in a line, set apart as this language does. */
export function shortList(language: Language, parts: readonly string[]): string {
  const between = BETWEEN[language];
  if (between !== undefined) return parts.join(between);
  // Intl joins a Thai "and" to the word after it but between units
  const how = language === 'th' ? ({ type: 'unit', style: 'short' } as const) : ({ style: 'narrow' } as const);
  return new Intl.ListFormat(language, how).format(parts);
}
