import { type Doc, isDoc, keyFor } from './doc.ts';
import { badValue } from './mongo-error.ts';
import { parsePath, plainAt } from './paths.ts';

/** What an expression gives for a document; undefined for what is missing. */
export type Expression = (doc: Doc) => unknown;

/** A field path (`$a.b`), a constant, or a document of such; operators and variables are outside the cut. */
export function compileExpression(spec: unknown): Expression {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    const path = parsePath(spec.slice(1));
    return (doc) => plainAt(doc, path);
  }
  if (Array.isArray(spec)) throw badValue('the embedded store has no arrays in expressions');
  if (!isDoc(spec)) return () => spec;
  const fields = Object.entries(spec).map(([name, inner]): [string, Expression] => {
    if (name.startsWith('$') || name.includes('.'))
      throw badValue(`the embedded store has only fields and constants here, no '${name}'`);
    return [keyFor(name), compileExpression(inner)];
  });
  return (doc) => {
    const values = fields.map(([name, of]): [string, unknown] => [name, of(doc)]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}
