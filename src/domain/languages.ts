/**
 * The languages of the workspace, English first, as the source of every text. `name` is what its own speakers call it, `locale` how
 * they write dates and numbers: whoever they are, by the calendar that DingTalk and the files have, in digits that a phone types.
 */
const SPOKEN = {
  // British English puts the day before the month, as the cards do
  en: { name: 'English', locale: 'en-GB-u-ca-gregory-nu-latn' },
  'zh-CN': { name: '简体中文', locale: 'zh-CN-u-ca-gregory-nu-latn' },
  'zh-HK': { name: '繁體中文', locale: 'zh-HK-u-ca-gregory-nu-latn' },
  ja: { name: '日本語', locale: 'ja-JP-u-ca-gregory-nu-latn' },
  vi: { name: 'Tiếng Việt', locale: 'vi-VN-u-ca-gregory-nu-latn' },
  th: { name: 'ไทย', locale: 'th-TH-u-ca-gregory-nu-latn' },
  id: { name: 'Bahasa Indonesia', locale: 'id-ID-u-ca-gregory-nu-latn' },
  ko: { name: '한국어', locale: 'ko-KR-u-ca-gregory-nu-latn' },
  ms: { name: 'Bahasa Melayu', locale: 'ms-MY-u-ca-gregory-nu-latn' },
  // in shops a date is said in English: Mar would be read as March, and is a Tuesday
  fil: { name: 'Filipino', locale: 'en-PH-u-ca-gregory-nu-latn' },
} as const;
export type Language = keyof typeof SPOKEN;

export const LANGUAGES: readonly Language[] = Object.keys(SPOKEN).filter(isLanguage);
export const DEFAULT_LANGUAGE: Language = 'en';

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = eachOf('name');
export const LOCALES: Readonly<Record<Language, string>> = eachOf('locale');

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(SPOKEN, value);
}

/**
 * The language of ours that a tag means, as browsers and DingTalk write them: `zh-TW`, `zh_HK`, `in-ID`, `tl`. Of two ways to write
 * one language, traditional and simplified Chinese, the one that the tag means, else the other; undefined where we have neither.
 */
export function languageOfTag(tag: string): Language | undefined {
  const asked = fullTag(tag.replaceAll('_', '-'));
  if (asked === undefined) return undefined;
  const alike = LANGUAGES.filter((language) => fullTag(language)?.language === asked.language);
  return alike.find((language) => fullTag(language)?.script === asked.script) ?? alike[0];
}

/** A tag with all that it leaves out, by today's names: `zh` is `zh-Hans-CN`, `tl` is `fil-Latn-PH`. */
function fullTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}

function eachOf(fact: 'name' | 'locale'): Readonly<Record<Language, string>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, SPOKEN[language][fact]])) as Record<
    Language,
    string
  >;
}
