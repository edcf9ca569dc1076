import { describe, expect, it } from 'vitest';
import { parseAmount } from '../../src/domain/amount.ts';

describe('an amount of money as people write it', () => {
  it.each([
    ['35', 35],
    ['35.5', 35.5],
    ['35,50', 35.5],
    ['1,250', 1_250],
    ['1,250.50', 1_250.5],
    ['1.250,50', 1_250.5],
    ['1 250', 1_250],
    ['1\u202f250,5', 1_250.5],
    ['1’250.5', 1_250.5],
    ['1.250.000', 1_250_000],
    ['฿120', 120],
    ['฿ 1,250', 1_250],
    ['120฿', 120],
    ['120 บาท', 120],
    ['THB 120.50', 120.5],
    ['120 THB', 120],
    ['¥99', 99],
    ['99元', 99],
    ['Rs. 99', 99],
    ['0', 0],
  ])('%s', (written, amount) => {
    expect(parseAmount(written)).toBe(amount);
  });

  it.each([
    '',
    'free',
    '฿',
    '-5',
    '0.500',
    '1.250',
    '012,500',
    '1,25,000',
    '1,250.500',
    '1,250,5000',
    '12,2500',
    '1e3',
    '0x10',
    '12 or 13',
    '12/13',
    '35..5',
    '120 baht each',
    '9'.repeat(10),
    '1'.repeat(5_000),
    `${' '.repeat(5_000)}x`,
  ])('what has no one reading is none: %s', (written) => {
    expect(parseAmount(written)).toBeUndefined();
  });
});
