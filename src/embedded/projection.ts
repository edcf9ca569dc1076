import { badValue } from './mongo-error.ts';
import { type Doc, flagOf, isDoc } from './values.ts';

type Tree = Map<string, Tree | 'leaf'>;

/** A compiled projection. */
export type Projection = (doc: Doc) => Doc;

/** Compiles an inclusion or an exclusion; undefined for an empty one, BadValue for operators and mixtures. */
export function compileProjection(spec: Doc): Projection | undefined {
  const flags = Object.entries(spec).map(([path, value]) => ({ path, on: flagOf(value) }));
  const odd = flags.find(({ on }) => on === undefined);
  if (odd) throw badValue(`the projection of '${odd.path}' must be 1 or 0 in the embedded store`);
  if (flags.length === 0) return undefined;
  const others = flags.filter(({ path }) => path !== '_id');
  const id = flags.find(({ path }) => path === '_id')?.on;
  const including = others[0]?.on ?? id ?? true;
  if (others.some(({ on }) => on !== including)) throw badValue('Cannot mix inclusion and exclusion in a projection');
  const namesId = including ? id !== false : id === false;
  const tree = treeOf([...others.map(({ path }) => path), ...(namesId ? ['_id'] : [])]);
  return (doc) => project(doc, tree, including);
}

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    const parts = path.split('.');
    let node = root;
    for (const [place, part] of parts.entries()) {
      if (part === '' || part.startsWith('$')) throw badValue(`Invalid projection path '${path}'`);
      const known = node.get(part);
      const isLast = place === parts.length - 1;
      if (known === 'leaf' || (known && isLast)) throw badValue(`Path collision at ${path}`);
      const next: Tree = known ?? new Map();
      node.set(part, isLast ? 'leaf' : next);
      node = next;
    }
  }
  return root;
}

function project(doc: Doc, tree: Tree, including: boolean): Doc {
  const kept = Object.entries(doc).flatMap(([name, value]): [string, unknown][] => {
    const node = tree.get(name);
    if (node === undefined) return including ? [] : [[name, value]];
    if (node === 'leaf') return including ? [[name, value]] : [];
    return inside(value, node, including).map((part) => [name, part]);
  });
  return Object.fromEntries(kept);
}

/** What stays of a value inside which something is named: nothing (an empty list) or one value. */
function inside(value: unknown, tree: Tree, including: boolean): unknown[] {
  if (isDoc(value)) return [project(value, tree, including)];
  if (Array.isArray(value)) return [value.flatMap((element) => inside(element, tree, including))];
  return including ? [] : [value];
}
