import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everyCommand } from '../../src/operator/program.ts';
import { SETTINGS } from './settings.ts';

const page = readFileSync('docs/operating.md', 'utf8');

it('the page lists every setting that the product reads, and no other', () => {
  const listed = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name);
  expect(SETTINGS).toContain('SANDBOX_PORT');
  expect(listed.toSorted()).toEqual(SETTINGS);
});

it('the page lists every command of the operator as the program has it, and no other', () => {
  const [, section = ''] = /\n## Commands\n([\s\S]*?)\n## /.exec(page) ?? [];
  const listed = [...section.matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].map(([, usage, what]) => ({ usage, what }));
  expect(listed).toEqual(everyCommand());
});

it.each(['README.md', 'CONTRIBUTING.md', 'docs/operating.md', 'docs/costs.md', 'cards/TEMPLATE.md'])(
  'every npm script that %s names exists',
  (path) => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...readFileSync(path, 'utf8').matchAll(/npm (?:run ([a-z-]+)|(start|test))/g)];
    const names = named.map(([, script, ofNpm]) => script ?? ofNpm ?? '');
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  },
);
