import { add } from './arithmetic.ts';
import { parseElement } from './filter.ts';
import { compileElement } from './matcher.ts';
import { MongoError } from './mongo-error.ts';
import { compareValues, equalValues } from './ordered-key.ts';
import { isDoc, isNumber } from './values.ts';

/** The field goes away. */
export const REMOVE = Symbol('remove');

/** The field stays as it is, missing or not. */
export const KEEP = Symbol('keep');

/** What an operator makes of a field's old value (undefined: missing). */
export type Change = (old: unknown) => unknown;

/** The update operators of the cut: from an argument to the change of one field. */
export const UPDATE_OPERATORS: ReadonlyMap<string, (argument: unknown, path: string) => Change> = new Map([
  [
    '$set',
    (argument: unknown): Change =>
      () =>
        argument,
  ],
  [
    '$setOnInsert',
    (argument: unknown): Change =>
      () =>
        argument,
  ],
  ['$unset', (): Change => (old) => (old === undefined ? KEEP : REMOVE)],
  ['$inc', increment],
  ['$min', (argument: unknown): Change => extreme(argument, -1)],
  ['$max', (argument: unknown): Change => extreme(argument, 1)],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
]);

function increment(by: unknown, path: string): Change {
  if (!isNumber(by)) throw new MongoError('TypeMismatch', `Cannot increment with non-numeric argument: {${path}}`);
  return (old) => {
    if (old === undefined) return by;
    if (!isNumber(old)) {
      throw new MongoError('TypeMismatch', `Cannot apply $inc to a value of non-numeric type: field '${path}'`);
    }
    return add(old, by);
  };
}

function extreme(argument: unknown, sign: 1 | -1): Change {
  return (old) => (old === undefined || compareValues(argument, old) * sign > 0 ? argument : KEEP);
}

function push(argument: unknown, path: string): Change {
  const added = each('$push', argument);
  return (old) => [...arrayAt(old, path), ...added];
}

function addToSet(argument: unknown, path: string): Change {
  const added = each('$addToSet', argument);
  return (old) => {
    const array = arrayAt(old, path);
    for (const value of added) if (!array.some((known) => equalValues(known, value))) array.push(value);
    return array;
  };
}

function pull(argument: unknown, path: string): Change {
  const matches = isDoc(argument)
    ? compileElement(parseElement(argument))
    : (element: unknown) => equalValues(element, argument);
  return (old) => (old === undefined ? KEEP : arrayAt(old, path).filter((element) => !matches(element)));
}

function each(operator: string, argument: unknown): unknown[] {
  if (!isDoc(argument)) return [argument];
  const modifier = Object.keys(argument).find((name) => name.startsWith('$') && name !== '$each');
  if (modifier) throw new MongoError('BadValue', `Unrecognized clause in ${operator}: ${modifier}`);
  if (!Object.hasOwn(argument, '$each')) return [argument];
  const list = argument.$each;
  if (Object.keys(argument).length > 1)
    throw new MongoError('BadValue', `Unrecognized clause beside $each in ${operator}`);
  if (!Array.isArray(list))
    throw new MongoError('TypeMismatch', `The argument to $each in ${operator} must be an array`);
  return list;
}

function arrayAt(old: unknown, path: string): unknown[] {
  if (old === undefined) return [];
  if (!Array.isArray(old)) throw new MongoError('BadValue', `The field '${path}' must be an array but is not`);
  return [...old];
}
