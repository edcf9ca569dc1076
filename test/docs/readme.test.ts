import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

it('the README is a screen and a half, with a picture that is small', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(60);
  expect(readme).toContain('docs/images/promotion.png');
  expect(statSync('docs/images/promotion.png').size).toBeLessThanOrEqual(150_000);
});
