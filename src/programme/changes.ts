import type { Programme } from './programme.ts';

/** One thing that a programme says otherwise than another. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  /** By names: `products`, `MARKETING_CODE`, `steps`, `store`, `fields`, `city`. */
  readonly path: readonly string[];
  /** What stands there, where it is one text or number. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

type Tree = ReadonlyMap<string, unknown>;

/** What a programme says otherwise than the one before, in the order of the file: what is new or gone as a whole is told once. */
export function changesBetween(before: Programme, after: Programme): readonly Change[] {
  const languages = [...new Set([...before.words.keys(), ...after.words.keys()])];
  return [
    ...between(facts(before), facts(after), []),
    ...languages.flatMap((language) =>
      between(treeOf(before.words.get(language)), treeOf(after.words.get(language)), ['words', language]),
    ),
  ];
}

function facts({ words: _, ...rest }: Programme): Tree {
  return treeOf(rest);
}

function between(before: Tree, after: Tree, path: readonly string[]): readonly Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const inOrder = orderOf(before, after, path);
  return [
    ...names.flatMap((name): readonly Change[] => {
      const [old, now] = [before.get(name), after.get(name)];
      const at = [...path, name];
      if (isTree(old) && isTree(now)) return between(treeOf(old), treeOf(now), at);
      const [was, is] = [written(old), written(now)];
      if (old === undefined) return [{ kind: 'added', path: at, after: is }];
      if (now === undefined) return [{ kind: 'removed', path: at, before: was }];
      return was === is && isTree(old) === isTree(now) ? [] : [{ kind: 'changed', path: at, before: was, after: is }];
    }),
    ...inOrder,
  ];
}

/** What stands in both, in another order: in a list it is the order in which people read it. */
function orderOf(before: Tree, after: Tree, path: readonly string[]): readonly Change[] {
  const [old, now] = [before, after].map((tree) => [...tree.keys()].filter((key) => before.has(key) && after.has(key)));
  const isList = path.length > 0 && LISTS.has(path.at(-1) ?? '');
  if (!isList || old?.join() === now?.join()) return [];
  return [{ kind: 'changed', path: [...path, 'order'], before: old?.join(', '), after: now?.join(', ') }];
}

/** Lists whose entries have names; what stands in one is told by its name, not by its place. */
const LISTS = new Set([
  'products',
  'steps',
  'fields',
  'slots',
  'options',
  'clauses',
  'tools',
  'results',
  'markets',
  'fees',
]);

function isTree(value: unknown): value is object {
  return value instanceof Object && !(Array.isArray(value) && value.every((one) => !(one instanceof Object)));
}

function treeOf(value: unknown): Tree {
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [String(key), one]));
  if (Array.isArray(value)) return new Map(value.map((one, index) => [nameOf(one) ?? String(index + 1), one]));
  if (!(value instanceof Object)) return new Map();
  return new Map(Object.entries(value).filter(([key, one]) => key !== 'id' && one !== undefined));
}

function nameOf(value: unknown): string | undefined {
  return value instanceof Object && 'id' in value ? String(value.id) : undefined;
}

function written(value: unknown): string | undefined {
  if (isTree(value)) return undefined;
  return Array.isArray(value) ? value.join(', ') : String(value);
}
