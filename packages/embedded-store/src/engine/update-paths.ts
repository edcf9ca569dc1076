import { type Doc, isDoc, keyFor, nameOf } from './doc.ts';
import { badValue, MongoError } from './mongo-error.ts';
import { type Path, remembering } from './paths.ts';

/** What becomes of the value at the end of a path. */
export type Aim = {
  /** The new value by the old one, and the document as it was; undefined takes the field away. */
  change: (old: unknown, before: Doc) => unknown;
  /** Whether a path that leads nowhere is made, and refused where it cannot be. */
  creates: boolean;
  /** Whether nothing is to be done at all. */
  skips?: ((before: Doc) => boolean) | undefined;
};

/** Which elements `$[name]` means. */
export type ElementTests = ReadonlyMap<string, (element: unknown) => boolean>;

/** The document before the update, where the search found its element, and which elements have names. */
type Applied = { before: Doc; place?: number | undefined; elements: ElementTests };

/** More places are never filled up at once. */
const MOST_FILLED = 1_500_000;

/** Cuts the path of an update, which may name places: a number, `$`, `$[]`, `$[name]`. 56 for empty parts. */
export const parseUpdatePath = remembering((text) => {
  const path = nameOf(text).split('.');
  if (path.includes(''))
    throw new MongoError(56, 'EmptyFieldName', `The update path '${text}' contains an empty field name`);
  if (path[0]?.startsWith('$')) throw new MongoError(52, 'DollarPrefixedFieldName', `'${text}' begins with a $`);
  const isPart = (part: string): boolean => !part.startsWith('$') || /^\$(\[([a-z][a-zA-Z0-9]*)?\])?$/.test(part);
  if (path.every((part) => part !== '__proto__' && isPart(part))) return path;
  throw badValue(`the embedded store has no path '${text}'`);
});

/** A copy of `node` with what is at the path changed; `node` itself when that changes nothing. */
export function changedAt(node: unknown, way: { path: Path; aim: Aim }, of: Applied, at = 0): unknown {
  const part = way.path[at];
  if (part === undefined) return way.aim.change(node, of.before);
  if (Array.isArray(node)) return changedIn(node, part, way, of, at);
  if (part.startsWith('$')) throw badValue(`The path '${way.path.slice(0, at).join('.')}' must be an array here`);
  if (node !== undefined && !isDoc(node)) return way.aim.creates ? notViable(part) : node;
  const key = keyFor(part);
  const old = node !== undefined && Object.hasOwn(node, key) ? node[key] : undefined;
  const value = changedAt(old, way, of, at + 1);
  if (value === old) return node;
  if (value !== undefined) return { ...node, [key]: value };
  const { [key]: _removed, ...others } = node ?? {};
  return others;
}

function notViable(part: string): never {
  throw new MongoError(28, 'PathNotViable', `Cannot create field '${part}' in what is there`);
}

function changedIn(array: unknown[], part: string, way: { path: Path; aim: Aim }, of: Applied, at: number): unknown {
  const places = placesOf(array, part, of);
  if (!places) return way.aim.creates ? notViable(part) : array;
  const after = [...array];
  let isChanged = false;
  for (const place of places) {
    const value = changedAt(array[place], way, of, at + 1);
    if (value === array[place]) continue;
    if (place > array.length + MOST_FILLED) throw badValue(`can't backfill more than ${MOST_FILLED} elements`);
    while (after.length < place) after.push(null);
    after[place] = value ?? null;
    isChanged = true;
  }
  return isChanged ? after : array;
}

/** The places in an array that a part of a path means; undefined when it names a field. */
function placesOf(array: readonly unknown[], part: string, { place, elements }: Applied): number[] | undefined {
  if (/^(0|[1-9]\d*)$/.test(part)) return [Number(part)];
  if (!part.startsWith('$')) return undefined;
  if (part === '$[]') return [...array.keys()];
  if (part !== '$') {
    const test = elements.get(part.slice(2, -1));
    if (!test) throw badValue(`No array filter found for identifier '${part.slice(2, -1)}'`);
    return [...array.keys()].filter((each) => test(array[each]));
  }
  if (place !== undefined) return [place];
  throw badValue('The positional operator did not find the match needed from the query.');
}
