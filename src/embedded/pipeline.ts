import { Double, Int32 } from 'bson';
import { type Filter, parseFilter } from './filter.ts';
import { badValue, failedToParse, MongoError } from './mongo-error.ts';
import { compareValues, textKey } from './ordered-key.ts';
import { type Path, partOf } from './paths.ts';
import { compileProjection } from './projection.ts';
import { parseSort, type Sort, slice, sorted } from './query.ts';
import { add, asInteger, type Doc, isDoc, isNumber } from './values.ts';

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;
type Values = readonly unknown[];

const sum = (values: Values): unknown =>
  values.filter(isNumber).reduce((total, value) => add(total, value), new Int32(0));
const least = (values: Values, sign: number): unknown => {
  const present = values.filter((value) => value !== undefined && value !== null);
  return present.reduce<unknown>(
    (best, value) => (best === null || compareValues(value, best) * sign < 0 ? value : best),
    null,
  );
};

/** The accumulators of `$group`, over the values of a group in order. */
const ACCUMULATORS: Readonly<Record<string, (values: Values) => unknown>> = {
  $sum: sum,
  $avg: (values) => {
    const count = values.filter(isNumber).length;
    return count === 0 ? null : new Double(Number(String(sum(values))) / count);
  },
  $min: (values) => least(values, 1),
  $max: (values) => least(values, -1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $push: (values) => values.filter((value) => value !== undefined),
};

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  $match: (argument) => {
    const { test } = matchFilter(argument);
    return function* match(docs) {
      for (const doc of docs) if (test(doc)) yield doc;
    };
  },
  $sort: (argument) => {
    const order = parseSort(argument);
    return (docs) => sorted(docs, order, (doc) => doc);
  },
  $skip: (argument) => (docs) => slice(docs, asInteger(argument, '$skip', 0) ?? 0, 0),
  $limit: (argument) => (docs) => slice(docs, 0, asInteger(argument, '$limit', 1) ?? 1),
  $project: (argument) => {
    const project = isDoc(argument) ? compileProjection(argument) : undefined;
    if (!project) throw badValue('$project must be an object with at least one field');
    return (docs) => Array.from(docs, project);
  },
  $group: group,
  $count: (argument) => {
    if (typeof argument !== 'string' || !/^[^$.\0][^.\0]*$/.test(argument))
      throw badValue('$count needs the name of a field');
    return (docs) => {
      const n = Array.from(docs, () => 0).length;
      return n > 0 ? [{ [argument]: new Int32(n) }] : [];
    };
  },
};

/** A parsed pipeline: what the store can search for itself, and the stages after it. */
export interface Pipeline {
  filter: Filter;
  sort: Sort;
  rest: readonly Stage[];
}

/** Parses a pipeline; error 40324 for a stage outside the cut. A leading `$match` and `$sort` become a search. */
export function parsePipeline(pipeline: unknown): Pipeline {
  if (!Array.isArray(pipeline)) throw new MongoError(14, 'TypeMismatch', "'pipeline' must be an array");
  const stages = pipeline.map((stage: unknown) => {
    const [name = '', second] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || second) throw failedToParse('A pipeline stage must be an object with exactly one field.');
    const make = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!make) throw new MongoError(40324, 'Location40324', `Unrecognized pipeline stage name: '${name}'`);
    return { name, argument: stage[name], run: make(stage[name]) };
  });
  const first = stages[0]?.name === '$match' ? stages.shift()?.argument : {};
  const order = stages[0]?.name === '$sort' ? stages.shift()?.argument : {};
  return { filter: matchFilter(first), sort: parseSort(order), rest: stages.map(({ run }) => run) };
}

function matchFilter(argument: unknown): Filter {
  if (!isDoc(argument)) throw badValue('the match filter must be an expression in an object');
  return parseFilter(argument);
}

/** A constant, a field path (`$a.b`) or a document of both; operators and variables are outside the cut. */
function compileExpression(spec: unknown): (doc: Doc) => unknown {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    const path = spec.slice(1).split('.');
    if (path.some((part) => part === '' || part.startsWith('$'))) throw badValue(`the embedded store has no '${spec}'`);
    return (doc) => along(doc, path);
  }
  if (Array.isArray(spec)) throw badValue('the embedded store has no arrays of expressions');
  if (!isDoc(spec)) return () => spec;
  const odd = Object.keys(spec).find((name) => name.startsWith('$') || name.includes('.'));
  if (odd !== undefined) throw badValue(`Unrecognized expression '${odd}'`);
  const fields = Object.entries(spec).map(([name, part]) => ({ name, of: compileExpression(part) }));
  return (doc) => {
    const values = fields.map(({ name, of }): [string, unknown] => [name, of(doc)]);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  };
}

function along(node: unknown, path: Path): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return node;
  if (Array.isArray(node)) return node.map((element) => along(element, path)).filter((value) => value !== undefined);
  return isDoc(node) ? along(partOf(node, part), rest) : undefined;
}

function group(spec: unknown): Stage {
  if (!isDoc(spec) || !Object.hasOwn(spec, '_id')) throw badValue('a group specification must include an _id');
  const { _id, ...rest } = spec;
  const id = compileExpression(_id);
  const fields = Object.entries(rest).map(([name, accumulator]) => {
    const [operator = '', second] = isDoc(accumulator) ? Object.keys(accumulator) : [];
    const result = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
    if (!isDoc(accumulator) || second || /^\$|\./.test(name)) throw badValue(`'${name}' must be an accumulator`);
    if (!result) throw badValue(`unknown group operator '${operator}'`);
    return { name, result, of: compileExpression(accumulator[operator]) };
  });
  return function* grouped(docs) {
    const groups = new Map<string, { _id: unknown; columns: unknown[][] }>();
    for (const doc of docs) {
      const value = id(doc) ?? null;
      const found = groups.get(textKey(value)) ?? { _id: value, columns: fields.map(() => []) };
      groups.set(textKey(value), found);
      for (const [place, column] of found.columns.entries()) column.push(fields[place]?.of(doc));
    }
    for (const { _id, columns } of groups.values()) {
      yield {
        _id,
        ...Object.fromEntries(fields.map(({ name, result }, place) => [name, result(columns[place] ?? [])])),
      };
    }
  };
}
