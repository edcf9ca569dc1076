import { expect, it } from 'vitest';
import { piecesOf } from '../../src/page/state/words-apart.ts';

it.each([
  ['12月1日周二 · … 未开始', '12月1日|周二 · … 未开始'],
  ['拍摄时间比发送早很多', '拍摄|时间比|发送早|很多'],
  ['Tue 1 Dec · … Not begun', 'Tue 1 Dec · … Not begun'],
  ['撮影が送信よりかなり前', '撮影が|送信よりかなり|前'],
  ['メンバーから（プッシュ）', 'メンバーから|（プッシュ）'],
  ['ほかに届いたもの', 'ほかに|届いたもの'],
  ['11月27日(金)', '11月27日(金)'],
  ['コードが別のスポットにもある', 'コードが|別の|スポットにもある'],
  ['', ''],
])('a line of %s ends only between words', (text, pieces) => {
  expect(piecesOf(text).join('|')).toBe(pieces);
});
