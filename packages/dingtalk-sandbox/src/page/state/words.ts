import { computed, signal } from '@preact/signals';
import { EN, type Words } from '../words/en.ts';
import { FIL } from '../words/fil.ts';
import { ID } from '../words/id.ts';
import { JA } from '../words/ja.ts';
import { KO } from '../words/ko.ts';
import { MS } from '../words/ms.ts';
import { TH } from '../words/th.ts';
import { VI } from '../words/vi.ts';
import { ZHCN } from '../words/zh-CN.ts';
import { ZHHK } from '../words/zh-HK.ts';

interface PageLanguage {
  readonly tag: string;
  readonly name: string;
  readonly locale: string;
  readonly words: Words;
}

/** What the page can speak. `tag` is what a browser calls it, `name` what its speakers do, `locale` how they write a date. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', locale: 'en-GB', words: EN },
  { tag: 'zh-CN', name: '简体中文', locale: 'zh-CN', words: ZHCN },
  { tag: 'zh-HK', name: '繁體中文', locale: 'zh-HK', words: ZHHK },
  { tag: 'ja', name: '日本語', locale: 'ja-JP', words: JA },
  { tag: 'vi', name: 'Tiếng Việt', locale: 'vi-VN', words: VI },
  { tag: 'th', name: 'ไทย', locale: 'th-TH', words: TH },
  { tag: 'id', name: 'Bahasa Indonesia', locale: 'id-ID', words: ID },
  { tag: 'ko', name: '한국어', locale: 'ko-KR', words: KO },
  { tag: 'ms', name: 'Bahasa Melayu', locale: 'ms-MY', words: MS },
  { tag: 'fil', name: 'Filipino', locale: 'en-PH', words: FIL },
] as const satisfies readonly PageLanguage[];
export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

/** What the page speaks. */
export const language = signal<LanguageTag>('en');

const spoken = computed<PageLanguage>(
  () => LANGUAGES.find(({ tag }) => tag === language.value) ?? { ...LANGUAGES[0], words: EN },
);

/** The page's words in the language that it speaks. */
export const words = computed<Words>(() => spoken.value.words);

/** How dates are written in the language that the page speaks, in the calendar that cards have. */
export const locale = computed<string>(() => `${spoken.value.locale}-u-ca-gregory-nu-latn`);

/** The first of a browser's languages that the page speaks; traditional Chinese before simplified for whoever reads that, and the other way. */
export function preferred(wanted: readonly string[]): LanguageTag {
  const [first] = wanted.map(fullTag).flatMap((asked) => {
    const alike = LANGUAGES.filter(({ tag }) => fullTag(tag)?.language === asked?.language);
    return alike.find(({ tag }) => fullTag(tag)?.script === asked?.script) ?? alike.slice(0, 1);
  });
  return first?.tag ?? 'en';
}

/** A tag, where it is one of those that the page speaks. */
export function known(tag: string | null): LanguageTag | undefined {
  return LANGUAGES.find((one) => one.tag === tag)?.tag;
}

/** A tag with all that it leaves out: `zh-HK` is `zh-Hant-HK`. */
function fullTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
