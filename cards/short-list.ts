import type { Language } from '../src/domain/languages.ts';

/** Where Intl ends a list with a word that is written, not said, and glues it to its neighbours. */
const BETWEEN: Readonly<Partial<Record<Language, string>>> = { 'zh-CN': '、', 'zh-HK': '、', ja: '、', ko: ', ' };

/** `the wide photo and the close-up`: what belongs together in a sentence. */
export function spokenList(language: Language, parts: readonly string[]): string {
  const between = BETWEEN[language];
  return between === undefined
    ? new Intl.ListFormat(language, { type: 'conjunction' }).format(parts)
    : parts.join(between);
}

/** `3 promoted, 2 approved, 1 in review`: what stands side by side in a line, set apart as this language does. */
export function shortList(language: Language, parts: readonly string[]): string {
  const between = BETWEEN[language];
  if (between !== undefined) return parts.join(between);
  // Intl joins a Thai "and" to the word after it but between units
  const how = language === 'th' ? ({ type: 'unit', style: 'short' } as const) : ({ style: 'narrow' } as const);
  return new Intl.ListFormat(language, how).format(parts);
}
