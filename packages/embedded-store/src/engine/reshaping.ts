import { type Doc, isDoc, keyFor } from './doc.ts';
import { compileExpression } from './expression.ts';
import { badValue, unnamed } from './mongo-error.ts';
import { type Path, parsePath, partOf } from './paths.ts';
import { compileProjection, leavesOf } from './projection.ts';
import { asFlag } from './values.ts';

/** What a stage makes of each document: none, one, or several. */
type Reshaping = (doc: Doc) => Iterable<Doc>;

/** The stages that look at one document alone, by name. */
export const RESHAPING: Readonly<Record<string, (argument: unknown) => Reshaping>> = {
  $project: (argument) => {
    const project = compileProjection(argument);
    if (!project) throw badValue('$project must be an object with at least one field');
    return (doc) => [project(doc)];
  },
  $unset: (argument) => {
    const names: unknown[] = Array.isArray(argument) ? argument : [argument];
    if (names.length === 0 || !names.every((name) => typeof name === 'string'))
      throw unnamed(31120, '$unset needs the name of a field, or an array of such');
    const project = compileProjection(Object.fromEntries(names.map((name) => [name, false])));
    return (doc) => [project?.(doc) ?? doc];
  },
  $addFields: addFields,
  $set: addFields,
  $replaceRoot: (argument) => {
    const [name = '', second] = isDoc(argument) ? Object.keys(argument) : [];
    if (!isDoc(argument) || name !== 'newRoot' || second) throw unnamed(40231, '$replaceRoot needs newRoot alone');
    return replaceRoot(argument.newRoot);
  },
  $replaceWith: replaceRoot,
  $unwind: unwind,
};

function addFields(spec: unknown): Reshaping {
  if (!isDoc(spec) || Object.keys(spec).length === 0) throw unnamed(40177, '$addFields needs at least one field');
  const added = leavesOf(spec, 40180).map(({ path, of }) => ({ path, of: compileExpression(of) }));
  return (doc) => [added.reduce((before, { path, of }) => withAt(before, path, of(doc)) as Doc, doc)];
}

function replaceRoot(spec: unknown): Reshaping {
  const of = compileExpression(spec);
  return (doc) => {
    const root = of(doc);
    if (!isDoc(root)) throw unnamed(40228, "'newRoot' expression must evaluate to an object");
    return [root];
  };
}

/** One document for each element of an array; what is no array is left as it is. */
function unwind(spec: unknown): Reshaping {
  const { path: named, ...options } = isDoc(spec) ? spec : { path: spec };
  const { preserveNullAndEmptyArrays, includeArrayIndex, ...others } = options as Doc;
  if (Object.keys(others).length > 0) throw unnamed(28811, 'unrecognized option to $unwind stage');
  if (typeof named !== 'string') throw unnamed(28808, 'expected a string as the path for $unwind stage');
  if (!named.startsWith('$')) throw unnamed(28818, `path option to $unwind stage should be prefixed with a '$'`);
  const path = parsePath(named.slice(1));
  const keepsAll = asFlag(preserveNullAndEmptyArrays, 'preserveNullAndEmptyArrays');
  if (includeArrayIndex !== undefined) throw badValue('the embedded store has no includeArrayIndex');
  return (doc) => {
    const value = path.reduce<unknown>(partOf, doc);
    if (Array.isArray(value) && value.length > 0) return value.map((element) => withAt(doc, path, element) as Doc);
    if (!Array.isArray(value) && value !== undefined && value !== null) return [doc];
    if (!keepsAll) return [];
    return [Array.isArray(value) ? (withAt(doc, path, undefined) as Doc) : doc];
  };
}

/** A copy with a value at a path, in every element of arrays on the way; what is no document becomes one. Undefined takes it away. */
export function withAt(node: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value;
  if (Array.isArray(node)) return node.map((element) => withAt(element, [part, ...rest], value));
  const key = keyFor(part);
  const { [key]: old, ...others } = isDoc(node) ? node : {};
  const after = rest.length === 0 ? value : withAt(old, rest, value);
  if (after === undefined) return others;
  return isDoc(node) ? { ...node, [key]: after } : { [key]: after };
}
