import { Int32 } from 'bson';
import type { IndexField } from './catalog.ts';
import { type Filter, parseFilter } from './filter.ts';
import { compileExpression, compileGroup } from './group.ts';
import { badValue, failedToParse, MongoError, typeMismatch } from './mongo-error.ts';
import { compileProjection } from './projection.ts';
import { parseSort, slice, sorted } from './query.ts';
import { asInteger, type Doc, flagOf, isDoc } from './values.ts';

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** A parsed pipeline: what the store can search for itself, and the stages after it. */
export interface Pipeline {
  filter: Filter;
  sort: readonly IndexField[];
  rest: readonly Stage[];
}

const STAGES: ReadonlyMap<string, (argument: unknown) => Stage> = new Map([
  ['$match', match],
  ['$sort', sort],
  [
    '$skip',
    (argument: unknown): Stage =>
      (docs) =>
        slice(docs, asInteger(argument, '$skip', 0) ?? 0, 0),
  ],
  ['$limit', limit],
  ['$project', project],
  ['$group', compileGroup],
  ['$count', count],
]);

/** Parses a pipeline; error 40324 for a stage outside the cut. A leading `$match` and `$sort` become a search. */
export function parsePipeline(pipeline: unknown): Pipeline {
  if (!Array.isArray(pipeline)) throw typeMismatch("'pipeline' option must be specified as an array");
  const stages = pipeline.map((stage: unknown) => {
    const [name = '', second] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || second) throw failedToParse('A pipeline stage must be an object with exactly one field.');
    const make = STAGES.get(name);
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

function match(argument: unknown): Stage {
  const { test } = matchFilter(argument);
  return function* matched(docs) {
    for (const doc of docs) if (test(doc)) yield doc;
  };
}

function sort(argument: unknown): Stage {
  const order = parseSort(argument);
  if (order.length === 0) throw badValue('$sort stage must have at least one sort key');
  return (docs) => sorted(docs, order, (doc) => doc);
}

function limit(argument: unknown): Stage {
  const most = asInteger(argument, '$limit', 1) ?? 0;
  if (most === 0) throw badValue('the limit must be positive');
  return (docs) => slice(docs, 0, most);
}

function count(argument: unknown): Stage {
  if (typeof argument !== 'string' || argument === '' || /^\$|[.\0]/.test(argument)) {
    throw badValue('the count field must be a non-empty string without $ and dots');
  }
  return function* counted(docs) {
    let n = 0;
    for (const _ of docs) n++;
    if (n > 0) yield { [argument]: new Int32(n) };
  };
}

/** An inclusion or exclusion; beside inclusions, top-level fields may take another field's value (`{ name: '$a.b' }`). */
function project(argument: unknown): Stage {
  if (!isDoc(argument) || Object.keys(argument).length === 0) throw badValue('$project must have at least one field');
  const isFlag = ([, value]: [string, unknown]): boolean => flagOf(value) !== undefined;
  const flags = Object.fromEntries(Object.entries(argument).filter(isFlag));
  const renamed = Object.entries(argument).filter((entry) => !isFlag(entry));
  if (renamed.some(([name, value]) => typeof value !== 'string' || !/^[^$.][^.]*$/.test(name))) {
    throw badValue('the embedded store projects only 1, 0 and field paths to top-level fields');
  }
  const excludes = Object.entries(flags).some(([name, value]) => name !== '_id' && flagOf(value) === false);
  if (renamed.length > 0 && excludes) throw badValue('Cannot mix exclusion and computed fields');
  const fields = renamed.map(([name, path]) => ({ name, of: compileExpression(path) }));
  const named = fields.map(({ name }) => [name, true]);
  const keep = compileProjection({ ...flags, ...Object.fromEntries(named) });
  return function* projected(docs) {
    for (const doc of docs) {
      const made = keep?.(doc) ?? {};
      for (const { name } of fields) delete made[name];
      const values = fields.map(({ name, of }): [string, unknown] => [name, of(doc)]);
      yield { ...made, ...Object.fromEntries(values.filter(([, value]) => value !== undefined)) };
    }
  };
}
