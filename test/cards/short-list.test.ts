import { expect, it } from 'vitest';
import { shortList } from '../../cards/short-list.ts';

const PARTS = ['3 a', '2 b', '1 c'];

it.each([
  ['en', '3 a, 2 b, 1 c'],
  ['th', '3 a 2 b และ 1 c'],
  ['zh-CN', '3 a、2 b、1 c'],
] as const)('sets apart what stands in a line, in %s', (language, line) => {
  expect(shortList(language, PARTS)).toBe(line);
  expect(shortList(language, PARTS.slice(0, 1))).toBe('3 a');
});
