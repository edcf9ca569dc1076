import { expect, it } from 'vitest';
import { plainList, shortList, spokenList } from '../../cards/short-list.ts';

const PARTS = ['3 a', '2 b', '1 c'];

it.each([
  ['en', '3 a, 2 b, 1 c'],
  ['th', '3 a 2 b และ 1 c'],
  ['zh-CN', '3 a、2 b、1 c'],
  ['zh-HK', '3 a、2 b、1 c'],
  ['ja', '3 a、2 b、1 c'],
  ['ko', '3 a, 2 b, 1 c'],
] as const)('sets apart what stands in a line, in %s', (language, line) => {
  expect(shortList(language, PARTS)).toBe(line);
  expect(shortList(language, PARTS.slice(0, 1))).toBe('3 a');
});

it.each([
  ['en', 'a and b'],
  ['vi', 'a và b'],
  ['zh-HK', 'a、b'],
  ['ko', 'a, b'],
] as const)('says in a sentence what belongs together, in %s', (language, words) => {
  expect(spokenList(language, ['a', 'b'])).toBe(words);
});

it.each([
  ['en', 'Nok Suda, Lek'],
  ['th', 'Nok Suda, Lek'],
  ['ja', 'Nok Suda、Lek'],
  ['ko', 'Nok Suda, Lek'],
] as const)('parts names that have spaces in them by a mark, in %s', (language, names) => {
  expect(plainList(language, ['Nok Suda', 'Lek'])).toBe(names);
});
