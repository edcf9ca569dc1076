import type mongoose from 'mongoose';
import { database } from '../../../models/database.ts';
import { hearCommands } from '../../support/hear-commands.ts';

type Doc = mongoose.mongo.Document;

/** What one command looks for in one collection, as a command that can be explained. */
export interface Search {
  readonly collection: string;
  /** `isoId =, state in, deadlineAt < >, in order of deadlineAt`. */
  readonly asks: string;
  readonly command: Doc;
  readonly filter: Doc;
}

export interface Explained {
  readonly index: string | undefined;
  /** How many it gives, and how many there are that meet its filter, whatever its limit. */
  readonly returned: number;
  readonly matching: number;
  readonly examined: number;
}

/** What is looked for meanwhile, by the driver's own word. */
export async function searchesOf(work: () => Promise<unknown>): Promise<readonly Search[]> {
  const heard: Doc[] = [];
  const enough = hearCommands(({ command }) => void heard.push(command));
  try {
    await work();
  } finally {
    enough();
  }
  return heard.flatMap(searchesIn);
}

function searchesIn(command: Doc): readonly Search[] {
  const [name = ''] = Object.keys(command);
  const of = String(command[name]);
  switch (name) {
    case 'find': {
      const { find, filter, sort, skip, limit, projection } = command;
      return [search(of, name, { find, filter, sort, skip, limit, projection }, filter, sort)];
    }
    case 'distinct': {
      const { distinct, key, query } = command;
      return [search(of, name, { distinct, key, query }, query)];
    }
    case 'findAndModify': {
      const { findAndModify, query, sort, update } = command;
      return [search(of, name, { findAndModify, query, sort, update }, query, sort)];
    }
    case 'update':
      return (command.updates as Doc[]).map(({ q, u, multi }) =>
        search(of, name, { update: of, updates: [{ q, u, multi: multi === true }] }, q),
      );
    case 'delete':
      return (command.deletes as Doc[]).map(({ q, limit }) =>
        search(of, name, { delete: of, deletes: [{ q, limit }] }, q),
      );
    case 'aggregate':
      return pipelines(of, command.pipeline as Doc[]);
    default:
      return [];
  }
}

/** A union asks several collections at once, each by a pipeline of its own, and so does what hangs on a row in a transaction. */
function pipelines(of: string, stages: readonly Doc[]): readonly Search[] {
  const own = stages.filter((stage) => !('$unionWith' in stage || '$lookup' in stage));
  const [{ $match = {} } = {}] = own;
  const sort: unknown = own.find((stage) => '$sort' in stage)?.$sort;
  const counts = own.some((stage) => '$count' in stage || '$group' in stage);
  const first = search(of, counts ? 'count' : 'find', { aggregate: of, pipeline: own, cursor: {} }, $match, sort);
  const others = stages.flatMap(({ $unionWith: other, $lookup: beside }) => [
    ...(other === undefined ? [] : pipelines(other.coll, other.pipeline)),
    ...(beside?.pipeline === undefined ? [] : pipelines(beside.from, beside.pipeline)),
    ...(beside?.localField === undefined ? [] : [joined(beside)]),
  ]);
  return [first, ...others];
}

/** What hangs on what is read, by what that says: as if it had said two things that there are not. */
function joined({ from, foreignField }: Doc): Search {
  const filter = { [String(foreignField)]: { $in: ['one', 'another'] } };
  return search(String(from), 'find', { find: from, filter }, filter);
}

function search(collection: string, what: string, command: Doc, filter: Doc = {}, sort: unknown = undefined): Search {
  const order = entriesOf(sort).map(([path, way]) => (way === -1 ? `${path} down` : path));
  const conditions = Object.entries(filter).map(([path, condition]) => `${path} ${saidOf(condition)}`);
  const inOrder = order.length === 0 ? [] : [`in order of ${order.join(' and ')}`];
  return { collection, asks: `${what}: ${[...conditions, ...inOrder].join(', ') || 'everything'}`, command, filter };
}

/** The driver has the fields of an order in a map. */
function entriesOf(sort: unknown): readonly (readonly [string, unknown])[] {
  return sort instanceof Map ? [...sort] : Object.entries(Object(sort ?? {}));
}

function saidOf(condition: unknown): string {
  if (Array.isArray(condition)) return '';
  if (typeof condition !== 'object' || condition === null || condition instanceof Date) return '=';
  const operators = Object.entries(condition).map(([name, operand]) => WORDS[name]?.(operand) ?? name);
  return operators.join(' ');
}

const WORDS: Readonly<Record<string, (operand: unknown) => string>> = {
  $eq: () => 'absent',
  $in: () => 'in',
  $nin: () => 'not in',
  $ne: () => '≠',
  $gt: () => '>',
  $gte: () => '≥',
  $lt: () => '<',
  $lte: () => '≤',
  $exists: (is) => (is === true ? 'there' : 'absent'),
};

/** How the store finds it: by which index, if by one, and how many documents it looks at for what it gives. */
export async function explained({ collection, command, filter }: Search): Promise<Explained> {
  const plan = await database().command({ explain: plain(command), verbosity: 'executionStats' });
  const { nReturned, totalDocsExamined } = plan.executionStats;
  return {
    index: indexIn(plan.queryPlanner.winningPlan),
    returned: Number(nReturned),
    matching: await database().collection(collection).countDocuments(filter),
    examined: Number(totalDocsExamined),
  };
}

/** Without what is undefined, which a store would take for a value. */
function plain(command: Doc): Doc {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined));
}

function indexIn(stage: Doc | undefined): string | undefined {
  if (stage === undefined) return undefined;
  if (stage.stage === 'COLLSCAN') return undefined;
  if (typeof stage.indexName === 'string') return stage.indexName;
  const inner = [stage.inputStage, ...(stage.inputStages ?? [])].filter((one) => one !== undefined);
  const names = inner.map(indexIn);
  return names.includes(undefined) ? undefined : [...new Set(names)].join(' and ') || undefined;
}
