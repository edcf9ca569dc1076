import { badValue } from './mongo-error.ts';
import { type Doc, flagOf, isDoc } from './values.ts';

/** What is named, by field; `true` is the whole field. */
type Tree = { [name: string]: Tree | true };

/** Compiles an inclusion or an exclusion; undefined for an empty one, BadValue for operators and mixtures. */
export function compileProjection(spec: Doc): ((doc: Doc) => Doc) | undefined {
  const { _id, ...others } = spec;
  const flags = new Set(Object.values(others).map(flagOf));
  if (flags.has(undefined)) throw badValue('a projection must be 1 or 0 in the embedded store');
  if (flags.size > 1) throw badValue('Cannot mix inclusion and exclusion in a projection');
  if (Object.keys(spec).length === 0) return undefined;
  const id = flagOf(_id ?? true);
  if (id === undefined) throw badValue("a projection of '_id' must be 1 or 0");
  const [including = id] = flags;
  const tree: Tree = Object.create(null);
  for (const path of id === including ? [...Object.keys(others), '_id'] : Object.keys(others)) name(tree, path);
  return (doc) => project(doc, tree, including === true);
}

function name(tree: Tree, path: string): void {
  const parts = path.split('.');
  let node = tree;
  for (const [place, part] of parts.entries()) {
    if (part === '' || part.startsWith('$')) throw badValue(`Invalid projection path '${path}'`);
    const known = node[part];
    const isLast = place === parts.length - 1;
    if (known === true || (known && isLast)) throw badValue(`Path collision at ${path}`);
    const next: Tree = known ?? Object.create(null);
    node[part] = isLast ? true : next;
    node = next;
  }
}

function project(doc: Doc, tree: Tree, including: boolean): Doc {
  const kept = Object.entries(doc).flatMap(([field, value]): [string, unknown][] => {
    const node = tree[field];
    if (node && node !== true) return inside(value, node, including).map((part) => [field, part]);
    return (node === true) === including ? [[field, value]] : [];
  });
  return Object.fromEntries(kept);
}

/** What stays of a value inside which something is named: nothing (an empty list) or one value. */
function inside(value: unknown, tree: Tree, including: boolean): unknown[] {
  if (isDoc(value)) return [project(value, tree, including)];
  if (Array.isArray(value)) return [value.flatMap((element) => inside(element, tree, including))];
  return including ? [] : [value];
}
