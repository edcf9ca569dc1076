import { existsSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

const readme = readFileSync('README.md', 'utf8');

/** The names of the variables that a source reads: the keys of its zod object. */
function settingsOf(source: string): string[] {
  return [...readFileSync(source, 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name);
}

it('the README lists every setting that the product reads, and no other', () => {
  const listed = [...readme.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  const read = [...settingsOf('src/config.ts'), ...settingsOf('src/sandbox/settings-from-env.ts')];
  expect(read).toContain('SANDBOX_PORT');
  expect([...new Set(listed)].sort()).toEqual([...new Set(read)].sort());
});

it('what the README points to is there, and its picture is small', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((path) => !existsSync(path))).toEqual([]);
  expect(statSync('docs/images/promotion.png').size).toBeLessThanOrEqual(150_000);
});

it('every npm script that the README names exists', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm run ([a-z-]+)/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
