import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isLanguage, LANGUAGES, LOCALES, languageOfTag } from '../../src/domain/languages.ts';

it.each([
  ['zh-TW', 'zh-HK'],
  ['zh-Hant', 'zh-HK'],
  ['zh_HK', 'zh-HK'],
  ['zh', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh_CN', 'zh-CN'],
  ['in-ID', 'id'],
  ['tl', 'fil'],
  ['fil-PH', 'fil'],
  ['ja_JP', 'ja'],
  ['ko-KR', 'ko'],
  ['ms-MY', 'ms'],
  ['en-AU', 'en'],
  ['fr', undefined],
  ['*', undefined],
  ['', undefined],
] as const)('a browser or DingTalk that says %s means %s', (tag, language) => {
  expect(languageOfTag(tag)).toBe(language);
});

it('each language is meant by its own tag, and whatever a header says is one of ours or none', () => {
  expect(LANGUAGES.map(languageOfTag)).toEqual(LANGUAGES);
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (tag) => {
      const found = languageOfTag(tag);
      expect(found === undefined || isLanguage(found)).toBe(true);
    }),
  );
});

it.each(LANGUAGES)('dates are of the one calendar, in digits that a phone types: %s', (language) => {
  const year = new Intl.DateTimeFormat(LOCALES[language], { year: 'numeric', timeZone: 'UTC' });
  expect(year.format(Date.UTC(2026, 5, 1))).toContain('2026');
});
