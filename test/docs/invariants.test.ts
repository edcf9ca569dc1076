import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const rows = readFileSync('docs/invariants.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number = '', , attack = ''] = line.split('|').map((cell) => cell.trim());
    const [, file, title] = /^`(.+?)`: (.+)$/.exec(attack) ?? [];
    return file === undefined || title === undefined ? [] : [{ number, file, title }];
  });

it('every invariant is attacked by a test', () => {
  const numbers = rows.flatMap(({ number }) => (number === '' ? [] : [Number(number)]));
  expect(numbers).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
});

it.each(rows)('$title stands in $file', ({ file, title }) => {
  expect(readFileSync(file, 'utf8')).toContain(title);
});
