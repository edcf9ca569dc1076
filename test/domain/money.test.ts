import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minorDigits } from '../../src/domain/currency.ts';
import { decimalText, type Money, readMoney } from '../../src/domain/money.ts';

const CURRENCIES = ['JPY', 'THB', 'KWD', 'LAK', 'IDR', 'USD', 'VND'] as const;

/** An amount with as many digits behind its point as its currency has at most, whole units and fraction apart. */
const amount = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  whole: fc.nat(90_000_000),
  fraction: fc.nat(999),
});

function moneyOf(text: string, currency: string): Money {
  const money = readMoney(text, currency);
  if ('wrong' in money) throw new Error(`${text} ${currency}: ${money.why}`);
  return money;
}

describe('an amount of money', () => {
  it('is whole minor units by ISO 4217, also where a language writes it otherwise', () => {
    expect(['JPY', 'KRW', 'VND', 'THB', 'SGD', 'CNY', 'KWD', 'TND'].map(minorDigits)).toEqual([0, 0, 0, 2, 2, 2, 3, 3]);
    // what Intl goes by is how prices are written, not what a bank counts in
    const differs = [
      'AFN',
      'ALL',
      'COP',
      'HUF',
      'IDR',
      'IQD',
      'IRR',
      'KPW',
      'LAK',
      'LBP',
      'MGA',
      'MMK',
      'PKR',
      'SOS',
      'SYP',
      'YER',
    ];
    const usual = (currency: string) =>
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
    const known = Intl.supportedValuesOf('currency').filter((code) => minorDigits(code) !== undefined);
    expect(known.length).toBeGreaterThan(150);
    expect(known.filter((code) => minorDigits(code) !== usual(code))).toEqual(differs);
    expect(['THX', 'thb', '', 'DEM', 'constructor'].map(minorDigits)).toEqual(Array(5).fill(undefined));
  });

  it('is read exactly, however many noughts it ends in, and written so again', () => {
    fc.assert(
      fc.property(amount, fc.nat(4), ({ currency, whole, fraction }, noughts) => {
        const digits = minorDigits(currency) ?? 0;
        const behind = digits === 0 ? '' : String(fraction).padStart(3, '0').slice(0, digits);
        const plain = behind === '' ? `${whole}` : `${whole}.${behind}`;
        const point = behind === '' && noughts > 0 ? '.' : '';
        const money = moneyOf(`${plain}${point}${'0'.repeat(noughts)}`, currency);
        expect(BigInt(money.minor)).toBe(BigInt(whole) * 10n ** BigInt(digits) + BigInt(behind === '' ? '0' : behind));
        expect(decimalText(money)).toBe(plain);
        expect(decimalText({ currency, minor: -money.minor - 1 })).toMatch(/^-\d/);
        expect(moneyOf(decimalText(money), currency)).toEqual(money);
      }),
    );
  });

  it('is summed to the cent where a float is not', () => {
    const tenths = Array.from({ length: 100_000 }, () => moneyOf('0.1', 'THB').minor);
    expect(decimalText({ currency: 'THB', minor: tenths.reduce((one, other) => one + other) })).toBe('10000.00');
    expect(tenths.reduce((sum) => sum + 0.1, 0)).not.toBe(10_000);
  });

  it('is refused where it could mean another one, with what is wrong', () => {
    const not = ['', '-1', '+1', '1,234.50', '1234,50', '.5', '5.', '1e3', ' 1', '฿5', '１２', '0x10', 'NaN', '1.2.3'];
    for (const text of not) expect(readMoney(text, 'THB')).toMatchObject({ wrong: 'amount' });
    expect(readMoney('1.005', 'THB')).toEqual({ wrong: 'amount', why: 'has more than the 2 decimals of THB' });
    expect(readMoney('100.50', 'JPY')).toEqual({ wrong: 'amount', why: 'has more than the 0 decimals of JPY' });
    expect(readMoney('1000000000.01', 'THB')).toEqual({ wrong: 'amount', why: 'is too large for a fee' });
    expect(readMoney('5', 'BTC')).toEqual({ wrong: 'currency', why: 'is no currency of ISO 4217' });
  });
});
