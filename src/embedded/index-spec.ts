import { Int32 } from 'bson';
import { checkPart } from './command.ts';
import { type Condition, parseFilter } from './filter.ts';
import { MongoError } from './mongo-error.ts';
import { isPosition } from './paths.ts';
import { asDoc, asFlag, asInteger, type Doc, encode, isDoc, isNumber } from './values.ts';

const FIELDS = ['v', 'key', 'name', 'unique', 'partialFilterExpression', 'sparse', 'expireAfterSeconds', 'background'];
const MAX_EXPIRY_SECONDS = 2 ** 31 - 1;

/** Checks a requested index and gives it as `listIndexes` tells it; error 67 for kinds of index outside the cut. */
export function checkedSpec(request: unknown): Doc {
  const asked = checkPart(request, 'createIndexes.indexes', FIELDS);
  const key = checkedKey(asked.key);
  const paths = Object.keys(key);
  const expireAfterSeconds = asInteger(asked.expireAfterSeconds, 'expireAfterSeconds');
  if (typeof asked.name !== 'string' || asked.name === '') throw refused('the index must have a name');
  const spec: Doc = { v: new Int32(2), key, name: asked.name };
  if (asFlag(asked.unique, 'unique')) spec.unique = true;
  if (asFlag(asked.sparse, 'sparse')) {
    if (paths.length > 1) throw refused('the embedded store has no compound sparse indexes');
    spec.sparse = true;
  }
  if (asked.partialFilterExpression !== undefined) {
    if (!isDoc(asked.partialFilterExpression)) throw refused('partialFilterExpression must be an object');
    if (spec.sparse) throw refused('cannot mix partialFilterExpression and sparse options');
    checkMembership(parseFilter(asked.partialFilterExpression));
    spec.partialFilterExpression = asked.partialFilterExpression;
  }
  if (expireAfterSeconds !== undefined) {
    if (paths.length > 1) throw refused('TTL indexes are single-field indexes');
    if (expireAfterSeconds < 0 || expireAfterSeconds > MAX_EXPIRY_SECONDS)
      throw refused('expireAfterSeconds is out of range');
    spec.expireAfterSeconds = new Int32(expireAfterSeconds);
  }
  return spec;
}

/** Whether two index specifications agree, as a whole or in some fields. */
export function sameSpec(a: Doc, b: Doc, fields = FIELDS.filter((field) => field !== 'background')): boolean {
  return fields.every((field) => encode({ is: a[field] ?? null }).equals(encode({ is: b[field] ?? null })));
}

function checkedKey(value: unknown): Doc {
  const entries = Object.entries(asDoc(value, 'key'));
  if (entries.length === 0) throw refused('Index keys cannot be empty.');
  for (const [path, direction] of entries) {
    const number = isNumber(direction) ? Number(String(direction)) : 0;
    if (number !== 1 && number !== -1) throw refused(`the embedded store has no index of kind ${String(direction)}`);
    const parts = path.split('.');
    if (parts.some((part) => part === '' || part.startsWith('$') || isPosition(part))) {
      throw refused(`the embedded store has no index on '${path}'`);
    }
  }
  return Object.fromEntries(entries.map(([path, direction]) => [path, new Int32(Number(String(direction)))]));
}

/** A partial index is chosen by comparing conditions, so only these can decide what it holds. */
function checkMembership(condition: Condition): void {
  const parts = condition.kind === 'and' ? condition.parts : [condition];
  for (const part of parts) {
    if (part.kind === 'and') checkMembership(part);
    else if (part.kind !== 'compare' && part.kind !== 'exists' && part.kind !== 'in') {
      throw refused('unsupported expression in partial index');
    }
  }
}

function refused(message: string): MongoError {
  return new MongoError('CannotCreateIndex', message);
}
