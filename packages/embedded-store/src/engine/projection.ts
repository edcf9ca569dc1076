import { type Doc, isDoc, keyFor } from './doc.ts';
import { badValue, type MongoError, unnamed } from './mongo-error.ts';
import { type Path, parsePath } from './paths.ts';
import { asDoc, asFlag } from './values.ts';

/** The fields that a projection names: whole, or with what is named inside of them. */
type Named = Map<string, Named | 'whole'>;

/** Compiles an inclusion or exclusion of fields, nested ones too; undefined for an empty one, an error for anything else. */
export function compileProjection(spec: unknown): ((doc: Doc) => Doc) | undefined {
  const { _id, ...others } = asDoc(spec, 'projection');
  const named: Named = new Map();
  const flags = new Set<boolean>();
  for (const { path, of } of leavesOf(others, 51270)) {
    flags.add(asFlag(of ?? '', 'projection'));
    add(named, path, path.join('.'));
  }
  if (named.size === 0 && _id === undefined) return undefined;
  if (flags.size > 1) throw mixed([...flags][0] === true, Object.keys(others).at(-1) ?? '');
  const keepsId = asFlag(_id ?? true, '_id');
  const [including = keepsId] = flags;
  if (keepsId === including) named.set('_id', 'whole');
  return (doc) => picked(doc, named, including);
}

/** Each field that is named, also inside of others: `{a: {b: 1}}` names `a.b`. `empty`: the error of an empty document. */
export function leavesOf(spec: Doc, empty: number, above: Path = []): { path: Path; of: unknown }[] {
  return Object.entries(spec).flatMap(([name, of]) => {
    if (above.length > 0 && name.startsWith('$')) throw badValue(`the embedded store has no ${name} here`);
    const path = [...above, ...parsePath(name)];
    if (!isDoc(of)) return [{ path, of }];
    if (Object.keys(of).length === 0) throw unnamed(empty, `an empty object is not a valid value: ${path.join('.')}`);
    return leavesOf(of, empty, path);
  });
}

function add(named: Named, [part = '', ...rest]: readonly string[], whole: string): void {
  const key = keyFor(part);
  const known = named.get(key);
  if (known === 'whole' || (known && rest.length === 0))
    throw unnamed(known === 'whole' ? 31249 : 31250, `Path collision at ${whole}`);
  if (rest.length === 0) return void named.set(key, 'whole');
  const inside: Named = known ?? new Map();
  named.set(key, inside);
  add(inside, rest, whole);
}

function mixed(including: boolean, name: string): MongoError {
  const [wrong, right] = including ? ['exclusion', 'inclusion'] : ['inclusion', 'exclusion'];
  return unnamed(including ? 31254 : 31253, `Cannot do ${wrong} on field ${name} in ${right} projection`);
}

function picked(doc: Doc, named: Named, including: boolean): Doc {
  const fields: [string, unknown][] = [];
  for (const [key, value] of Object.entries(doc)) {
    const inside = named.get(key);
    const kept =
      inside instanceof Map
        ? pickedInside(value, inside, including)
        : (inside !== undefined) === including
          ? value
          : undefined;
    if (kept !== undefined) fields.push([key, kept]);
  }
  return Object.fromEntries(fields);
}

/** Inside an array each element is looked into; what is no document has none of the fields. */
function pickedInside(value: unknown, named: Named, including: boolean): unknown {
  if (isDoc(value)) return picked(value, named, including);
  if (!Array.isArray(value)) return including ? undefined : value;
  return value.map((element) => pickedInside(element, named, including)).filter((element) => element !== undefined);
}
