import { ObjectId } from 'bson';
import { type Filter, parseElement } from './filter.ts';
import { badValue, failedToParse, MongoError } from './mongo-error.ts';
import { compareValues, equalValues } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import { add, type Doc, decode, encode, isDoc, isNumber } from './values.ts';

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

const OPERATORS: Readonly<Record<string, (argument: unknown, path: string) => Change>> = {
  $set: (argument) => () => argument,
  $setOnInsert: (argument) => () => argument,
  $unset: () => (old) => (old === undefined ? KEEP : REMOVE),
  $min: (argument) => (old) => (old === undefined || compareValues(argument, old) < 0 ? argument : KEEP),
  $max: (argument) => (old) => (old === undefined || compareValues(argument, old) > 0 ? argument : KEEP),
  $inc: (by, path) => (old) => {
    if (isNumber(by) && (old === undefined || isNumber(old))) return old === undefined ? by : add(old, by);
    throw new MongoError(14, 'TypeMismatch', `$inc needs numbers: ${path}`);
  },
  $push: (argument, path) => {
    const added = each(argument);
    return (old) => [...arrayAt(old, path), ...added];
  },
  $addToSet: (argument, path) => {
    const added = each(argument);
    return (old) => {
      const array = [...arrayAt(old, path)];
      for (const value of added) if (!array.some((known) => equalValues(known, value))) array.push(value);
      return array;
    };
  },
  $pull: (argument, path) => {
    const matches = isDoc(argument) ? parseElement(argument) : (element: unknown) => equalValues(element, argument);
    return (old) => (old === undefined ? KEEP : arrayAt(old, path).filter((element) => !matches(element)));
  },
};

function each(argument: unknown): unknown[] {
  if (!isDoc(argument) || !Object.keys(argument).some((name) => name.startsWith('$'))) return [argument];
  const { $each: values, ...others } = argument;
  if (Array.isArray(values) && Object.keys(others).length === 0) return values;
  throw badValue('the embedded store knows only $each with an array here');
}

function arrayAt(old: unknown, path: string): unknown[] {
  if (old !== undefined && !Array.isArray(old)) throw badValue(`The field '${path}' must be an array`);
  return old ?? [];
}

/** Parses an update; FailedToParse for every operator outside the cut and for pipelines. */
export function parseUpdate(update: unknown): Update {
  if (!isDoc(update)) throw failedToParse('the embedded store takes an update only as an object');
  const names = Object.keys(update);
  if (!names.some((name) => name.startsWith('$'))) return { replacement: update };
  const steps = Object.entries(update).flatMap(([name, fields]): Step[] => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
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
  if (path.includes('')) throw new MongoError(56, 'EmptyFieldName', `The path '${text}' contains an empty field name`);
  if (!path.some((part) => part.startsWith('$') || part === '__proto__')) return path;
  throw badValue(`the embedded store has no positional or $-prefixed update paths ('${text}')`);
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
  throw new MongoError(40, 'ConflictingUpdateOperators', `the path '${clash.path.join('.')}' is changed twice`);
}

/** The document after the update; `before` is left alone. The `_id` cannot change (error 66). */
export function applyUpdate(update: Update, before: Doc, inserting = false): Doc {
  const { _id: id } = before;
  let after: Doc;
  if ('replacement' in update) after = id === undefined ? update.replacement : { _id: id, ...update.replacement };
  else {
    after = decode(encode(before));
    for (const step of update.steps) if (inserting || !step.onInsertOnly) applyStep(after, step);
  }
  if (id === undefined || (after._id !== undefined && equalValues(after._id, id))) return after;
  throw new MongoError(66, 'ImmutableField', "the update would modify the immutable field '_id'");
}

/** The document that an upsert inserts: what the filter says by equality, then the update. */
export function upsertedDocument(update: Update, { leaves }: Filter): Doc {
  const equal = leaves.filter(({ by, path }) => by === '$eq' && ('steps' in update || path.join('.') === '_id'));
  const base: Doc = {};
  const steps = equal.map(({ path, operand }) => ({ path, change: () => operand, onInsertOnly: false }));
  for (const step of inOrder(steps)) applyStep(base, step);
  return withIdFirst(applyUpdate(update, base, true));
}

/** The document with its `_id` first, as MongoDB stores it; a missing one is made. */
export function withIdFirst(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc;
  return Object.keys(doc)[0] === '_id' ? doc : { _id, ...rest };
}

function applyStep(doc: Doc, { path, change }: Step): void {
  const value = change(path.reduce<unknown>(partOf, doc));
  if (value === KEEP) return;
  let node: unknown = doc;
  for (const [place, part] of path.entries()) {
    if (place === path.length - 1) setPart(node, part, value);
    else if (partOf(node, part) === undefined) setPart(node, part, {});
    node = partOf(node, part);
  }
}

function setPart(node: unknown, part: string, value: unknown): void {
  if (Array.isArray(node) && isPosition(part)) {
    if (Number(part) > node.length + MAX_PADDING) throw badValue('this would pad the array with too many nulls');
    while (node.length < Number(part)) node.push(null);
    node[Number(part)] = value === REMOVE ? null : value;
  } else if (!isDoc(node)) {
    throw new MongoError(28, 'PathNotViable', `Cannot create field '${part}' in what is there`);
  } else if (value === REMOVE) delete node[part];
  else node[part] = value;
}
