import { database } from './database.ts';
import { inOrder } from './stored-order.ts';

type Row = Readonly<Record<string, unknown>>;
type Order = Readonly<Record<string, 1 | -1>>;

/** A read of one collection outside of a transaction, in the words of the store. */
export interface Question {
  readonly collection: string;
  readonly filter: Row;
  readonly sort?: Order | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  readonly columns?: Readonly<Record<string, 1>> | undefined;
  /** How many they are, as `n` of one row, or no row for none, in place of what they are. */
  readonly counts?: true | undefined;
  /** What stands in this column, once each, as `_id` of a row, in place of what they are. */
  readonly distinct?: string | undefined;
  readonly joins?: Joins | undefined;
}

/** Of another collection those rows in whose column `at` stands what a row says in `by`, one text or each of a list, as `JOINED` of that row. */
export interface Joins {
  readonly from: string;
  readonly by: string;
  readonly at: string;
}

interface Asked {
  readonly question: Question;
  readonly alone: () => Promise<readonly Row[]>;
  readonly answer: (rows: Promise<readonly Row[]> | readonly Row[]) => void;
}

/** Which question a row answers. */
const OF = '__of';
export const JOINED = '__joined';
const MOST_TOGETHER = 32;
/** So many rows come at once of what has no limit: a store of one thread answers others between two batches. */
export const batchSize = 500;

let asked: Asked[] = [];

/**
 * Answers a question, in one command with what else is asked at the same moment, as in `Promise.all`; `alone` asks it by itself, where it is the
 * only one, or where all together cannot be answered. Each is read as of a moment of its own, as if it had been asked alone.
 */
export function readTogether(question: Question, alone: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
  return new Promise((answer) => {
    asked.push({ question, alone: async () => await alone(), answer });
    // after everything that is asked without waiting for an answer
    if (asked.length === 1) queueMicrotask(() => process.nextTick(goOn));
  });
}

/**
 * Several reads whose answers do not hang on each other, in one command, also where a transaction asks; what then is asked again in it in the same words
 * is known, until something is written that it could mean. None of them may write.
 */
export async function readAll<const Answers extends readonly unknown[]>(
  ...reads: { readonly [Index in keyof Answers]: () => Promise<Answers[Index]> }
): Promise<Answers> {
  // nobody goes on while one of them still asks: the commands of a transaction follow one another
  const answers = await Promise.allSettled(reads.map((read) => read()));
  return answers.map((answer) => {
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }) as unknown as Answers;
}

function goOn(): void {
  const all = asked;
  asked = [];
  for (let from = 0; from < all.length; from += MOST_TOGETHER) void answerAll(all.slice(from, from + MOST_TOGETHER));
}

async function answerAll(batch: readonly Asked[]): Promise<void> {
  const [only, second] = batch;
  if (only !== undefined && second === undefined) return only.answer(only.alone());
  const rows = await answersTo(batch.map(({ question }) => question)).catch(() => undefined);
  for (const [index, { question, alone, answer }] of batch.entries())
    answer(rows === undefined ? alone() : inOrder(rows.get(index) ?? [], question.sort ?? {}));
}

/** The rows of each question, by its place. */
async function answersTo(questions: readonly Question[]): Promise<ReadonlyMap<number, readonly Row[]>> {
  const [first, ...others] = questions.map(asPipeline);
  const rows = new Map<number, Row[]>();
  if (first === undefined) return rows;
  const stages = [...first.pipeline, ...others.map((other) => ({ $unionWith: other }))];
  for (const row of await database().collection(first.coll).aggregate(stages, { batchSize }).toArray()) {
    const { [OF]: of, ...own } = row;
    const known = rows.get(Number(of));
    if (known === undefined) rows.set(Number(of), [own]);
    else known.push(own);
  }
  return rows;
}

/** A union says which question a row answers. */
function asPipeline(question: Question, index: number): { readonly coll: string; readonly pipeline: Row[] } {
  return { coll: question.collection, pipeline: [...stagesOf(question), { $set: { [OF]: index } }] };
}

/** What finds it. The order is made of the answer: that of a union is not said. */
export function stagesOf(question: Question): Row[] {
  const { filter, sort = {}, skip = 0, limit = 0, columns, counts, distinct, joins } = question;
  const order = [...Object.keys(sort), ...(joins === undefined ? [] : [JOINED])];
  const kept = columns && { ...columns, ...Object.fromEntries(order.map((path) => [path, 1])) };
  return [
    { $match: filter },
    ...(Object.keys(sort).length > 0 && skip + limit > 0 ? [{ $sort: sort }] : []),
    ...(skip > 0 ? [{ $skip: skip }] : []),
    ...(limit > 0 ? [{ $limit: limit }] : []),
    ...(counts ? [{ $count: 'n' }] : []),
    ...(distinct === undefined ? [] : [{ $group: { _id: `$${distinct}` } }]),
    ...(joins === undefined ? [] : [joinedBy(joins)]),
    ...(kept === undefined ? [] : [{ $project: kept }]),
  ];
}

function joinedBy({ from, by: localField, at: foreignField }: Joins): Row {
  return { $lookup: { from, localField, foreignField, as: JOINED } };
}
