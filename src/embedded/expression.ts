import { MongoError } from './mongo-error.ts';
import { compareValues } from './ordered-key.ts';
import { type Path, partOf } from './paths.ts';
import { type Doc, isDoc, isNumber } from './values.ts';

/** A compiled aggregation expression; undefined is a missing value. */
export type Expression = (doc: Doc) => unknown;

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  $eq: (order) => order === 0,
  $ne: (order) => order !== 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** Compiles field paths, constants, documents of expressions, comparisons, `$and $or $not $cond $ifNull $literal`. */
export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$$')) {
    throw new MongoError('BadValue', `the embedded store has no variable '${spec}'`);
  }
  if (typeof spec === 'string' && spec.startsWith('$')) return fieldPath(spec.slice(1).split('.'));
  if (Array.isArray(spec)) {
    const parts = spec.map(compileExpression);
    return (doc) => parts.map((part) => part(doc) ?? null);
  }
  if (!isDoc(spec)) return () => spec;
  const [name] = Object.keys(spec);
  if (name?.startsWith('$')) {
    if (Object.keys(spec).length > 1) throw new MongoError('BadValue', 'an expression must have exactly one operator');
    return operator(name, spec[name]);
  }
  const fields = Object.entries(spec).map(([field, part]) => [field, compileExpression(part)] as const);
  return (doc) => {
    const made: Doc = {};
    for (const [field, part] of fields) {
      const value = part(doc);
      if (value !== undefined) made[field] = value;
    }
    return made;
  };
}

function fieldPath(path: Path): Expression {
  if (path.some((part) => part === '' || part.startsWith('$'))) {
    throw new MongoError('BadValue', `'$${path.join('.')}' is not a field path`);
  }
  return (doc) => along(doc, path);
}

function along(node: unknown, path: Path): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return node;
  if (Array.isArray(node)) return node.map((element) => along(element, path)).filter((value) => value !== undefined);
  return isDoc(node) ? along(partOf(node, part), rest) : undefined;
}

function operator(name: string, argument: unknown): Expression {
  if (name === '$literal') return () => argument;
  const compare = Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (compare) {
    const [left, right] = listOf(name, argument, 2);
    return (doc) => compare(order(left?.(doc), right?.(doc)));
  }
  switch (name) {
    case '$and': {
      const parts = listOf(name, argument);
      return (doc) => parts.every((part) => isTruthy(part(doc)));
    }
    case '$or': {
      const parts = listOf(name, argument);
      return (doc) => parts.some((part) => isTruthy(part(doc)));
    }
    case '$not': {
      const [part] = listOf(name, Array.isArray(argument) ? argument : [argument], 1);
      return (doc) => !isTruthy(part?.(doc));
    }
    case '$ifNull': {
      const parts = listOf(name, argument);
      if (parts.length < 2) throw new MongoError('BadValue', '$ifNull needs at least two arguments');
      return (doc) => {
        let value: unknown;
        for (const part of parts) {
          value = part(doc);
          if (value !== undefined && value !== null) break;
        }
        return value;
      };
    }
    case '$cond':
      return conditional(argument);
    default:
      throw new MongoError('BadValue', `Unrecognized expression '${name}'`);
  }
}

function conditional(argument: unknown): Expression {
  let parts: unknown = argument;
  if (isDoc(argument)) {
    if (Object.keys(argument).sort().join() !== 'else,if,then')
      throw new MongoError('BadValue', '$cond needs if, then and else');
    parts = [argument.if, argument.then, argument.else];
  }
  const [test, yes, no] = listOf('$cond', parts, 3);
  return (doc) => (isTruthy(test?.(doc)) ? yes?.(doc) : no?.(doc));
}

function listOf(name: string, argument: unknown, length?: number): Expression[] {
  const list: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (length !== undefined && list.length !== length) {
    throw new MongoError(
      'BadValue',
      `Expression ${name} takes exactly ${length} arguments. ${list.length} were passed in.`,
    );
  }
  return list.map(compileExpression);
}

/** In expressions, unlike in filters, what is missing stands before null. */
function order(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareValues(a, b);
}

function isTruthy(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !isNumber(value) || Number(String(value)) !== 0;
}
