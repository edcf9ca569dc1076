import { expect, it } from 'vitest';
import { languageOf } from '../../src/page/state/language.ts';

it.each([
  ['เมนู', 'th'],
  ['メニュー', 'ja'],
  ['11月24日(火)の結果です', 'ja'],
  ['메뉴', 'ko'],
  ['這間店舖的相片', 'zh-HK'],
  ['这家店的照片', 'zh-CN'],
  ['Gửi ảnh', 'vi'],
  ['Menu', undefined],
  // a shop's name does not turn a card into its language
  ['请拍下店铺的照片，放平，光线要好：ร้านกาแฟ', 'zh-CN'],
] as const)('the letters of %s are those of %s', (text, language) => {
  expect(languageOf(text)).toBe(language);
});
