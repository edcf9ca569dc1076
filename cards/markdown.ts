import { visibleLine } from '../src/platform/visible-text.ts';
import type { T, TextArgs } from './text.ts';
import type { TextKey } from './text-key.ts';

/**
 * DingTalk documents no escape character for its markdown (dingtalk 4.7), so what would be live is replaced by a character
 * that looks the same and does nothing: brackets would become emoji and links, `<` starts `<font>` and `<a atId>`.
 */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  '[': '［',
  ']': '］',
  '<': '＜',
  '>': '＞',
  '*': '∗',
  _: '＿',
  '`': 'ˋ',
  '~': '～',
  '|': '｜',
  '\\': '＼',
};

/** Makes a text that a person typed safe inside markdown: nothing in it is live, and it stays on one line. */
export function escapeMarkdown(typed: string): string {
  return visibleLine(typed)
    .replace(/[[\]<>*_`~|\\]/g, (character) => LOOK_ALIKE[character] ?? character)
    .replace(/:\/\//g, ':⁄⁄')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}․`)
    .replace(/&(?=#?\w+;)/g, '＆')
    .trim()
    .replace(/^#/, '＃')
    .replace(/^[-=]|^\+(?=\s|$)/, (sign) => (sign === '+' ? '＋' : sign === '=' ? '＝' : '‐'))
    .replace(/^(\d+)([.)])/, (_, digits: string, mark: string) => `${digits}${mark === '.' ? '․' : '）'}`);
}

/** A text of ours as markdown, with everything put into it escaped. */
export function markdownText(t: T, key: TextKey, args: TextArgs = {}): string {
  const escaped = Object.entries(args).map(([name, value]) => {
    return [name, typeof value === 'string' ? escapeMarkdown(value) : value] as const;
  });
  return t(key, Object.fromEntries(escaped));
}

/** A link as markdown; what would end it is written as addresses write it. */
export function markdownLink(text: string, address: string): string {
  const whole = address.replace(/[()<>\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `[${escapeMarkdown(text)}](${whole})`;
}
