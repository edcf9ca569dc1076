/** The languages of the workspace, each with its own name; English is the source of every text. */
export const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文', th: 'ไทย' } as const;
export type Language = keyof typeof LANGUAGE_NAMES;

export const LANGUAGES: readonly Language[] = Object.keys(LANGUAGE_NAMES).filter(isLanguage);
export const DEFAULT_LANGUAGE: Language = 'en';

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGE_NAMES, value);
}
