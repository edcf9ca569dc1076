import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { glossaryTerms } from './glossary.ts';
import { LISTS, PLACES, pageExport } from './places.ts';

/**
 * Writes the files of a new language, below `root`, where they are not there yet, in English for whoever translates them; answers which, and
 * what is left.
 */
export function beginLanguage(
  tag: string,
  root = '.',
): {
  readonly written: readonly string[];
  readonly toEnter: readonly string[];
} {
  const files: readonly (readonly [file: string, text: string])[] = [
    [PLACES.cards(tag), readFileSync(join(root, PLACES.cards('en')), 'utf8')],
    [PLACES.programme(tag), readFileSync(join(root, PLACES.programme('en')), 'utf8')],
    [PLACES.page(tag), pageWords(tag, root)],
    [PLACES.glossary(tag), emptyGlossary(tag, root)],
  ];
  const missing = files.filter(([file]) => !existsSync(join(root, file)));
  for (const [file, text] of missing) writeFileSync(join(root, file), text);
  const toEnter = Object.entries(LISTS).flatMap(([file, line]) =>
    line(tag).test(readFileSync(join(root, file), 'utf8')) ? [] : [file],
  );
  return { written: missing.map(([file]) => file), toEnter };
}

function pageWords(tag: string, root: string): string {
  const english = readFileSync(join(root, PLACES.page('en')), 'utf8');
  const words = english.slice(english.indexOf('export const EN'), english.indexOf('\nexport type'));
  return `import type { Words } from './en.ts';\n\n${words.replace('export const EN =', `export const ${pageExport(tag)}: Words =`).trimEnd()}\n`;
}

function emptyGlossary(tag: string, root: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag;
  const { fixed, ours } = glossaryTerms(root);
  const rows = (terms: readonly string[]): string => terms.map((term) => `| ${term} | |\n`).join('');
  return `# ${name}

| English | ${name} |
| --- | --- |
${rows(fixed)}| **our words** | |
${rows(ours)}
Tone. 

## One thing, one word

`;
}
