/** The languages people can work in, each with its own name, in the order of the language card. */
export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'zh-CN', name: '简体中文' },
  { code: 'th', name: 'ไทย' },
] as const;

export type Language = (typeof LANGUAGES)[number]['code'];

/** The source language, and what a missing message falls back to. */
export const DEFAULT_LANGUAGE: Language = 'en';

export function isLanguage(code: string): code is Language {
  return LANGUAGES.some((language) => language.code === code);
}
