import { Int32 } from 'bson';
import { type Doc, isDoc } from './doc.ts';
import { type Filter, parseFilter } from './filter.ts';
import { badValue, failedToParse, MongoError } from './mongo-error.ts';
import { type Order, parseOrder } from './order.ts';
import { textKey } from './ordered-key.ts';
import { parsePath, plainAt } from './paths.ts';
import { compileProjection } from './projection.ts';
import { slice, sorted } from './query.ts';
import { add, asDoc, asInteger, isNumber } from './values.ts';

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  $match: (argument) => {
    const { test } = parseFilter(argument ?? '');
    return (docs) => [...docs].filter(test);
  },
  $sort: (argument) => {
    const order = parseOrder(argument);
    if (order.length === 0) throw new MongoError(15976, 'Location15976', '$sort stage must have at least one sort key');
    return (docs) => sorted(docs, order, (doc) => doc);
  },
  $skip: (argument) => (docs) => slice(docs, asInteger(argument, '$skip', 0) ?? 0, 0),
  $limit: (argument) => (docs) => slice(docs, 0, asInteger(argument, '$limit', 1) ?? 1),
  $project: (argument) => {
    const project = compileProjection(argument);
    if (!project) throw badValue('$project must be an object with at least one field');
    return (docs) => Array.from(docs, project);
  },
  $group: group,
  $count: (argument) => {
    const name = fieldName(argument);
    return (docs) => {
      const n = [...docs].length;
      return n > 0 ? [{ [name]: new Int32(n) }] : [];
    };
  },
};

/** A parsed pipeline: what the store can search for itself, and the stages after it. */
export type Pipeline = { filter: Filter; sort: Order; rest: readonly Stage[] };

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
  return { filter: parseFilter(first ?? ''), sort: parseOrder(order), rest: stages.map(({ run }) => run) };
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

/** A field path (`$a.b`) or a constant; operators and variables are outside the cut. */
function compileExpression(spec: unknown): (doc: Doc) => unknown {
  if (typeof spec === 'string' && spec.startsWith('$')) {
    const path = parsePath(spec.slice(1));
    return (doc) => plainAt(doc, path);
  }
  if (isDoc(spec) || Array.isArray(spec)) throw badValue('the embedded store has only fields and constants here');
  return () => spec;
}

function fieldName(name: unknown): string {
  if (typeof name === 'string' && parsePath(name).length === 1) return name;
  throw badValue(`this needs the name of a field: ${String(name)}`);
}
