import { ObjectId } from 'bson';
import { type Doc, isDoc, keyFor, nameOf } from './doc.ts';
import { type Filter, parseArrayFilter, rootsOf } from './filter.ts';
import { badValue, failedToParse, MongoError, typeMismatch } from './mongo-error.ts';
import { equalValues } from './ordered-key.ts';
import { type Path, partOf } from './paths.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { type Aim, changedAt, type ElementTests, parseUpdatePath } from './update-paths.ts';

/** `name`: by which it stands among others. */
type Step = { path: Path; name: string; aim: Aim; onInsertOnly?: boolean | undefined };

/** A parsed update: changes of fields, in the order in which they are made, or a whole new document. */
export type Update = { steps: readonly Step[]; elements: ElementTests } | { replacement: Doc };

/** What an update is applied to, besides the document: where `$` points, whether the document is being inserted. */
export type Applying = { place?: number | undefined; inserting?: boolean | undefined };

/** Parses an update; FailedToParse for operators outside the cut and for pipelines. `now`: for `$currentDate`, ms. */
export function parseUpdate(update: unknown, now: number, arrayFilters: unknown = []): Update {
  if (!isDoc(update)) throw failedToParse('the embedded store has no updates by a pipeline');
  const [first] = Object.keys(update);
  const elements = parseArrayFilters(arrayFilters);
  if (first === undefined || !first.startsWith('$')) return replacementOf(update, elements);
  const steps: Step[] = [];
  for (const [name, fields] of Object.entries(update)) {
    if (!isDoc(fields)) throw failedToParse(`Modifiers operate on fields but ${name} has none`);
    const operator = Object.hasOwn(UPDATE_OPERATORS, name) ? UPDATE_OPERATORS[name] : undefined;
    if (!operator && name !== '$rename') throw failedToParse(`Unknown modifier: ${name}`);
    for (const path of Object.keys(fields)) {
      if (operator) {
        const aim = { change: operator(fields[path], nameOf(path), now), creates: name !== '$unset' };
        steps.push(stepTo(parseUpdatePath(path), aim, name === '$setOnInsert'));
      } else steps.push(...renaming(path, fields[path]));
    }
  }
  assertAllUsed(steps, elements);
  return { steps: inOrder(steps), elements };
}

function stepTo(path: Path, aim: Aim, onInsertOnly = false): Step {
  const [first = ''] = path;
  return { path, name: path.length === 1 ? first : path.join('\0'), aim, onInsertOnly };
}

function replacementOf(update: Doc, elements: ElementTests): Update {
  const dollar = Object.keys(update).find((name) => name.startsWith('$'));
  if (dollar !== undefined)
    throw new MongoError(52, 'DollarPrefixedFieldName', `The dollar ($) prefixed field '${dollar}' is not allowed`);
  if (elements.size > 0) throw failedToParse('arrayFilters may not be specified for a replacement');
  return { replacement: update };
}

/** Taken away here, and set there as it was before; nothing when it is missing. */
function renaming(from: string, to: unknown): Step[] {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${nameOf(from)}`);
  const [source, target] = [parseUpdatePath(from), parseUpdatePath(to)];
  if ([...source, ...target].some((part) => part.startsWith('$')))
    throw badValue('The source and target field for $rename may not be dynamic');
  const moved: Aim = {
    creates: true,
    change: (_old, before) => source.reduce<unknown>(plainPart, before),
    skips: (before) => source.reduce<unknown>(plainPart, before) === undefined,
  };
  return [stepTo(source, { creates: false, change: () => undefined }), stepTo(target, moved)];
}

function plainPart(value: unknown, part: string): unknown {
  if (Array.isArray(value)) throw badValue('The source field of $rename cannot be an array element');
  return partOf(value, part);
}

/** The filters of elements, by the name that a path calls them. */
function parseArrayFilters(arrayFilters: unknown): ElementTests {
  if (!Array.isArray(arrayFilters)) throw typeMismatch('arrayFilters must be an array');
  const tests = new Map<string, (element: unknown) => boolean>();
  for (const filter of arrayFilters) {
    const [name, second] = isDoc(filter) ? new Set(rootsOf(filter)) : [];
    if (!isDoc(filter) || name === undefined || second !== undefined || !/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw failedToParse('each array filter needs one name of an element, which begins with a small letter');
    if (tests.has(name)) throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    tests.set(name, parseArrayFilter(filter));
  }
  return tests;
}

function assertAllUsed(steps: readonly Step[], elements: ElementTests): void {
  if (elements.size === 0) return;
  const used = new Set(steps.flatMap(({ path }) => path));
  const unused = [...elements.keys()].find((name) => !used.has(`$[${name}]`));
  if (unused !== undefined)
    throw failedToParse(`The array filter for identifier '${unused}' was not used in the update`);
}

/** New fields come by name. A path stands right before what is inside it: that is a conflict. */
function inOrder(steps: readonly Step[], conflict = 40): readonly Step[] {
  if (steps.length === 1) return steps;
  const ordered = [...steps].sort((a, b) => (a.name < b.name ? -1 : 1));
  const clash = ordered.find(({ name }, at) => at > 0 && `${name}\0`.startsWith(`${ordered[at - 1]?.name}\0`));
  if (!clash) return ordered;
  const name = conflict === 40 ? 'ConflictingUpdateOperators' : 'NotSingleValueField';
  throw new MongoError(conflict, name, `the path '${clash.path.join('.')}' would be given more than one value`);
}

/** The document after the update; `before` is left alone. The `_id` cannot change (error 66). */
export function applyUpdate(update: Update, before: Doc, { place, inserting }: Applying = {}): Doc {
  if ('replacement' in update) return replaced(update.replacement, before);
  const steps = inserting ? update.steps : update.steps.filter(({ onInsertOnly }) => !onInsertOnly);
  const isInsideId = ({ path }: Step): boolean => path[0] === '_id' && path.length > 1;
  if (before._id !== undefined && !isDoc(before._id) && steps.some(isInsideId)) throw immutableId();
  const after = afterSteps(before, steps, { before, place, elements: update.elements });
  if (before._id === undefined || (after._id !== undefined && equalValues(after._id, before._id))) return after;
  throw immutableId();
}

function replaced(replacement: Doc, { _id: known }: Doc): Doc {
  const { _id = known, ...rest } = replacement;
  if (known !== undefined && !equalValues(_id, known)) throw immutableId();
  return _id === undefined ? rest : { _id: known ?? _id, ...rest };
}

function immutableId(): MongoError {
  return new MongoError(66, 'ImmutableField', "the update would modify the immutable field '_id'");
}

/** The document that an upsert inserts: what the filter says by equality (of a replacement the `_id`), then the update. */
export function upsertedDocument(update: Update, { leaves }: Filter): Doc {
  const isWhole = 'replacement' in update;
  const equal = leaves.filter(({ by, path }) => by === '$eq' && (!isWhole || path.join('.') === '_id'));
  const steps = equal.map(({ path, operand }) => stepTo(path, { creates: true, change: () => operand }));
  const nothing = { before: {}, elements: new Map() };
  const base = afterSteps({}, inOrder(steps, 54), nothing);
  return withIdFirst(applyUpdate(update, base, { inserting: true }));
}

/** The document with its `_id` first, as MongoDB stores it; a missing one is made. */
export function withIdFirst(doc: Doc): Doc {
  if (Object.keys(doc)[0] === '_id') return doc;
  const { _id = new ObjectId(), ...rest } = doc;
  return { _id, ...rest };
}

/** One copy for all fields that are set; what lies deeper, or is taken away, is changed on the way. */
function afterSteps(doc: Doc, steps: readonly Step[], of: Parameters<typeof changedAt>[2]): Doc {
  let after = doc;
  for (const { path, aim } of steps) {
    if (aim.skips?.(of.before)) continue;
    const [field = ''] = path;
    const key = keyFor(field);
    const old = Object.hasOwn(after, key) ? after[key] : undefined;
    const value = path.length === 1 ? aim.change(old, of.before) : undefined;
    if (value === undefined) {
      const changed = changedAt(after, { path, aim }, of);
      if (isDoc(changed)) after = changed;
    } else if (value !== old) {
      if (after === doc) after = copyOf(doc);
      after[key] = value;
    }
  }
  return after;
}

/** As `{ ...doc }`; but V8 takes twenty times as long to add a field to one of those. */
function copyOf(doc: Doc): Doc {
  const copy: Doc = {};
  for (const key of Object.keys(doc)) {
    if (key === '__proto__') return { ...doc };
    copy[key] = doc[key];
  }
  return copy;
}
