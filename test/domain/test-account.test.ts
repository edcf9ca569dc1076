import { expect, it } from 'vitest';
import { currencyOf } from '../../src/domain/currency.ts';
import { readAccountName } from '../../src/domain/test-account.ts';

it.each(['TH-04', ' TH-04 ', 'test.01+th@alipay.example', 'ทดสอบ๔', '测试账号4', 'ＴＨ－０４'])(
  'takes %j for the name of an account',
  (typed) => {
    expect(readAccountName(typed)).toBe(typed.normalize('NFKC').trim());
  },
);

it.each([
  'TH-04 / Secret99',
  'TH-04:Secret99',
  'TH-04 Secret99',
  'TH-04|x',
  'TH-04, Secret99',
  'TH-04\nSecret99',
  'password123',
  'TH-04-pwd-Secret',
  '密码888',
  'รหัสผ่าน1234',
  '',
  '-',
  'x'.repeat(41),
  '<a>',
])('takes %j for none: a password could be in it', (typed) => {
  expect(readAccountName(typed)).toBeUndefined();
});

it('knows the money of a country, and says nothing where it does not', () => {
  expect([currencyOf('TH'), currencyOf('KR'), currencyOf('XX'), currencyOf('toString')]).toEqual([
    'THB',
    'KRW',
    undefined,
    undefined,
  ]);
});
