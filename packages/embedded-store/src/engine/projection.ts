import { badValue } from './mongo-error.ts';
import { parsePath } from './paths.ts';
import { asDoc, asFlag, type Doc } from './values.ts';

/** Compiles an inclusion or exclusion of whole fields; undefined for an empty one, an error for anything else. */
export function compileProjection(spec: unknown): ((doc: Doc) => Doc) | undefined {
  const { _id, ...others } = asDoc(spec, 'projection');
  const names = new Set(Object.keys(others));
  if (names.size === 0 && _id === undefined) return undefined;
  if ([...names].some((name) => parsePath(name).length > 1)) throw badValue('the embedded store projects whole fields');
  const flags = new Set(Object.values(others).map((flag) => asFlag(flag ?? '', 'projection')));
  if (flags.size > 1) throw badValue('Cannot mix inclusion and exclusion in a projection');
  const keepsId = asFlag(_id ?? true, '_id');
  const [including = keepsId] = flags;
  const keeps = (name: string): boolean => (name === '_id' ? keepsId : names.has(name) === including);
  return (doc) => Object.fromEntries(Object.entries(doc).filter(([name]) => keeps(name)));
}
