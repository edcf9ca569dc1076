import { Double, Int32 } from 'bson';
import { badValue } from './mongo-error.ts';
import { compareValues, textKey } from './ordered-key.ts';
import { type Path, partOf } from './paths.ts';
import { add, type Doc, isDecimal, isDoc, isNumber } from './values.ts';

/** A compiled expression; undefined is a missing value. */
export type Expression = (doc: Doc) => unknown;

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;
const isSummand = (value: unknown): boolean => isNumber(value) || isDecimal(value);
const sum = (values: readonly unknown[]): unknown => values.filter(isSummand).reduce(add, new Int32(0));

/** The accumulators of the cut, over the values of a group in order. */
const ACCUMULATORS: ReadonlyMap<string, (values: readonly unknown[]) => unknown> = new Map([
  ['$sum', sum],
  ['$avg', average],
  ['$min', (values: readonly unknown[]) => extreme(values, -1)],
  ['$max', (values: readonly unknown[]) => extreme(values, 1)],
  ['$first', (values: readonly unknown[]) => values[0] ?? null],
  ['$last', (values: readonly unknown[]) => values[values.length - 1] ?? null],
  ['$push', (values: readonly unknown[]) => values.filter((value) => value !== undefined)],
]);

function average(values: readonly unknown[]): unknown {
  const count = values.filter(isSummand).length;
  return count === 0 ? null : new Double(Number(String(sum(values))) / count);
}

function extreme(values: readonly unknown[], sign: 1 | -1): unknown {
  const present = values.filter(isPresent);
  return present.length === 0
    ? null
    : present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
}

/** Compiles a constant, a field path (`$a.b`) or a document of both; BadValue for operators and variables. */
export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    const path = spec.slice(1).split('.');
    if (path.some((part) => part === '' || part.startsWith('$'))) throw badValue(`the embedded store has no '${spec}'`);
    return (doc) => along(doc, path);
  }
  if (Array.isArray(spec)) throw badValue('the embedded store has no arrays of expressions');
  if (!isDoc(spec)) return () => spec;
  const operator = Object.keys(spec).find((name) => name.startsWith('$') || name.includes('.'));
  if (operator !== undefined) throw badValue(`Unrecognized expression '${operator}'`);
  const fields = Object.entries(spec).map(([name, part]) => ({ name, of: compileExpression(part) }));
  return (doc) => {
    const values = fields.map(({ name, of }): [string, unknown] => [name, of(doc)]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}

function along(node: unknown, path: Path): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return node;
  if (Array.isArray(node)) return node.map((element) => along(element, path)).filter((value) => value !== undefined);
  return along(isDoc(node) ? partOf(node, part) : undefined, isDoc(node) ? rest : []);
}

/** Compiles a `$group`; BadValue for accumulators outside the cut. */
export function compileGroup(spec: unknown): (docs: Iterable<Doc>) => Iterable<Doc> {
  if (!isDoc(spec) || !Object.hasOwn(spec, '_id')) throw badValue('a group specification must include an _id');
  const { _id, ...rest } = spec;
  const id = compileExpression(_id);
  const fields = Object.entries(rest).map(([name, accumulator]) => compileField(name, accumulator));
  return function* group(docs) {
    const groups = new Map<string, { id: unknown; columns: unknown[][] }>();
    for (const doc of docs) {
      const value = id(doc) ?? null;
      const key = textKey(value);
      const found = groups.get(key) ?? { id: value, columns: fields.map(() => []) };
      groups.set(key, found);
      for (const [place, column] of found.columns.entries()) column.push(fields[place]?.of(doc));
    }
    for (const found of groups.values()) {
      const results = fields.map(({ name, result }, place) => [name, result(found.columns[place] ?? [])]);
      yield { _id: found.id, ...Object.fromEntries(results) };
    }
  };
}

function compileField(
  name: string,
  spec: unknown,
): { name: string; of: Expression; result: (values: readonly unknown[]) => unknown } {
  const [operator = '', second] = isDoc(spec) ? Object.keys(spec) : [];
  const result = ACCUMULATORS.get(operator);
  if (!isDoc(spec) || second || name.includes('.') || name.startsWith('$'))
    throw badValue(`'${name}' must be an accumulator`);
  if (!result) throw badValue(`unknown group operator '${operator}'`);
  return { name, result, of: compileExpression(spec[operator]) };
}
