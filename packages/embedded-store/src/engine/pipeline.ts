import { Int32 } from 'bson';
import { type Doc, isDoc } from './doc.ts';
import { compileExpression } from './expression.ts';
import { type Filter, parseFilter } from './filter.ts';
import { badValue, failedToParse, typeMismatch, unnamed } from './mongo-error.ts';
import { type Order, parseOrder } from './order.ts';
import { textKey } from './ordered-key.ts';
import { type Path, parsePath, partOf } from './paths.ts';
import { slice, sorted } from './query.ts';
import { RESHAPING, withAt } from './reshaping.ts';
import { add, asDoc, asInteger, isNumber } from './values.ts';

/** What a pipeline begins with: what matches, in an order and some of it where that is said; `counted`: all that is asked is how many. */
export type Searched = {
  filter: Filter;
  sort?: Order | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
  counted?: Counted | undefined;
};

/** What comes of so many documents, whatever they are. */
type Counted = (count: number) => Doc[];

/** What a stage reads besides its input: of a collection of the same database. */
export type Elsewhere = (collection: string, searched: Searched) => Iterable<Doc>;

type Stage = (docs: Iterable<Doc>, elsewhere: Elsewhere) => Iterable<Doc>;

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  ...Object.fromEntries(Object.entries(RESHAPING).map(([name, make]) => [name, oneByOne(make)])),
  $match: (argument) => {
    const { test } = parseFilter(argument ?? '');
    return (docs) => [...docs].filter(test);
  },
  $sort: (argument) => {
    const order = parseOrder(argument);
    if (order.length === 0) throw unnamed(15976, '$sort stage must have at least one sort key');
    return (docs) => sorted(docs, order, (doc) => doc);
  },
  $skip: (argument) => (docs) => slice(docs, skipOf(argument), 0),
  $limit: (argument) => (docs) => slice(docs, 0, limitOf(argument)),
  $group: group,
  $facet: facet,
  $lookup: lookup,
  $unionWith: unionWith,
  $count: (argument) => {
    const name = fieldName(argument);
    return ([...docs]) => (docs.length > 0 ? [{ [name]: new Int32(docs.length) }] : []);
  },
};

/** A parsed pipeline: what the store can search for itself, and the stages after it; `union` where one reads another collection whole. */
export type Pipeline = Searched & { rest: readonly Stage[]; union: boolean };

/** Parses a pipeline; error 40324 for a stage outside the cut. A leading `$match`, `$sort`, `$skip` and `$limit` become a search, a count after them its number. */
export function parsePipeline(pipeline: unknown): Pipeline {
  const stages = stagesIn(pipeline);
  const first = stages[0]?.name === '$match' ? stages.shift()?.argument : {};
  const order = stages[0]?.name === '$sort' ? stages.shift()?.argument : {};
  const skip = stages[0]?.name === '$skip' ? skipOf(stages.shift()?.argument) : undefined;
  const limit = stages[0]?.name === '$limit' ? limitOf(stages.shift()?.argument) : undefined;
  const counted = stages[0] && countedBy(stages[0]);
  if (counted) stages.shift();
  const rest = stages.map(({ run }) => run);
  const union = stages.some(unites);
  return { filter: parseFilter(first ?? ''), sort: parseOrder(order), skip, limit, counted, rest, union };
}

function skipOf(argument: unknown): number {
  return asInteger(argument, '$skip', 0) ?? 0;
}

function limitOf(argument: unknown): number {
  return asInteger(argument, '$limit', 1) ?? 1;
}

/** `$count`, and `$group` of all with a sum of ones, which is how drivers count. */
function countedBy({ name, argument }: { name: string; argument: unknown }): Counted | undefined {
  if (name === '$count') return (count) => (count > 0 ? [{ [fieldName(argument)]: new Int32(count) }] : []);
  const { _id, ...rest } = name === '$group' ? asDoc(argument, name) : {};
  const [[as = '', accumulator] = [], second] = Object.entries(rest);
  const isOne = isDoc(accumulator) && accumulator.$sum instanceof Int32 && accumulator.$sum.value === 1;
  if (!isOne || second !== undefined || Object.keys(accumulator).length > 1) return undefined;
  return _id === null || _id instanceof Int32
    ? (count) => (count > 0 ? [{ _id, [fieldName(as)]: new Int32(count) }] : [])
    : undefined;
}

function unites({ name, argument }: { name: string; argument: unknown }): boolean {
  if (name === '$facet') return Object.values(asDoc(argument, name)).some((part) => stagesIn(part).some(unites));
  if (name === '$lookup') return stagesIn(asDoc(argument, name).pipeline ?? []).some(unites);
  return name === '$unionWith';
}

function stagesIn(pipeline: unknown): { name: string; argument: unknown; run: Stage }[] {
  if (!Array.isArray(pipeline)) throw typeMismatch("'pipeline' must be an array");
  return pipeline.map((stage: unknown) => {
    const [name = '', second] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || second) throw failedToParse('A pipeline stage must be an object with exactly one field.');
    const make = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!make) throw unnamed(40324, `Unrecognized pipeline stage name: '${name}'`);
    return { name, argument: stage[name], run: make(stage[name]) };
  });
}

function oneByOne(make: (typeof RESHAPING)[string]): (argument: unknown) => Stage {
  return (argument) => {
    const reshape = make(argument);
    return function* (docs) {
      for (const doc of docs) yield* reshape(doc);
    };
  };
}

/** Several pipelines over the same documents: one document with what comes of each. */
function facet(spec: unknown): Stage {
  const parts = Object.entries(asDoc(spec, '$facet')).map(([name, pipeline]): [string, Stage[]] => {
    const stages = stagesIn(pipeline);
    if (stages.some(({ name }) => name === '$facet'))
      throw unnamed(40600, '$facet is not allowed to be used within a $facet stage');
    return [fieldName(name), stages.map(({ run }) => run)];
  });
  if (parts.length === 0) throw unnamed(40169, '$facet needs at least one pipeline');
  return (docs, elsewhere) => {
    const all = [...docs];
    const ran = parts.map(([name, stages]) => [name, [...runStages(all, stages, elsewhere)]]);
    return [Object.fromEntries(ran)];
  };
}

/** What there is in another collection for each: by a pipeline the same for all; else by equality, as `lookupEqual`. */
function lookup(spec: unknown): Stage {
  if (!isDoc(spec) || !('pipeline' in spec)) return lookupEqual(spec);
  const { from, pipeline, as } = asDoc(spec, '$lookup', ['from', 'pipeline', 'as']);
  if (typeof from !== 'string' || typeof as !== 'string') throw failedToParse('$lookup needs from, pipeline and as');
  const [{ rest, union: _, ...searched }, target] = [parsePipeline(pipeline), parsePath(as)];
  return function* (docs, elsewhere) {
    let found: Doc[] | undefined;
    for (const doc of docs) {
      found ??= [...runStages(elsewhere(from, searched), rest, elsewhere)];
      const joined = withAt(doc, target, found);
      if (isDoc(joined)) yield joined;
    }
  };
}

/** The documents of another collection whose `foreignField` equals, or for an array is among, what is at `localField`: null for nothing. */
function lookupEqual(spec: unknown): Stage {
  const { from, localField, foreignField, as } = asDoc(spec, '$lookup', ['from', 'localField', 'foreignField', 'as']);
  if (![from, localField, foreignField, as].every((each) => typeof each === 'string'))
    throw failedToParse('$lookup needs from, localField, foreignField and as');
  const [local, target] = [parsePath(String(localField)), parsePath(String(as))];
  const foreign = parsePath(String(foreignField)).join('.');
  return function* (docs, elsewhere) {
    for (const doc of docs) {
      const found = openAt(doc, local).flat();
      const values = found.length === 0 ? [null] : found;
      const operator = values.length > 1 ? { $in: values } : { $eq: values[0] ?? null };
      const others = elsewhere(String(from), { filter: parseFilter({ [foreign]: operator }) });
      const joined = withAt(doc, target, [...others]);
      if (isDoc(joined)) yield joined;
    }
  };
}

/** The documents themselves, then what comes of a pipeline over another collection; not within a transaction. */
function unionWith(spec: unknown): Stage {
  const named = typeof spec === 'string' ? { coll: spec } : spec;
  const { coll, pipeline = [] } = asDoc(named, '$unionWith', ['coll', 'pipeline']);
  if (typeof coll !== 'string') throw failedToParse('$unionWith needs the name of a collection');
  const { rest, union: _, ...searched } = parsePipeline(pipeline);
  return function* (docs, elsewhere) {
    yield* docs;
    yield* runStages(elsewhere(coll, searched), rest, elsewhere);
  };
}

/** What stands at a path, which may lead through lists of documents that all have it; nothing for what is missing. */
function openAt(value: unknown, path: Path): readonly unknown[] {
  const [part, ...rest] = path;
  if (part === undefined) return value === undefined ? [] : [value];
  if (!Array.isArray(value)) return openAt(partOf(value, part), rest);
  return value.flatMap((element) => {
    const found = isDoc(element) ? openAt(element, path) : [];
    if (found.length === 0)
      throw badValue(`the embedded store takes no list here in which some have no '${path.join('.')}'`);
    return found;
  });
}

/** What comes of documents by one stage after the other. */
export function runStages(docs: Iterable<Doc>, stages: readonly Stage[], elsewhere: Elsewhere): Iterable<Doc> {
  return stages.reduce((items, stage) => stage(items, elsewhere), docs);
}

/** `$group` by a field or a constant, with `$sum` of fields or constants: whole numbers, which add up exactly. */
function group(spec: unknown): Stage {
  const { _id, ...rest } = asDoc(spec, '$group');
  if (_id === undefined) throw badValue('a group specification must include an _id');
  const idOf = compileExpression(_id);
  const sums = Object.entries(rest).map(([name, accumulator]) => {
    const { $sum, ...others } = asDoc(accumulator, name);
    if ($sum === undefined || Object.keys(others).length > 0) throw badValue(`'${name}' needs the group operator $sum`);
    return { name: fieldName(name), of: compileExpression($sum) };
  });
  return (docs) => {
    const groups = new Map<string, Doc>();
    for (const doc of docs) {
      const id = idOf(doc) ?? null;
      const found = groups.get(textKey(id)) ?? { _id: id };
      for (const { name, of } of sums) found[name] = sum(found[name] ?? new Int32(0), of(doc));
      groups.set(textKey(id), found);
    }
    return groups.values();
  };
}

function sum(total: unknown, value: unknown): unknown {
  if (!isNumber(value)) return total;
  const next = add(total, value);
  if ([value, next].every((number) => Number.isSafeInteger(Number(String(number))))) return next;
  throw badValue('the embedded store sums whole numbers only');
}

function fieldName(name: unknown): string {
  if (typeof name === 'string' && parsePath(name).length === 1) return name;
  throw badValue(`this needs the name of a field: ${String(name)}`);
}
