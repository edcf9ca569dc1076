import { Int32 } from 'bson';
import type { IndexField } from './catalog.ts';
import { compileExpression, type Expression } from './expression.ts';
import { type Condition, parseFilter } from './filter.ts';
import { compileGroup } from './group.ts';
import { compileMatcher } from './matcher.ts';
import { MongoError } from './mongo-error.ts';
import { parseSort, sorted } from './order.ts';
import { asSwitch, compileProjection } from './projection.ts';
import { slice } from './query.ts';
import { asDoc, asInteger, type Doc, isDoc } from './values.ts';

type Stage = (docs: Iterable<Doc>) => Iterable<Doc>;

/** A parsed pipeline: what the store can search for itself, and the stages after it. */
export interface Pipeline {
  condition: Condition;
  sort: readonly IndexField[];
  rest: readonly Stage[];
}

const STAGES: Readonly<Record<string, (argument: unknown) => Stage>> = {
  $match: (argument) => {
    const matches = compileMatcher(parseFilter(matchOf(argument)));
    return function* match(docs) {
      for (const doc of docs) if (matches(doc)) yield doc;
    };
  },
  $sort: (argument) => {
    const sort = sortOf(argument);
    return (docs) => sorted(docs, sort, (doc) => doc);
  },
  $skip: (argument) => {
    const skip = asInteger(argument, '$skip') ?? -1;
    if (skip < 0) throw new MongoError('BadValue', 'invalid argument to $skip stage');
    return (docs) => slice(docs, skip, 0);
  },
  $limit: (argument) => {
    const limit = asInteger(argument, '$limit') ?? 0;
    if (limit <= 0) throw new MongoError('BadValue', 'the limit must be positive');
    return (docs) => slice(docs, 0, limit);
  },
  $project: (argument) => {
    const change = compileProject(argument);
    return function* project(docs) {
      for (const doc of docs) yield change(doc);
    };
  },
  $group: compileGroup,
  $count: (argument) => {
    if (typeof argument !== 'string' || argument === '' || /^\$|[.\0]/.test(argument)) {
      throw new MongoError('BadValue', 'the count field must be a non-empty string without $ and dots');
    }
    return function* count(docs) {
      let n = 0;
      for (const _ of docs) n++;
      if (n > 0) yield { [argument]: new Int32(n) };
    };
  },
};

/** Parses a pipeline; error 40324 for a stage outside the cut. A leading `$match` and `$sort` become a search. */
export function parsePipeline(stages: unknown): Pipeline {
  if (!Array.isArray(stages)) throw new MongoError('TypeMismatch', "'pipeline' option must be specified as an array");
  const parsed = stages.map((stage: unknown) => {
    const [name, second] = isDoc(stage) ? Object.keys(stage) : [];
    if (!isDoc(stage) || !name || second) {
      throw new MongoError('FailedToParse', 'A pipeline stage specification object must contain exactly one field.');
    }
    const make = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!make) throw new MongoError('UnrecognizedStage', `Unrecognized pipeline stage name: '${name}'`);
    return { name, argument: stage[name], run: make(stage[name]) };
  });
  let condition: Condition = { kind: 'and', parts: [] };
  let sort: readonly IndexField[] = [];
  if (parsed[0]?.name === '$match') condition = parseFilter(matchOf(parsed.shift()?.argument));
  if (parsed[0]?.name === '$sort') sort = sortOf(parsed.shift()?.argument);
  return { condition, sort, rest: parsed.map(({ run }) => run) };
}

function matchOf(argument: unknown): Doc {
  if (!isDoc(argument)) throw new MongoError('BadValue', 'the match filter must be an expression in an object');
  return argument;
}

function sortOf(argument: unknown): IndexField[] {
  const sort = parseSort(argument ?? 0);
  if (sort.length === 0) throw new MongoError('BadValue', '$sort stage must have at least one sort key');
  return sort;
}

/** An inclusion or exclusion; an inclusion may also name new top-level fields with an expression each. */
function compileProject(argument: unknown): (doc: Doc) => Doc {
  const spec = asDoc(argument, '$project');
  if (Object.keys(spec).length === 0) throw new MongoError('BadValue', '$project must have at least one field');
  const switches: Doc = {};
  const computed: [string, Expression][] = [];
  for (const [name, value] of Object.entries(spec)) {
    if (asSwitch(value) !== undefined) switches[name] = value;
    else if (name.includes('.') || name.startsWith('$')) throw new MongoError('BadValue', `cannot compute '${name}'`);
    else if (isDoc(value) && !Object.keys(value)[0]?.startsWith('$'))
      throw new MongoError('BadValue', `'${name}' needs an expression`);
    else computed.push([name, compileExpression(value)]);
  }
  if (computed.length === 0) return compileProjection(switches) ?? ((doc) => doc);
  const others = Object.entries(switches).filter(([name]) => name !== '_id');
  if (others.some(([, value]) => asSwitch(value) === false))
    throw new MongoError('BadValue', 'Cannot mix exclusion and computed fields');
  const computesId = computed.some(([name]) => name === '_id');
  const keepId = asSwitch(switches._id ?? true) === true && !computesId;
  const project = compileProjection({ ...Object.fromEntries(others), _id: keepId ? true : others.length === 0 });
  return (doc) => {
    const made: Doc = project ? project(doc) : {};
    if (!keepId) delete made._id;
    for (const [name, expression] of computed) {
      const value = expression(doc);
      if (value !== undefined) made[name] = value;
    }
    return made;
  };
}
