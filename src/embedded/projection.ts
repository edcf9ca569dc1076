import { MongoError } from './mongo-error.ts';
import { type Doc, isDoc, isNumber } from './values.ts';

type Tree = Map<string, Tree | 'leaf'>;

/** A compiled projection. */
export type Projection = (doc: Doc) => Doc;

/** Whether a projection's value switches a field on or off; undefined when it is anything else. */
export function asSwitch(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return isNumber(value) ? Number(String(value)) !== 0 : undefined;
}

/** Compiles an inclusion or an exclusion; undefined for an empty one, BadValue for operators and mixtures. */
export function compileProjection(spec: Doc): Projection | undefined {
  const entries = Object.entries(spec).map(([path, value]) => {
    const on = asSwitch(value);
    if (on === undefined)
      throw new MongoError('BadValue', `projection of '${path}' must be 1 or 0 in the embedded store`);
    return { path, on };
  });
  if (entries.length === 0) return undefined;
  const others = entries.filter(({ path }) => path !== '_id');
  const id = entries.find(({ path }) => path === '_id')?.on;
  const including = others[0]?.on ?? id ?? true;
  if (others.some(({ on }) => on !== including)) {
    throw new MongoError('BadValue', 'Cannot mix inclusion and exclusion in a projection');
  }
  const paths = others.map(({ path }) => path);
  if (including ? id !== false : id === false) paths.push('_id');
  const tree = treeOf(paths);
  return including ? (doc) => include(doc, tree) : (doc) => exclude(doc, tree);
}

function treeOf(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    const parts = path.split('.');
    let node = root;
    parts.forEach((part, place) => {
      if (part === '' || part.startsWith('$')) throw new MongoError('BadValue', `Invalid projection path '${path}'`);
      const known = node.get(part);
      const isLast = place === parts.length - 1;
      if (known === 'leaf' || (known && isLast)) throw new MongoError('BadValue', `Path collision at ${path}`);
      const next: Tree = known ?? new Map();
      node.set(part, isLast ? 'leaf' : next);
      node = next;
    });
  }
  return root;
}

function include(doc: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const node = tree.get(name);
    if (node === 'leaf') kept[name] = value;
    else if (node && isDoc(value)) kept[name] = include(value, node);
    else if (node && Array.isArray(value)) kept[name] = includeInArray(value, node);
  }
  return kept;
}

function includeInArray(array: readonly unknown[], tree: Tree): unknown[] {
  return array.flatMap((element): unknown[] => {
    if (isDoc(element)) return [include(element, tree)];
    return Array.isArray(element) ? [includeInArray(element, tree)] : [];
  });
}

function exclude(doc: Doc, tree: Tree): Doc {
  const kept: Doc = {};
  for (const [name, value] of Object.entries(doc)) {
    const node = tree.get(name);
    if (node !== 'leaf') kept[name] = node ? excludeInside(value, node) : value;
  }
  return kept;
}

function excludeInside(value: unknown, tree: Tree): unknown {
  if (isDoc(value)) return exclude(value, tree);
  return Array.isArray(value) ? value.map((element) => excludeInside(element, tree)) : value;
}
