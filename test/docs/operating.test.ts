import { readdirSync, readFileSync } from 'node:fs';
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

it('each command of the operator that a page names is one that the program has', () => {
  const usages = everyCommand().map(({ usage }) => usage);
  const isOne = (typed: string): boolean => {
    // as much as may be a name: of a group alone, `iso share`, too
    const [words = ''] = /^(?:[a-z-]+ ?)*/.exec(typed) ?? [];
    return usages.some(
      (usage) => usage.startsWith(words.trim()) || typed.startsWith(usage.split(/ [<[-]/)[0] ?? usage),
    );
  };
  const pages = [
    'README.md',
    'CHANGELOG.md',
    'cards/TEMPLATE.md',
    ...readdirSync('docs').map((name) => `docs/${name}`),
  ];
  const named = pages
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/npm run (op|daily|why)(?: --silent)? -- ([^`\n)]+)/g)])
    .map(([, script, words = '']) => (script === 'op' ? words : `${script} ${words}`));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((typed) => !isOne(typed))).toEqual([]);
});
