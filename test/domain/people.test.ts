import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmail } from '../../src/domain/email.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../src/domain/languages.ts';
import { parsePhone } from '../../src/domain/phone.ts';

describe('a phone number', () => {
  it.each([
    ['081 234 5678', 'TH', '+66812345678'],
    ['+66 81-234-5678', 'SG', '+66812345678'],
    ['๐๘๑ ๒๓๔ ๕๖๗๘', 'TH', '+66812345678'],
    ['＋６６８１２３４５６７８', '', '+66812345678'],
    ['(02) 123 4567', 'TH', '+6621234567'],
    ['138 0013 8000', 'CN', '+8613800138000'],
    ['0066812345678', 'TH', '+66812345678'],
    ['+66 (0)81-234-5678', 'TH', '+66812345678'],
  ])('%s in %s is %s', (text, country, e164) => {
    expect(parsePhone(text, country)).toBe(e164);
  });

  it.each([
    '',
    '12',
    'call me',
    '081234567890123456',
    '+',
    '0812345678'.repeat(9_999),
    '+66 81 234 5678 ext 9',
    'tel:+66812345678',
  ])('%# is none', (text) => {
    expect(parsePhone(text, 'TH')).toBeUndefined();
  });

  it('without its country and without a default is none', () => {
    expect(parsePhone('0812345678', 'XX')).toBeUndefined();
  });
});

describe('an e-mail address', () => {
  it.each([
    ['Demo@ISO.example', 'demo@iso.example'],
    ['  a.b+c@sub.shop.example ', 'a.b+c@sub.shop.example'],
    ['o’x@münchen.example', 'o’x@münchen.example'],
    ['<a@b.example>', 'a@b.example'],
  ])('%s is taken', (text, email) => {
    expect(parseEmail(text)).toBe(email);
  });

  it.each([
    '',
    'a',
    'a@',
    '@b.example',
    'a@b',
    'a b@c.example',
    'a@b..example',
    'a@-b.example',
    'a@@b.example',
    `${'x'.repeat(250)}@b.example`,
    'a@b.example\nBcc: c@d.example',
  ])('%j is none', (text) => {
    expect(parseEmail(text)).toBeUndefined();
  });
});

it('reads any text without throwing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(parsePhone(text, 'TH') ?? '+1').toMatch(/^\+\d+$/);
      expect(parseEmail(text) ?? 'a@b').toContain('@');
    }),
  );
});

it('every language has its own name, and nothing else is one', () => {
  expect(LANGUAGES.map((language) => LANGUAGE_NAMES[language]).slice(0, 3)).toEqual([
    'English',
    '简体中文',
    '繁體中文',
  ]);
  expect(new Set(Object.values(LANGUAGE_NAMES)).size).toBe(LANGUAGES.length);
  expect(['fr', '', 'toString', undefined, 1].filter(isLanguage)).toEqual([]);
});
