import { readFileSync } from 'node:fs';
import { CATALOGUE } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { readSourceTree } from './source-tree.ts';

/** A comparison asks for a code that somebody else raises. */
const COMPARED = /[!=]==\s*'[^']*'/g;

it('every error of the catalogue is raised somewhere in the product', () => {
  const source = readSourceTree()
    .filter(({ path }) => !/(^|\/)(test|bench)\/|\/errors\.ts$/.test(path))
    .map(({ path }) => readFileSync(path, 'utf8').replaceAll(COMPARED, ''))
    .join('\n');
  expect(Object.keys(CATALOGUE).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});
