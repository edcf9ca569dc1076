import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findingsOf } from '../support/texts/check-texts.ts';
import { LISTS, PLACES } from '../support/texts/places.ts';
import { beginLanguage } from '../support/texts/skeleton.ts';

const NEW = 'pt-BR';

/** A copy of all that the texts of a language are compared with, and entered in. */
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'eleventh-'));
  const places = Object.values(PLACES).flatMap((place) => [place('en'), place('id')]);
  // English is the source: it has no glossary of its own
  const files = [...places, ...Object.keys(LISTS), 'cards/locales/GLOSSARY.md'].filter(
    (file) => !file.endsWith('/en.md'),
  );
  for (const file of files) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const filesNamed = (): readonly string[] => [...new Set(findingsOf(NEW, root).map(({ file }) => file))].sort();

/** Changes a file of the copy. */
function edit(file: string, change: (text: string) => string): void {
  writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')));
}

it('an eleventh language that is not begun lacks its four files and its line in three lists', () => {
  expect(findingsOf(NEW, root).filter(({ says }) => says === 'is not there')).toHaveLength(4);
  expect(findingsOf(NEW, root).filter(({ says }) => says === `does not list ${NEW}`)).toHaveLength(3);
});

it('one that is begun has its files in English, and is told what is to be translated and where it is to be entered', () => {
  const { written, toEnter } = beginLanguage(NEW, root);
  expect([...written].sort()).toEqual(
    Object.values(PLACES)
      .map((place) => place(NEW))
      .sort(),
  );
  expect([...toEnter].sort()).toEqual(Object.keys(LISTS).sort());
  expect(filesNamed()).toEqual(
    [...toEnter, ...[PLACES.cards, PLACES.glossary, PLACES.programme].map((place) => place(NEW))].sort(),
  );
  const said = findingsOf(NEW, root)
    .map(({ says }) => says)
    .join('\n');
  expect(said).toMatch(/longer texts are English/);
  expect(said).toMatch(/says no tone/);
  // who has begun loses nothing by beginning again
  edit(PLACES.cards(NEW), (text) => text.replace('"button.menu": "Menu"', '"button.menu": "Cardápio"'));
  expect(beginLanguage(NEW, root).written).toEqual([]);
  expect(readFileSync(join(root, PLACES.cards(NEW)), 'utf8')).toContain('Cardápio');
});

it('one that is translated and entered lacks nothing, and what is left out or changed is named', () => {
  beginLanguage(NEW, root);
  // as if it had been translated: what another language says
  for (const place of [PLACES.cards, PLACES.programme, PLACES.glossary])
    copyFileSync(join(root, place('id')), join(root, place(NEW)));
  edit('src/domain/languages.ts', (text) =>
    text.replace('  vi: {', `  '${NEW}': { name: 'Português', locale: 'pt-BR' },\n  vi: {`),
  );
  edit('programmes/alipay-plus/programme.yaml', (text) => text.replace(/^languages: \[/m, `languages: [${NEW}, `));
  edit('packages/dingtalk-sandbox/src/page/state/words.ts', (text) => `${text}// tag: '${NEW}'\n`);
  expect(findingsOf(NEW, root)).toEqual([]);
  edit(PLACES.cards(NEW), (text) =>
    text.replace(/ {2}"button\.menu": .*\n/, '').replace(/("button\.send": )".*"/, '$1"Kirim semuanya sekarang juga"'),
  );
  edit(PLACES.glossary(NEW), (text) => text.replace(/^Tone\. .*$/m, ''));
  expect(findingsOf(NEW, root)).toEqual([
    { file: PLACES.cards(NEW), says: 'button.menu: is missing' },
    { file: PLACES.cards(NEW), says: expect.stringContaining('button.send: is 28 wide, 20 at most') },
    { file: PLACES.glossary(NEW), says: expect.stringContaining('says no tone') },
  ]);
});
