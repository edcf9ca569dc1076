import { expect, it } from 'vitest';
import { regionName } from '../../cards/region-name.ts';
import { widthOf } from '../../cards/width.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { shippedProgramme } from '../support/shipped-programme.ts';

it.each([
  ['en', ['Hong Kong', 'United Kingdom', 'South Korea', 'Taiwan']],
  ['zh-CN', ['中国香港', '英国', '韩国', '中国台湾']],
  ['zh-HK', ['香港', '英國', '南韓', '台灣']],
  ['ja', ['香港', '英国', '韓国', '台湾']],
  ['th', ['ฮ่องกง', 'สหราชอาณาจักร', 'เกาหลีใต้', 'ไต้หวัน']],
  // as shop staff in the Philippines write them
  ['fil', ['Hong Kong', 'United Kingdom', 'South Korea', 'Taiwan']],
] as const)('in %s countries and regions stand by their common names, none cut short', (language, names) => {
  expect(['HK', 'GB', 'KR', 'TW'].map((code) => regionName(language, code))).toEqual(names);
});

it.each(LANGUAGES)('in %s each market has a name of its own that fits a field', (language) => {
  const codes = Object.keys(shippedProgramme().markets);
  const names = codes.map((code) => regionName(language, code));
  expect(codes.length).toBeGreaterThan(20);
  expect(new Set(names).size).toBe(codes.length);
  for (const name of names) {
    expect(name).not.toMatch(/^[A-Z.]{2,5}$/);
    expect(widthOf(name), name).toBeLessThanOrEqual(40);
  }
});
