import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const STYLE = readFileSync(new URL('../../src/page/style/base.css', import.meta.url), 'utf8');

it('a text in any language may name another one: each has the letters of China and Korea behind its own', () => {
  const stacks = STYLE.match(/(?<=--fonts: ).*(?=;)/g) ?? [];
  expect(stacks).toHaveLength(5);
  for (const stack of stacks)
    for (const letters of ['SC', 'KR']) expect(stack).toContain(`"Noto Sans ${letters} Variable"`);
});
