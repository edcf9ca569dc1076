import type { Language } from '../src/domain/languages.ts';

/** `3 promoted, 2 approved, 1 in review`: what stands side by side in a line, set apart as this language does. */
export function shortList(language: Language, parts: readonly string[]): string {
  // Intl joins a Thai "and" to the word after it but between units; of units, Chinese runs together
  const how = language === 'th' ? ({ type: 'unit', style: 'short' } as const) : ({ style: 'narrow' } as const);
  return new Intl.ListFormat(language, how).format(parts);
}
