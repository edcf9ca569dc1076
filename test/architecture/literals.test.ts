import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { SOURCE_FOLDERS } from './source-tree.ts';

/** The lines on which a literal is spread into another one, as `...{ a, b }` and `...['x', 'y']` are. */
function packedLiterals(path: string, text: string): string[] {
  if (!/\.\.\.\s*[{[]/.test(text)) return [];
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'SpreadElement' && 'argument' in node && 'start' in node) {
      const { argument, start } = node;
      const isLiteral =
        typeof argument === 'object' &&
        argument !== null &&
        'type' in argument &&
        (argument.type === 'ObjectExpression' || argument.type === 'ArrayExpression');
      if (isLiteral) found.push(`${path}:${text.slice(0, Number(start)).split('\n').length}`);
    }
    Object.values(node).forEach(visit);
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path));
  return found;
}

it('names each part of a literal in the literal itself', () => {
  expect(packedLiterals('a.ts', 'const a = 1;\nf({ ...{ a }, ...b });\ng([...[1, 2], ...c.map(d)]);')).toEqual([
    'a.ts:2',
    'a.ts:3',
  ]);
  const paths = SOURCE_FOLDERS.filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path));
  expect(paths.flatMap((path) => packedLiterals(path, readFileSync(path, 'utf8')))).toEqual([]);
});
