import { MongoError } from './mongo-error.ts';
import type { Path } from './paths.ts';
import { asFlag, asInteger, bsonType, type Doc, isDoc } from './values.ts';

/** The comparisons of one value with an operand. */
export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

/** A parsed filter. Conditions inside a value form of `$elemMatch` have the path `[]`: the element itself. */
export type Condition =
  | { kind: 'and' | 'or'; parts: Condition[] }
  | { kind: 'not'; part: Condition }
  | { kind: 'compare'; path: Path; by: Comparison; operand: unknown }
  | { kind: 'in'; path: Path; operands: unknown[] }
  | { kind: 'exists'; path: Path }
  | { kind: 'size'; path: Path; size: number }
  | { kind: 'elemMatch'; path: Path; part: Condition; ofDocuments: boolean };

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  $eq: 'eq',
  $gt: 'gt',
  $gte: 'gte',
  $lt: 'lt',
  $lte: 'lte',
};

/** Parses a filter; BadValue for every operator outside the cut (README). */
export function parseFilter(filter: Doc): Condition {
  return { kind: 'and', parts: Object.entries(filter).map(([name, value]) => topLevel(name, value)) };
}

function topLevel(name: string, value: unknown): Condition {
  if (name === '$and' || name === '$or') {
    if (!Array.isArray(value) || value.length === 0)
      throw new MongoError('BadValue', `${name} must be a nonempty array`);
    const parts = value.map((part: unknown) => {
      if (!isDoc(part)) throw new MongoError('BadValue', `${name} entries need to be full objects`);
      return parseFilter(part);
    });
    return { kind: name === '$and' ? 'and' : 'or', parts };
  }
  if (name.startsWith('$')) throw new MongoError('BadValue', `unknown top level operator: ${name}`);
  return onPath(name.split('.'), value);
}

function onPath(path: Path, value: unknown): Condition {
  if (isOperators(value)) return operators(path, value);
  if (bsonType(value) === 'BSONRegExp') throw new MongoError('BadValue', 'unknown operator: $regex');
  return { kind: 'compare', path, by: 'eq', operand: value };
}

function isOperators(value: unknown): value is Doc {
  return bsonType(value) === 'DBRef' || (isDoc(value) && Object.keys(value)[0]?.startsWith('$') === true);
}

function operators(path: Path, spec: Doc): Condition {
  if (bsonType(spec) === 'DBRef') throw new MongoError('BadValue', 'unknown operator: $ref');
  const parts = Object.entries(spec).map(([name, operand]) => operator(path, name, operand));
  const [only] = parts;
  return only && parts.length === 1 ? only : { kind: 'and', parts };
}

function operator(path: Path, name: string, operand: unknown): Condition {
  const by = Object.hasOwn(COMPARISONS, name) ? COMPARISONS[name] : undefined;
  if (by) {
    if (by !== 'eq' && bsonType(operand) === 'BSONRegExp') {
      throw new MongoError('BadValue', `Can't have RegEx as arg to predicate over field '${path.join('.')}'.`);
    }
    return { kind: 'compare', path, by, operand };
  }
  switch (name) {
    case '$ne':
      if (bsonType(operand) === 'BSONRegExp') throw new MongoError('BadValue', "Can't have regex as arg to $ne.");
      return { kind: 'not', part: { kind: 'compare', path, by: 'eq', operand } };
    case '$in':
      return { kind: 'in', path, operands: list(name, operand) };
    case '$nin':
      return { kind: 'not', part: { kind: 'in', path, operands: list(name, operand) } };
    case '$exists':
      return asFlag(operand, '$exists') ? { kind: 'exists', path } : { kind: 'not', part: { kind: 'exists', path } };
    case '$size':
      return { kind: 'size', path, size: size(operand) };
    case '$not':
      if (!isOperators(operand)) throw new MongoError('BadValue', '$not needs a document with operators');
      return { kind: 'not', part: operators(path, operand) };
    case '$elemMatch':
      return elemMatch(path, operand);
    default:
      throw new MongoError('BadValue', `unknown operator: ${name}`);
  }
}

function list(name: string, operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw new MongoError('BadValue', `${name} needs an array`);
  for (const entry of operand) {
    if (isOperators(entry)) throw new MongoError('BadValue', `cannot nest $ under ${name}`);
    if (bsonType(entry) === 'BSONRegExp') throw new MongoError('BadValue', 'unknown operator: $regex');
  }
  return operand;
}

function size(operand: unknown): number {
  const number = asInteger(operand, '$size') ?? -1;
  if (number < 0) throw new MongoError('BadValue', '$size may not be negative');
  return number;
}

function elemMatch(path: Path, operand: unknown): Condition {
  if (!isDoc(operand)) throw new MongoError('BadValue', '$elemMatch needs an Object');
  return { kind: 'elemMatch', path, ...parseElement(operand) };
}

/** Parses what elements of an array must meet: a filter of documents, or operators on the element itself. */
export function parseElement(spec: Doc): { part: Condition; ofDocuments: boolean } {
  const [first] = Object.keys(spec);
  const ofDocuments = !first?.startsWith('$') || first === '$and' || first === '$or';
  return { ofDocuments, part: ofDocuments ? parseFilter(spec) : operators([], spec) };
}
