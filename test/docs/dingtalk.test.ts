import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const page = readFileSync('docs/dingtalk.md', 'utf8');

/** The rows of every table of the page that says how sure something is, as their cells. */
const ROWS = page
  .split(/\n(?!\|)/)
  .map((part) => part.trim())
  .filter((part) => /^\|[^\n]*\| how sure +\|/.test(part))
  .flatMap((table) => table.split('\n').slice(2))
  .map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, what = '', sure = '', otherwise = '']) => ({ what, sure, otherwise }));

it('everything that is only assumed says what the product does if it is otherwise', () => {
  expect(ROWS.length).toBeGreaterThan(30);
  const bare = ROWS.filter(({ otherwise }) => otherwise.length < 5);
  expect(bare.filter(({ sure }) => !/^documented(;|,|:|$)/.test(sure) || /assumed/.test(sure))).toEqual([]);
});

it('the README leads to what is not verified', () => {
  expect(readFileSync('README.md', 'utf8')).toContain('docs/operating.md#what-is-not-verified');
});
