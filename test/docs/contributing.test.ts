import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const [, recipes = ''] = readFileSync('CONTRIBUTING.md', 'utf8').split('## Recipes');

/** The files below a folder that have an entry of their own for a product. */
const tellProductsApart = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && /^\s+PRIMARY_POSM: /m.test(readFileSync(file, 'utf8')));

it('the recipes name files and folders that are there', () => {
  const named = recipes.match(/(?<=`)(?:cards|docs|handlers|migrations|src|test)\/[\w./-]+(?=`)/g) ?? [];
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});

it('no code tells one product from another', () => {
  for (const folder of ['cards', 'handlers', 'models', 'src']) expect(tellProductsApart(folder)).toEqual([]);
});
