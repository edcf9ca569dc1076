import { Int32 } from 'bson';
import { parseFilter } from './filter.ts';
import { MongoError } from './mongo-error.ts';
import { isPosition } from './paths.ts';
import { asDoc, asFlag, asInteger, type Doc, encode, isNumber } from './values.ts';

const FIELDS = ['v', 'key', 'name', 'unique', 'partialFilterExpression', 'sparse', 'expireAfterSeconds'];
const MAX_EXPIRY_SECONDS = 2 ** 31 - 1;

/** Checks a requested index and gives it as `listIndexes` tells it; error 67 for kinds of index outside the cut. */
export function checkedSpec(request: unknown): Doc {
  const asked = asDoc(request, 'createIndexes.indexes', [...FIELDS, 'background']);
  const { name, partialFilterExpression: partial } = asked;
  const key = checkedKey(asDoc(asked.key, 'key'));
  const isCompound = Object.keys(key).length > 1;
  const seconds = asInteger(asked.expireAfterSeconds, 'expireAfterSeconds');
  const sparse = asFlag(asked.sparse, 'sparse');
  if (typeof name !== 'string' || name === '') throw refused('the index must have a name');
  if (sparse && isCompound) throw refused('the embedded store has no compound sparse indexes');
  if (sparse && partial !== undefined) throw refused('cannot mix partialFilterExpression and sparse options');
  if (partial !== undefined && !parseFilter(asDoc(partial, 'partialFilterExpression')).exact) {
    throw refused('unsupported expression in partial index');
  }
  if (seconds !== undefined && isCompound) throw refused('TTL indexes are single-field indexes');
  if (seconds !== undefined && (seconds < 0 || seconds > MAX_EXPIRY_SECONDS))
    throw refused('expireAfterSeconds is out of range');
  return {
    v: new Int32(2),
    key,
    name,
    ...(asFlag(asked.unique, 'unique') ? { unique: true } : {}),
    ...(sparse ? { sparse } : {}),
    ...(partial === undefined ? {} : { partialFilterExpression: partial }),
    ...(seconds === undefined ? {} : { expireAfterSeconds: new Int32(seconds) }),
  };
}

/** Whether two index specifications agree, as a whole or in some fields. */
export function sameSpec(a: Doc, b: Doc, fields = FIELDS): boolean {
  return fields.every((field) => encode({ is: a[field] ?? null }).equals(encode({ is: b[field] ?? null })));
}

function checkedKey(key: Doc): Doc {
  const fields = Object.entries(key).map(([path, direction]): [string, Int32] => {
    const number = isNumber(direction) ? Number(String(direction)) : 0;
    if (number !== 1 && number !== -1) throw refused(`the embedded store has no index of kind ${String(direction)}`);
    const parts = path.split('.');
    if (!parts.some((part) => part === '' || part.startsWith('$') || isPosition(part)))
      return [path, new Int32(number)];
    throw refused(`the embedded store has no index on '${path}'`);
  });
  if (fields.length === 0) throw refused('Index keys cannot be empty.');
  return Object.fromEntries(fields);
}

function refused(message: string): MongoError {
  return new MongoError(67, 'CannotCreateIndex', message);
}
