import { type Doc, isDoc, keyFor } from './doc.ts';
import { badValue, MongoError } from './mongo-error.ts';
import { parsePath } from './paths.ts';
import { asDoc, asFlag } from './values.ts';

/** The fields that a projection names: whole, or with what is named inside of them. */
type Named = Map<string, Named | 'whole'>;

/** Compiles an inclusion or exclusion of fields, nested ones too; undefined for an empty one, an error for anything else. */
export function compileProjection(spec: unknown): ((doc: Doc) => Doc) | undefined {
  const { _id, ...others } = asDoc(spec, 'projection');
  const named: Named = new Map();
  const flags = new Set<boolean>();
  addAll(named, flags, others, []);
  if (named.size === 0 && _id === undefined) return undefined;
  if (flags.size > 1) throw mixed([...flags][0] === true, Object.keys(others).at(-1) ?? '');
  const keepsId = asFlag(_id ?? true, '_id');
  const [including = keepsId] = flags;
  if (keepsId === including) named.set('_id', 'whole');
  return (doc) => picked(doc, named, including);
}

function addAll(named: Named, flags: Set<boolean>, spec: Doc, above: readonly string[]): void {
  for (const [name, value] of Object.entries(spec)) {
    if (name.startsWith('$')) throw badValue(`the embedded store has no ${name} in a projection`);
    const path = [...above, ...parsePath(name)];
    if (isDoc(value)) {
      addAll(named, flags, value, path);
      continue;
    }
    flags.add(asFlag(value ?? '', 'projection'));
    add(named, path, path.join('.'));
  }
}

function add(named: Named, [part = '', ...rest]: readonly string[], whole: string): void {
  const key = keyFor(part);
  const known = named.get(key);
  if (known === 'whole' || (known && rest.length === 0))
    throw new MongoError(
      known === 'whole' ? 31249 : 31250,
      `Location${known === 'whole' ? 31249 : 31250}`,
      `Path collision at ${whole}`,
    );
  if (rest.length === 0) return void named.set(key, 'whole');
  const inside: Named = known ?? new Map();
  named.set(key, inside);
  add(inside, rest, whole);
}

function mixed(including: boolean, name: string): MongoError {
  return including
    ? new MongoError(31254, 'Location31254', `Cannot do exclusion on field ${name} in inclusion projection`)
    : new MongoError(31253, 'Location31253', `Cannot do inclusion on field ${name} in exclusion projection`);
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
