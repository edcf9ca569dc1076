import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import { SOURCE_FOLDERS } from './source-tree.ts';

/** A node of the syntax tree; of its properties only those that are asked for here. */
interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [property: string]: unknown;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The lines on which something is spread that `matches`, given what is spread and the literal that it is spread into. */
function spreads(path: string, text: string, matches: (spread: Syntax, into: Syntax) => boolean): string[] {
  if (!/\.\.\.\s*[({[]/.test(text)) return [];
  const found: string[] = [];
  const visit = (node: unknown, literal?: Syntax): void => {
    if (typeof node !== 'object' || node === null) return;
    if (
      isSyntax(node) &&
      node.type === 'SpreadElement' &&
      literal &&
      matches(withoutBrackets(node.argument), literal)
    ) {
      found.push(`${path}:${text.slice(0, node.start).split('\n').length}`);
    }
    const around = isSyntax(node) ? node : literal;
    for (const inner of Object.values(node)) visit(inner, around);
  };
  visit(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }, path));
  return found;
}

function withoutBrackets(node: unknown): Syntax {
  if (!isSyntax(node)) throw new Error('a spread of nothing');
  return node.type === 'ParenthesizedExpression' ? withoutBrackets(node.expression) : node;
}

/** A literal that is spread into another one, as `...{ a, b }` and `...['x', 'y']` are. */
function isPacked({ type }: Syntax): boolean {
  return type === 'ObjectExpression' || type === 'ArrayExpression';
}

/** `...(c && { a })` and `...(c ? { a } : {})` in an object; a choice between objects that have names is none. */
function isConditional(spread: Syntax, into: Syntax): boolean {
  if (into.type !== 'ObjectExpression') return false;
  if (spread.type === 'LogicalExpression') return spread.operator === '&&';
  if (spread.type !== 'ConditionalExpression') return false;
  return [spread.consequent, spread.alternate].some((arm) => withoutBrackets(arm).type === 'ObjectExpression');
}

const sources = SOURCE_FOLDERS.filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((path) => /\.tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));

it('names each part of a literal in the literal itself', () => {
  expect(spreads('a.ts', 'const a = 1;\nf({ ...{ a }, ...b });\ng([...[1, 2], ...c.map(d)]);', isPacked)).toEqual([
    'a.ts:2',
    'a.ts:3',
  ]);
  expect(sources.flatMap(({ path, text }) => spreads(path, text, isPacked))).toEqual([]);
});

it('writes a field that may be undefined where it stands, or leaves it out by present()', () => {
  const refused = ['...(a && { a })', '...(a === undefined ? {} : { a })', '...(a ? { a } : b)', '...(a && b)'];
  for (const spread of refused) expect(spreads('a.ts', `f({ ${spread} });`, isConditional)).toEqual(['a.ts:1']);
  for (const spread of ['...a', '...(a ? b : c)', '...(a ?? b)', 'list: [...(a ? [a] : [])]']) {
    expect(spreads('a.ts', `f({ ${spread} });`, isConditional)).toEqual([]);
  }
  expect(sources.flatMap(({ path, text }) => spreads(path, text, isConditional))).toEqual([]);
});
