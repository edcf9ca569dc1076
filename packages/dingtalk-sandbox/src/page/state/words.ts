import { computed, signal } from '@preact/signals';
import { EN, type Words } from '../words/en.ts';
import { TH } from '../words/th.ts';
import { ZH } from '../words/zh.ts';

/** What the page can speak. `tag` is what a browser calls it, `name` what its speakers do. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', words: EN },
  { tag: 'th', name: 'ไทย', words: TH },
  { tag: 'zh-CN', name: '简体中文', words: ZH },
] as const satisfies readonly { readonly tag: string; readonly name: string; readonly words: Words }[];
export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

/** What the page speaks. */
export const language = signal<LanguageTag>('en');

/** The page's words in the language that it speaks. */
export const words = computed<Words>(() => LANGUAGES.find(({ tag }) => tag === language.value)?.words ?? EN);

/** The first of a browser's languages that the page speaks, by its first part: every Chinese is the one that there is. */
export function preferred(wanted: readonly string[]): LanguageTag {
  const [first] = wanted.flatMap((one) => LANGUAGES.filter(({ tag }) => firstPart(tag) === firstPart(one)));
  return first?.tag ?? 'en';
}

/** A tag, where it is one of those that the page speaks. */
export function known(tag: string | null): LanguageTag | undefined {
  return LANGUAGES.find((one) => one.tag === tag)?.tag;
}

function firstPart(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? '';
}
