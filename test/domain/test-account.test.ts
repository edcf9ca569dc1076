import { describe, expect, it } from 'vitest';
import { isReminderDue, reminderDueAt } from '../../src/domain/account-reminders.ts';
import { accountKey, maskedAccount, readAccountName } from '../../src/domain/test-account.ts';

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
  'Xk9mQ2pLw7',
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

it.each([
  ['TH-04', 'TH-04'],
  ['0812345678', '••• 5678'],
  ['+66812345678', '••• 5678'],
  ['test.01+th@alipay.example', 'te••th@alipay.example'],
  ['nok@lotus.example', 'n••@lotus.example'],
])('shows %s on cards as %s', (name, shown) => {
  expect(maskedAccount(name)).toBe(shown);
});

it('takes two ways to write a name for one account', () => {
  expect(new Set(['TH-04', 'th-04', 'ＴＨ－０４'].map(accountKey)).size).toBe(1);
});

describe('the admins are told again of who asks', () => {
  const at = (hour: number, day = 24) => Date.UTC(2026, 10, day, hour - 7);
  const due = (reminded: number, now: number, askedAt = at(10)) =>
    isReminderDue({ askedAt, reminded }, now, 'Asia/Bangkok');

  it('after an hour and after a day, and then no more', () => {
    expect([due(0, at(10) + 1), due(0, at(11)), due(1, at(12)), due(1, at(10, 25)), due(2, at(10, 27))]).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  it('between 8 and 20 o’clock where the ISO is', () => {
    const late = at(19) + 1;
    expect([due(0, at(20) + 1, late), due(0, at(7, 25), late), due(0, at(8, 25), late)]).toEqual([false, false, true]);
  });

  it('when that is next is known ahead, so that nobody has to look before', () => {
    const next = (askedAt: number, reminded = 0) => reminderDueAt({ askedAt, reminded }, 'Asia/Bangkok');
    expect([next(at(10)), next(at(6)), next(at(19)), next(at(19) - 1), next(at(10), 1)]).toEqual([
      at(11),
      at(8),
      at(8, 25),
      at(20) - 1,
      at(10, 25),
    ]);
    expect(next(at(10), 2)).toBeUndefined();
  });
});
