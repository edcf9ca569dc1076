import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { deadLinks, headingsOf, lostPages, PAGE_NAMES, type Pages, unresolved } from './references.ts';

const ELSEWHERE = new Set(['node_modules', 'dist', 'data', 'coverage', '.git']);
/** What is read: sources, scripts and pages; the forms themselves stand in these two. */
const READ = /\.(?:ts|tsx|mjs|css|sh|ya?ml|md)$/;
const OWN = 'test/docs/references';

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (ELSEWHERE.has(entry.name)) continue;
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (READ.test(entry.name)) yield relative('.', path);
  }
}

const paths = [...filesUnder('.')];
const pages = Object.fromEntries(
  PAGE_NAMES.map((name) => [name, headingsOf(readFileSync(`docs/${name}.md`, 'utf8'))]),
) as Pages;

function read(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return statSync(path).isDirectory() ? '' : readFileSync(path, 'utf8');
}

it('every citation of a page has its heading', () => {
  expect(paths.length).toBeGreaterThan(500);
  const lost = paths
    .filter((path) => !path.startsWith(OWN))
    .flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return [...unresolved(text, pages), ...lostPages(text, existsSync)].map((citation) => `${path}: ${citation}`);
    });
  expect(lost).toEqual([]);
});

it('every link of every page leads to a file, and to a heading where it names one', () => {
  const linked = paths.filter((path) => path.endsWith('.md'));
  expect(linked.length).toBeGreaterThan(20);
  const dead = linked.flatMap((path) =>
    deadLinks(path, readFileSync(path, 'utf8'), read).map((link) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

it.each([
  ['// as sent (architecture 99)', 'architecture 99'],
  ['// as sent (dingtalk 1.77), once', 'dingtalk 1.77'],
  ['// busy (dingtalk 3.2, 55)', 'dingtalk 55'],
  ['/** Once (domain A.12-99). */', 'domain A.12-99'],
  ['/** In any order (domain A.12-6, 7, 88). */', 'domain A.12-88'],
  ['/** Names (domain A.99). */', 'domain A.99'],
  ['/** Asked each time (policy P2, P9). */', 'domain P9'],
  ['/** Short (wording rule 14). */', 'wording rule 14'],
  ['/** As designed (design 4). */', 'design 4'],
  ['/** A code of the old API (contract 5). */', 'contract 5'],
  ['/** Short (cards.md rule 4). */', 'cards.md'],
  ['// once (A.12-7)', '(A.1'],
  ["it('asks again (POL P2)', () => {", 'POL P2'],
])('the scan of citations bites: %s', (text, found) => {
  expect(unresolved(text, pages)).toEqual([found]);
});

it('the scan of pages bites', () => {
  const text = '// as docs/adr/001-a-store.md says, and docs/gone.md; not packages/kit/docs/other.md';
  expect(lostPages(text, (path) => path.includes('adr'))).toEqual(['docs/gone.md']);
});

it.each([
  '// architecture 4, domain A.5; dingtalk 3.2, 5 and 8.10',
  '/** domain A.12-6, 7, 8; domain A.4, P1; policy P2, P4; wording rule 13 */',
  "import { Config } from '@alicloud/dingtalk 2.2.27'; // domain 5, architecture of 9 parts",
])('the scan of citations lets pass: %s', (text) => {
  expect(unresolved(text, pages)).toEqual([]);
});

it.each([
  ['[a](b.md)', []],
  ['[a](../src/main.ts) <img src="c.jpg">', []],
  ['[a](b.md#two-words)', []],
  ['[a](#here)\n\n## Here', []],
  ['[a](https://example.com/x.md) `[a](gone.md)`', []],
  ['[a](gone.md)', ['gone.md']],
  ['<img src="gone.jpg">', ['gone.jpg']],
  ['[a](b.md#three-words)', ['b.md#three-words']],
  ['[a](#gone)', ['#gone']],
])('the scan of links bites: %s', (markdown, dead) => {
  const there = new Map([
    ['docs/b.md', '# B\n\n### Two `words`!'],
    ['docs/c.jpg', ''],
    ['src/main.ts', ''],
  ]);
  expect(deadLinks('docs/a.md', markdown, (path) => there.get(path))).toEqual(dead);
});
