import { ObjectId } from 'bson';
import { type Filter, parseElement } from './filter.ts';
import { badValue, failedToParse, MongoError } from './mongo-error.ts';
import { compareValues, equalValues } from './ordered-key.ts';
import { type Path, parsePath, partOf } from './paths.ts';
import { add, type Doc, isDoc, isNumber } from './values.ts';

/** What an operator makes of a field's old value; undefined is a missing one. The old value itself changes nothing. */
type Change = (old: unknown) => unknown;

type Step = { path: Path; change: Change; onInsertOnly: boolean };

/** A parsed update: changes of fields, in the order in which they are made. */
export type Update = readonly Step[];

const OPERATORS: Readonly<Record<string, (argument: unknown, path: string) => Change>> = {
  $set: (argument) => () => argument ?? null,
  $setOnInsert: (argument) => () => argument ?? null,
  $unset: () => () => undefined,
  $min: (argument) => (old) => (old === undefined || compareValues(argument, old) < 0 ? argument : old),
  $max: (argument) => (old) => (old === undefined || compareValues(argument, old) > 0 ? argument : old),
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
    return (old) => (old === undefined ? old : arrayAt(old, path).filter((element) => !matches(element)));
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

/** Parses an update; FailedToParse for operators outside the cut, for whole new documents and for pipelines. */
export function parseUpdate(update: unknown): Update {
  if (!isDoc(update) || Object.keys(update).length === 0) throw failedToParse('an update needs operators here');
  const steps = Object.entries(update).flatMap(([name, fields]): Step[] => {
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (!operator) throw failedToParse(`Unknown modifier: ${name}`);
    if (!isDoc(fields)) throw failedToParse(`Modifiers operate on fields but ${name} has none`);
    return Object.entries(fields).map(([path, argument]) => {
      return { path: parsePath(path), change: operator(argument, path), onInsertOnly: name === '$setOnInsert' };
    });
  });
  return inOrder(steps);
}

/** New fields come by name. A path stands right before what is inside it: that is a conflict. */
function inOrder(steps: readonly Step[]): Update {
  const ordered = steps.toSorted((a, b) => (a.path.join('\0') < b.path.join('\0') ? -1 : 1));
  const clash = ordered.find(({ path }, place) => ordered[place - 1]?.path.every((part, at) => part === path[at]));
  if (!clash) return ordered;
  throw new MongoError(40, 'ConflictingUpdateOperators', `the path '${clash.path.join('.')}' is changed twice`);
}

/** The document after the update; `before` is left alone. The `_id` cannot change (error 66). */
export function applyUpdate(update: Update, before: Doc, inserting = false): Doc {
  const steps = inserting ? update : update.filter(({ onInsertOnly }) => !onInsertOnly);
  const after = steps.reduce(afterStep, before);
  if (before._id === undefined || (after._id !== undefined && equalValues(after._id, before._id))) return after;
  throw new MongoError(66, 'ImmutableField', "the update would modify the immutable field '_id'");
}

/** The document that an upsert inserts: what the filter says by equality, then the update. */
export function upsertedDocument(update: Update, { leaves }: Filter): Doc {
  const equal = leaves.filter(({ by }) => by === '$eq');
  const steps = equal.map(({ path, operand }) => ({ path, change: () => operand, onInsertOnly: false }));
  return withIdFirst(applyUpdate(update, inOrder(steps).reduce(afterStep, {}), true));
}

/** The document with its `_id` first, as MongoDB stores it; a missing one is made. */
export function withIdFirst(doc: Doc): Doc {
  const { _id = new ObjectId(), ...rest } = doc;
  return Object.keys(doc)[0] === '_id' ? doc : { _id, ...rest };
}

function afterStep(doc: Doc, { path, change }: Step): Doc {
  const old = path.reduce<unknown>(partOf, doc);
  const value = change(old);
  return value === old ? doc : withPart(doc, path, value);
}

/** A copy with another value at a path; what is not on the path is shared. */
function withPart(node: unknown, [part = '', ...rest]: Path, value: unknown): Doc {
  if (!isDoc(node)) throw new MongoError(28, 'PathNotViable', `Cannot create field '${part}' in what is there`);
  const known = partOf(node, part);
  const own = rest.length > 0 ? withPart(known === undefined ? {} : known, rest, value) : value;
  if (own !== undefined) return { ...node, [part]: own };
  const { [part]: _removed, ...others } = node;
  return others;
}
