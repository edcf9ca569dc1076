import type { Filter } from './filter.ts';
import { parseElement } from './filter.ts';
import { badValue, failedToParse, MongoError, typeMismatch } from './mongo-error.ts';
import { compareValues, equalValues } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import { add, type Doc, isDecimal, isDoc, isNumber, withIdFirst } from './values.ts';

/** What an operator makes of a field's old value (undefined: missing). */
type Change = (old: unknown) => unknown;

interface Step {
  path: Path;
  change: Change;
  onInsertOnly: boolean;
}

/** A parsed update: a whole new document, or changes of fields. */
export type Update = { replacement: Doc } | { steps: readonly Step[] };

const REMOVE = Symbol('remove');
const KEEP = Symbol('keep');
const MAX_PADDING = 1_500_000;

const OPERATORS: ReadonlyMap<string, (argument: unknown, path: string) => Change> = new Map([
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
  [
    '$min',
    (argument: unknown): Change =>
      (old) =>
        old === undefined || compareValues(argument, old) < 0 ? argument : KEEP,
  ],
  [
    '$max',
    (argument: unknown): Change =>
      (old) =>
        old === undefined || compareValues(argument, old) > 0 ? argument : KEEP,
  ],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pull', pull],
]);

function increment(by: unknown, path: string): Change {
  const isAddable = (value: unknown): boolean => isNumber(value) || isDecimal(value);
  if (!isAddable(by)) throw typeMismatch(`Cannot increment with non-numeric argument: ${path}`);
  return (old) => {
    if (old === undefined) return by;
    if (isAddable(old)) return add(old, by);
    throw typeMismatch(`Cannot apply $inc to a value of non-numeric type: ${path}`);
  };
}

function push(argument: unknown, path: string): Change {
  const added = each(argument);
  return (old) => [...arrayAt(old, path), ...added];
}

function addToSet(argument: unknown, path: string): Change {
  const added = each(argument);
  return (old) => {
    const array = arrayAt(old, path);
    for (const value of added) if (!array.some((known) => equalValues(known, value))) array.push(value);
    return array;
  };
}

function pull(argument: unknown, path: string): Change {
  const matches = isDoc(argument) ? parseElement(argument) : (element: unknown) => equalValues(element, argument);
  return (old) => (old === undefined ? KEEP : arrayAt(old, path).filter((element) => !matches(element)));
}

function each(argument: unknown): unknown[] {
  const names = isDoc(argument) ? Object.keys(argument) : [];
  if (!isDoc(argument) || !names.some((name) => name.startsWith('$'))) return [argument];
  const { $each } = argument;
  if (names.length > 1 || names[0] !== '$each')
    throw badValue(`the embedded store knows only $each here, not ${names}`);
  if (!Array.isArray($each)) throw badValue('The argument to $each must be an array');
  return $each;
}

function arrayAt(old: unknown, path: string): unknown[] {
  if (old !== undefined && !Array.isArray(old)) throw badValue(`The field '${path}' must be an array`);
  return [...(old ?? [])];
}

/** Parses an update; FailedToParse for every operator outside the cut and for pipelines. */
export function parseUpdate(update: unknown): Update {
  if (!isDoc(update)) throw failedToParse('the embedded store takes an update only as an object');
  const names = Object.keys(update);
  if (!names[0]?.startsWith('$')) {
    if (!names.some((name) => name.startsWith('$'))) return { replacement: update };
    throw new MongoError(52, 'DollarPrefixedFieldName', 'a replacement cannot have fields that begin with $');
  }
  const steps = Object.entries(update).flatMap(([name, fields]): Step[] => {
    const operator = OPERATORS.get(name);
    if (!operator) throw failedToParse(`Unknown modifier: ${name}`);
    if (!isDoc(fields)) throw failedToParse(`Modifiers operate on fields but ${name} has none`);
    return Object.entries(fields).map(([path, argument]) => {
      return { path: checkedPath(path), change: operator(argument, path), onInsertOnly: name === '$setOnInsert' };
    });
  });
  return { steps: inOrder(steps) };
}

function checkedPath(text: string): Path {
  const path = text.split('.');
  for (const part of path) {
    if (part === '')
      throw new MongoError(56, 'EmptyFieldName', `The update path '${text}' contains an empty field name`);
    if (part.startsWith('$')) throw badValue(`the embedded store has no positional or $-prefixed paths ('${text}')`);
    if (part === '__proto__') throw badValue('the embedded store does not update fields named __proto__');
  }
  return path;
}

/** New fields come by name, positions by number. A path stands right before what is inside it: that is a conflict. */
function inOrder(steps: Step[]): Step[] {
  steps.sort(({ path: a }, { path: b }) => {
    const at = a.findIndex((part, place) => part !== b[place]);
    const [left, right] = [a[at], b[at]];
    if (left === undefined || right === undefined) return a.length - b.length;
    return isPosition(left) && isPosition(right) ? Number(left) - Number(right) : left < right ? -1 : 1;
  });
  const clash = steps.find(({ path }, place) => steps[place - 1]?.path.every((part, at) => part === path[at]));
  if (!clash) return steps;
  const text = `Updating the path '${clash.path.join('.')}' would create a conflict`;
  throw new MongoError(40, 'ConflictingUpdateOperators', text);
}

/** The document after the update; `before` is left alone. The `_id` cannot change (error 66). */
export function applyUpdate(update: Update, before: Doc, inserting: boolean): Doc {
  const { _id: id } = before;
  let after: Doc;
  if ('replacement' in update) after = id === undefined ? update.replacement : { _id: id, ...update.replacement };
  else {
    after = copyOf(before);
    for (const step of update.steps) if (inserting || !step.onInsertOnly) applyStep(after, step);
  }
  if (id === undefined || (after._id !== undefined && equalValues(after._id, id))) return after;
  throw new MongoError(66, 'ImmutableField', "the update would modify the immutable field '_id'");
}

/** The document that an upsert inserts: what the filter says by equality, then the update. */
export function upsertedDocument(update: Update, { leaves }: Filter): Doc {
  const equalities = leaves.filter(({ by, path }) => by === 'eq' && ('steps' in update || path.join('.') === '_id'));
  const base: Doc = {};
  const steps = equalities.map(({ path, operand }): Step => ({ path, change: () => operand, onInsertOnly: false }));
  for (const step of inOrder(steps)) applyStep(base, step);
  return withIdFirst(applyUpdate(update, base, true));
}

function applyStep(doc: Doc, { path, change }: Step): void {
  const value = change(path.reduce<unknown>(partOf, doc));
  if (value === KEEP) return;
  let node: unknown = doc;
  for (const [place, part] of path.entries()) {
    const isLast = place === path.length - 1;
    const next = partOf(node, part);
    if (isLast) setPart(node, part, value, path);
    else if (next === undefined) setPart(node, part, {}, path);
    node = partOf(node, part);
  }
}

function setPart(node: unknown, part: string, value: unknown, path: Path): void {
  if (Array.isArray(node) && isPosition(part)) {
    const missing = Number(part) - node.length;
    if (missing > MAX_PADDING) throw badValue(`setting '${path.join('.')}' would pad the array with too many nulls`);
    for (let left = missing; left > 0; left--) node.push(null);
    node[Number(part)] = value === REMOVE ? null : value;
  } else if (!isDoc(node)) {
    throw new MongoError(28, 'PathNotViable', `Cannot create field '${part}' of '${path.join('.')}' in what is there`);
  } else if (value === REMOVE) {
    delete node[part];
  } else {
    node[part] = value;
  }
}

function copyOf(doc: Doc): Doc {
  return Object.fromEntries(Object.entries(doc).map(([name, value]) => [name, copyOfValue(value)]));
}

function copyOfValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOfValue);
  return isDoc(value) ? copyOf(value) : value;
}
