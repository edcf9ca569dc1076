import { expect, it } from 'vitest';
import { piecesOf } from '../../src/page/state/chinese-words.ts';

it.each([
  ['12月1日周二 · … 未开始', '12月1日|周二 · … 未开始'],
  ['拍摄时间比发送早很多', '拍摄|时间比|发送早|很多'],
  ['Tue 1 Dec · … Not begun', 'Tue 1 Dec · … Not begun'],
  ['', ''],
])('a line of %s ends only between words', (text, pieces) => {
  expect(piecesOf(text).join('|')).toBe(pieces);
});
