import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksLikeSameShop, storeKey } from '../../src/domain/store-key.ts';

const shop = (nameLocal: string, address: string, countryRegion = 'TH') => ({ nameLocal, address, countryRegion });

describe('the key of a shop', () => {
  it.each([
    [shop('Baan Coffee', 'Silom Rd 12'), shop(' BAAN  coffee!', 'Silom Rd. #12')],
    [shop('Café Münch', 'Rue 1'), shop('cafe munch', 'rue 1')],
    [shop('ＢＡＡＮ', '１２'), shop('baan', '12')],
    [shop('ร้านบ้านกาแฟ', 'สีลม 12'), shop('ร้าน บ้านกาแฟ', 'สีลม, 12')],
    [shop('好味道餐厅', '南京路１２号', 'HK'), shop('好味道 餐厅', '南京路12号', 'hk')],
  ])('%# is the same however it was typed', (a, b) => {
    expect(storeKey(a)).toBe(storeKey(b));
  });

  it.each([
    [shop('ป่า', '1'), shop('ป้า', '1')],
    [shop('Baan', '12'), shop('Baan', '13')],
    [shop('Baan', '12', 'TH'), shop('Baan', '12', 'LA')],
    [shop('a', 'bc'), shop('ab', 'c')],
  ])('%# differs where the shops do', (a, b) => {
    expect(storeKey(a)).not.toBe(storeKey(b));
  });
});

describe('Same shop?', () => {
  it.each([
    [shop('Baan Coffee', 'Silom Rd 12'), shop('Baan Coffe', 'Silom Road 12')],
    [shop('ร้านบ้านกาแฟ', 'ถนนสีลม 12'), shop('บ้านกาแฟ', 'ถนนสีลม 12')],
  ])('%# is asked', (a, b) => {
    expect(looksLikeSameShop(a, b)).toBe(true);
  });

  it.each([
    [shop('Baan Coffee', 'Silom Rd 12'), shop('Nine Mart', 'Silom Rd 12')],
    [shop('7-Eleven', 'Silom Rd 12'), shop('7-Eleven', 'Asok Montri 5')],
    [shop('Baan Coffee', 'Silom Rd 12'), shop('Baan Coffee', 'Silom Rd 12', 'SG')],
  ])('%# is not asked', (a, b) => {
    expect(looksLikeSameShop(a, b)).toBe(false);
  });

  it('is a mutual question, asked of a shop and itself, and safe on any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    fc.assert(
      fc.property(text, text, text, (name, other, address) => {
        const a = shop(name, address);
        const b = shop(other, address);
        expect(looksLikeSameShop(a, b)).toBe(looksLikeSameShop(b, a));
        expect(looksLikeSameShop(a, a)).toBe(true);
      }),
    );
  });
});
