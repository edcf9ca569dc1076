import { describe, expect, it } from 'vitest';
import { shownDate, shownDay, shownNumber, shownTime } from '../../cards/dates.ts';
import { messagesOf, textKey, translator } from '../../cards/text.ts';
import { isTextKey } from '../../cards/text-key.ts';
import { optionText } from '../../cards/vocabulary.ts';
import { commandWord } from '../../cards/words.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { SHIPPED_FLOWS } from '../support/shipped-programme.ts';
import { findingsOf } from '../support/texts/check-texts.ts';

describe.each(LANGUAGES)('the texts in %s', (language) => {
  it('are there for every key and in every place, take the same values, fit their buttons and are no English', () => {
    expect(findingsOf(language)).toEqual([]);
  });

  it('blame nobody', () => {
    for (const [key, message] of Object.entries(messagesOf(language)))
      expect(message, key).not.toMatch(/invalid|error code|illegal/i);
  });

  it('head the card of languages by the own word first, then by those that most who cannot read it know', () => {
    const words = ([language, 'en', 'zh-CN'] as const).map((one) => messagesOf(one)['button.language']);
    expect(translator(language)('language.title')).toBe([...new Set(words)].join(' · '));
  });

  it('name every country and region that a flow offers', () => {
    const t = translator(language);
    const fields = SHIPPED_FLOWS.flatMap(({ steps }) => steps.flatMap(({ fields: all }) => all));
    const countries = fields.filter(({ name }) => name === 'countryRegion').flatMap(({ options = [] }) => options);
    expect(countries).not.toEqual([]);
    for (const country of countries)
      expect(optionText(t, { name: 'countryRegion', is: 'country' }, country)).not.toMatch(/^[A-Z]{2}$/);
  });
});

/** What is never one of them, and so is told in one number. */
const ALWAYS_SEVERAL: readonly string[] = [
  'appeal.full',
  'cameIn.title',
  'farAbove.who',
  'invite.noneLeft',
  'line.askedOften',
  'photos.anyOrder',
  'photos.inOrder',
  'question.enough',
  'stock.how',
  'summary.passing',
  'twoCodes.question',
];
const CHOICE = /\{\w+, (?:plural|select)(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g;
/** Something put in, and a word with an s behind it that is no verb. */
const SEVERAL = /\{\w+(?:, number)?\}\** (?!(?:asks|comes|invites|needs|reads|works|\w?as|is)\b)[a-z]+s\b/;

describe('texts', () => {
  it('that count have one of it in the singular', () => {
    const several = Object.entries(messagesOf('en')).filter(([, said]) => SEVERAL.test(said.replaceAll(CHOICE, '…')));
    expect(several.map(([key]) => key)).toEqual(ALWAYS_SEVERAL);
  });

  it('fall back to English, message by message, and never to a key', () => {
    const t = translator('th');
    expect(t('button.menu')).toBe('เมนู');
    expect(() => textKey('no.such.key')).toThrow('bug.unexpected');
    expect(isTextKey('no.such.key')).toBe(false);
  });

  it('have the words of a programme, as a whole in its first language for whoever reads one that it does not speak', () => {
    const words = new Map([
      ['en', { 'spots.TABLE': 'Table {number}' }],
      ['th', { 'spots.TABLE': 'โต๊ะ {number}', before: 'ก่อนเริ่ม' }],
    ] as const);
    expect(translator('th', words).word('spots.TABLE', { number: 2 })).toBe('โต๊ะ 2');
    expect(translator('zh-CN', words).word('spots.TABLE', { number: 2 })).toBe('Table 2');
    expect(translator('zh-CN', words)('button.menu')).toBe('菜单');
    expect(translator('en', words).word('before')).toBeUndefined();
    expect(translator('en', words).word('toString')).toBeUndefined();
    expect(translator('en').word('spots.TABLE')).toBeUndefined();
  });

  it('know the words for menu, back and help in every language', () => {
    expect(['Menu', ' MENU. ', '菜单', 'เมนู'].map(commandWord)).toEqual(['menu', 'menu', 'menu', 'menu']);
    expect(['back', '返回', 'กลับ', 'Help', '帮助', 'ช่วย'].map(commandWord)).toEqual([
      'back',
      'back',
      'back',
      'help',
      'help',
      'help',
    ]);
    expect(commandWord('the menu please')).toBeUndefined();
  });
});

describe('dates', () => {
  const at = Date.UTC(2026, 10, 23, 17, 30);

  it('are the day of the given zone, short', () => {
    expect(shownDate('en', at, 'Asia/Shanghai')).toBe('Tue 24 Nov');
    expect(shownDate('en', at, 'Europe/Rome')).toBe('Mon 23 Nov');
    expect(shownDate('zh-CN', at, 'Asia/Shanghai')).toBe('11月24日周二');
    expect(shownDate('th', at, 'Asia/Bangkok')).toMatch(/^อ\S* 24 พ\.ย\.$/);
    expect(shownDay('en', at, 'Asia/Bangkok')).toBe('24 Nov');
    expect(shownTime('en', at, 'Asia/Bangkok')).toBe('00:30');
  });

  it('have numbers written as the language does', () => {
    expect(shownNumber('en', 12345)).toBe('12,345');
  });
});
