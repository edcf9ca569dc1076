import type { Condition } from './filter.ts';
import { MongoError } from './mongo-error.ts';
import { equalValues } from './ordered-key.ts';
import { isPosition, type Path, partOf } from './paths.ts';
import { type Change, KEEP, REMOVE, UPDATE_OPERATORS } from './update-operators.ts';
import { bsonType, type Doc, isDoc, withIdFirst } from './values.ts';

interface Step {
  path: Path;
  change: Change;
  onInsertOnly: boolean;
}

/** A parsed update. */
export type Update = { kind: 'replace'; doc: Doc } | { kind: 'modify'; steps: readonly Step[] };

const MAX_PADDING = 1_500_000;

/** Parses an update; FailedToParse for every operator outside the cut, pipelines and positional paths (README). */
export function parseUpdate(update: unknown): Update {
  if (Array.isArray(update)) throw new MongoError('FailedToParse', 'the embedded store has no updates by pipeline');
  if (!isDoc(update)) throw new MongoError('FailedToParse', 'Update argument must be an object');
  const names = Object.keys(update);
  if (!names[0]?.startsWith('$')) {
    const operator = names.find((name) => name.startsWith('$'));
    if (operator)
      throw new MongoError('DollarPrefixedFieldName', `The dollar ($) prefixed field '${operator}' is not allowed`);
    return { kind: 'replace', doc: update };
  }
  const steps = Object.entries(update).flatMap(([name, fields]) => stepsOf(name, fields));
  steps.sort((a, b) => comparePaths(a.path, b.path));
  steps.forEach((step, place) => {
    const before = steps[place - 1];
    if (before?.path.every((part, at) => part === step.path[at])) {
      const path = step.path.join('.');
      throw new MongoError(
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${path}'`,
      );
    }
  });
  return { kind: 'modify', steps };
}

function stepsOf(name: string, fields: unknown): Step[] {
  const operator = UPDATE_OPERATORS.get(name);
  if (!operator) throw new MongoError('FailedToParse', `Unknown modifier: ${name}`);
  if (!isDoc(fields)) throw new MongoError('FailedToParse', `Modifiers operate on fields but ${name} has none`);
  return Object.entries(fields).map(([path, argument]) => ({
    path: checkedPath(path),
    change: operator(argument, path),
    onInsertOnly: name === '$setOnInsert',
  }));
}

function checkedPath(text: string): Path {
  const path = text.split('.');
  for (const part of path) {
    if (part === '') throw new MongoError('EmptyFieldName', `The update path '${text}' contains an empty field name`);
    if (part === '$' || part.startsWith('$[')) {
      throw new MongoError('BadValue', `the embedded store has no positional updates ('${text}')`);
    }
    if (part.startsWith('$')) {
      throw new MongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${part}' in '${text}' is not allowed`,
      );
    }
  }
  return path;
}

/** New fields come in this order: by name, positions by number. A path stands right before what is inside it. */
function comparePaths(a: Path, b: Path): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const left = a[at] ?? '';
    const right = b[at] ?? '';
    if (left === right) continue;
    if (isPosition(left) && isPosition(right)) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** The document after the update; `before` is left alone. The `_id` cannot change (error 66). */
export function applyUpdate(update: Update, before: Doc, inserting: boolean): Doc {
  const id = before._id;
  let after: Doc;
  if (update.kind === 'replace') {
    after = id === undefined ? update.doc : { _id: id, ...update.doc };
  } else {
    after = structuredCopy(before);
    for (const step of update.steps) if (inserting || !step.onInsertOnly) applyStep(after, step);
  }
  if (id !== undefined && (after._id === undefined || !equalValues(after._id, id))) {
    throw new MongoError(
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return after;
}

/** The document that an upsert inserts: what the filter says by equality, then the update. */
export function upsertedDocument(update: Update, condition: Condition): Doc {
  const base: Doc = {};
  const equalities = new Map<string, Step>();
  collectEqualities(condition, equalities);
  for (const [name, step] of equalities) {
    if (update.kind === 'modify' || name === '_id') applyStep(base, step);
  }
  return withIdFirst(applyUpdate(update, base, true));
}

function collectEqualities(condition: Condition, found: Map<string, Step>): void {
  if (condition.kind === 'and' || (condition.kind === 'or' && condition.parts.length === 1)) {
    for (const part of condition.parts) collectEqualities(part, found);
  } else if (condition.kind === 'compare' && condition.by === 'eq') {
    const { path, operand } = condition;
    const name = path.join('.');
    if (found.has(name))
      throw new MongoError('BadValue', `cannot infer query fields to set, path '${name}' is matched twice`);
    found.set(name, { path, change: () => operand, onInsertOnly: false });
  }
}

function applyStep(doc: Doc, { path, change }: Step): void {
  let old: unknown = doc;
  for (const part of path) old = partOf(old, part);
  const value = change(old);
  if (value === KEEP) return;
  const parent = value === REMOVE ? existingParent(doc, path) : madeParent(doc, path);
  const last = path[path.length - 1] ?? '';
  if (Array.isArray(parent)) setElement(parent, last, value === REMOVE ? null : value, path);
  else if (!isDoc(parent)) throw notViable(path, last);
  else if (value === REMOVE) delete parent[last];
  else setField(parent, last, value);
}

function existingParent(doc: Doc, path: Path): unknown {
  return path.slice(0, -1).reduce<unknown>(partOf, doc);
}

function madeParent(doc: Doc, path: Path): unknown {
  let node: unknown = doc;
  for (const part of path.slice(0, -1)) {
    let next = partOf(node, part);
    if (next === undefined) {
      next = {};
      if (Array.isArray(node)) setElement(node, part, next, path);
      else if (isDoc(node)) setField(node, part, next);
      else throw notViable(path, part);
    }
    node = next;
  }
  return node;
}

function setField(doc: Doc, name: string, value: unknown): void {
  if (name === '__proto__')
    throw new MongoError('BadValue', 'the embedded store does not update fields named __proto__');
  doc[name] = value;
}

function setElement(array: unknown[], part: string, value: unknown, path: Path): void {
  if (!isPosition(part)) throw notViable(path, part);
  const place = Number(part);
  if (place > array.length + MAX_PADDING) {
    throw new MongoError('BadValue', `setting '${path.join('.')}' would pad the array with too many nulls`);
  }
  while (array.length < place) array.push(null);
  array[place] = value;
}

function notViable(path: Path, part: string): MongoError {
  return new MongoError('PathNotViable', `Cannot create field '${part}' of path '${path.join('.')}' in what is there`);
}

function structuredCopy<T>(value: T): T;
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => structuredCopy(element));
  if (!isDoc(value) || bsonType(value) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, structuredCopy(inner)]));
}
