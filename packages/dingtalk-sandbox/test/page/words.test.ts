import { describe, expect, it } from 'vitest';
import { LANGUAGES, preferred } from '../../src/page/state/words.ts';
import { EN } from '../../src/page/words/en.ts';

type Text = string | ((...given: never[]) => string);

/** Every text by its path; one that takes something is given names for it. */
function texts(words: object, path = ''): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, Text | object][]) {
    if (typeof value === 'object') for (const [inner, text] of texts(value, `${path}${key}.`)) found.set(inner, text);
    else found.set(path + key, typeof value === 'string' ? value : value(...(['‹1›', '‹2›'] as never[])));
  }
  return found;
}

/** What a script is written with; Japanese and Chinese share some. */
const SCRIPTS: Readonly<Record<string, string>> = {
  Thai: '\\p{Script=Thai}',
  Hans: '\\p{Script=Han}',
  Hant: '\\p{Script=Han}',
  Jpan: '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]',
  Kore: '\\p{Script=Hangul}',
};

describe.each(LANGUAGES)("the page's words in $name", ({ tag, words }) => {
  it('are all there, and use what they are given', () => {
    for (const [path, english] of texts(EN)) {
      const text = texts(words).get(path) ?? '';
      expect(text, path).not.toBe('');
      expect(text.match(/‹\d›/g)?.sort() ?? [], path).toEqual(english.match(/‹\d›/g)?.sort() ?? []);
    }
  });

  it('are in its own script, but for names', () => {
    const { script: own = '' } = new Intl.Locale(tag).maximize();
    const script = new RegExp(SCRIPTS[own] ?? '\\p{Script=Latin}', 'u');
    const names = /^(page\.bot|card\.ok|invitation\.head|people\.of|inspector\.took)$/;
    const foreign = [...texts(words)].filter(([path, text]) => !names.test(path) && !script.test(text));
    expect(foreign).toEqual([]);
  });
});

it("the page speaks the first of the browser's languages that it knows", () => {
  expect(preferred(['fr-FR', 'th-TH', 'en'])).toBe('th');
  expect(preferred(['zh-SG'])).toBe('zh-CN');
  expect(preferred(['fr'])).toBe('en');
});
