import { AppError } from '@field/kit/errors';
import { type ClientSession, mongo } from 'mongoose';
import { database } from './database.ts';
import { answerTo, knowAnswer, rowThere } from './read-ahead.ts';
import { type Question, readTogether, stagesOf } from './read-together.ts';
import { isInTransaction } from './single-write.ts';
import { inOrder } from './stored-order.ts';
import { idsIn } from './stored-row.ts';
import { settle } from './write-queue.ts';

type Row = Readonly<Record<string, unknown>>;

interface Asked {
  readonly words: string;
  readonly question: Question;
  readonly answered: Promise<readonly Row[]>;
  readonly alone: () => Promise<readonly Row[]>;
  readonly answer: (rows: readonly Row[]) => void;
  readonly refuse: (error: unknown) => void;
}

const MOST_TOGETHER = 48;
/** Longer answers are not kept. */
const MOST_KEPT = 100;

const waiting = new WeakMap<ClientSession, Asked[]>();
/** Those whose answers are too much for one document, or that a server does not give together. */
const apart = new WeakSet<ClientSession>();

/**
 * Answers a question of a transaction, in one command with what else is asked in it at the same moment, as in `readAll`. A union is of no
 * transaction, so they hang on a row that it has read. Commands of a transaction follow one another, so what is asked meanwhile waits, and what
 * waits to be written of what is asked for is written before. What is asked again in the same words is known, as it is to a single write.
 */
export async function readWithin(
  tx: ClientSession,
  question: Question,
  alone: () => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  const { collection, filter, joins } = question;
  const words = mongo.BSON.EJSON.stringify(question);
  const known = answerTo<Row>(tx, collection, words);
  if (known !== undefined) return known;
  const asked = isInTransaction(tx) ? askWithOthers(tx, { words, question, alone }) : readTogether(question, alone);
  const rows = await asked;
  if (rows.length <= MOST_KEPT)
    knowAnswer(tx, collection, words, { filter, rows, whole: wholeOf(question), joined: joins?.from });
  return rows;
}

/** Rows of which only some columns were asked for, or to which others are joined, are not what is written. */
function wholeOf({
  sort = {},
  skip = 0,
  limit = 0,
  columns,
  counts,
  joins,
}: Question): 'counted' | typeof sort | undefined {
  if (skip > 0 || limit > 0 || columns !== undefined || joins !== undefined) return undefined;
  return counts ? 'counted' : sort;
}

function askWithOthers(tx: ClientSession, asked: Pick<Asked, 'words' | 'question' | 'alone'>): Promise<readonly Row[]> {
  const others = waiting.get(tx);
  const same = others?.find(({ words }) => words === asked.words);
  if (same !== undefined) return same.answered;
  const one: Asked = { ...asked, ...toBeAnswered() };
  if (others !== undefined) others.push(one);
  else {
    waiting.set(tx, [one]);
    void answerWhatWaits(tx);
  }
  return one.answered;
}

function toBeAnswered(): Pick<Asked, 'answered' | 'answer' | 'refuse'> {
  let [answer, refuse]: [Asked['answer'], Asked['refuse']] = [() => undefined, () => undefined];
  const answered = new Promise<readonly Row[]>((resolve, reject) => {
    [answer, refuse] = [resolve, reject];
  });
  return { answered, answer, refuse };
}

/** Another transaction begins in this session. */
export function askTogether(tx: ClientSession): void {
  apart.delete(tx);
}

async function answerWhatWaits(tx: ClientSession): Promise<void> {
  for (;;) {
    await everybodyHasAsked();
    const asked = waiting.get(tx)?.splice(0, MOST_TOGETHER) ?? [];
    if (asked.length === 0) break;
    await answerAll(tx, asked);
  }
  waiting.delete(tx);
}

/** After everything that is asked without waiting for an answer, or as one comes. */
function everybodyHasAsked(): Promise<void> {
  return new Promise((goOn) => {
    queueMicrotask(() => process.nextTick(goOn));
  });
}

async function answerAll(tx: ClientSession, asked: readonly Asked[]): Promise<void> {
  try {
    for (const { question } of asked) {
      await settle(tx, { collection: question.collection, ids: idsIn(question.filter) });
      if (question.joins !== undefined) await settle(tx, { collection: question.joins.from });
    }
    const together =
      asked.length > 1
        ? await answersTo(
            tx,
            asked.map(({ question }) => question),
          )
        : undefined;
    for (const [place, { question, alone, answer }] of asked.entries()) {
      answer(together === undefined ? await alone() : inOrder(together[place] ?? [], question.sort ?? {}));
    }
  } catch (error) {
    for (const { refuse } of asked) refuse(error);
  }
}

/** Undefined where they are to be asked one after the other. */
async function answersTo(
  tx: ClientSession,
  questions: readonly Question[],
): Promise<readonly (readonly Row[])[] | undefined> {
  const there = rowThere(tx);
  if (there === undefined || apart.has(tx)) return undefined;
  const lookups = questions.map((question, place) => ({
    $lookup: { from: question.collection, pipeline: stagesOf(question), as: nameOf(place) },
  }));
  const stages = [{ $match: { _id: there.id } }, { $project: { _id: 1 } }, ...lookups];
  const rows = database().collection<{ _id: string }>(there.collection);
  const [found] = await rows
    .aggregate<Row>(stages, { session: tx })
    .toArray()
    .catch((error) => orApart(tx, error));
  return found && questions.map((_, place) => [found[nameOf(place)]].flat().map(Object));
}

function nameOf(place: number): string {
  return `of${place}`;
}

/** A refusal ends the transaction: it is begun anew, and asks one after the other. */
function orApart(tx: ClientSession, error: unknown): never {
  const isRefused = error instanceof mongo.MongoServerError && !error.hasErrorLabel('TransientTransactionError');
  if (!isRefused) throw error;
  apart.add(tx);
  throw new AppError('subject.lostRace', {}, { cause: error });
}
