import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const [always = '', once = ''] = readFileSync('docs/invariants.md', 'utf8').split('## What went wrong once');

/** The rows of a table whose last column names a test. */
function rowsOf(text: string) {
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, file, title] = /^`(.+?)`: (.+)$/.exec(cells.at(-2) ?? '') ?? [];
    return file === undefined || title === undefined ? [] : [{ first: cells[1] ?? '', file, title }];
  });
}

const rows = [...rowsOf(always), ...rowsOf(once)];

it('every invariant is attacked by a test', () => {
  const numbers = rowsOf(always).flatMap(({ first }) => (first === '' ? [] : [Number(first)]));
  expect(numbers).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
});

it('what went wrong once is played', () => {
  expect(rowsOf(once).filter(({ first }) => first !== '')).toHaveLength(20);
});

it.each(rows)('$title stands in $file', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(title);
});
