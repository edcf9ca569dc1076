import { type Answer, isSameCard, type Said } from '../src/domain/question.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, sealedValue, text } from './fields.ts';
import type { Changes } from './queries.ts';
import type { Reads } from './single-write.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

const Questions = collection('questions', {
  id: 'questionId',
  fields: {
    isoId: text(),
    version: number(),
    userId: text(),
    /** When the first of them was asked, and when something was said last. */
    askedAt: number(),
    saidAt: number(),
    /** What was asked, the oldest first. */
    asked: sealedValue<readonly Said[]>(),
    /** What was answered, all by one admin. */
    answers: sealedValue<readonly Answer[]>(),
    /** The admin who answered first, and goes on answering. */
    answeredBy: text().optional(),
  },
  indexes: [[{ userId: 1, askedAt: -1 }], [{ saidAt: 1, questionId: 1 }]],
});

/** What somebody asked their ISO's admins within an hour, and what was answered: one card. */
export interface Question extends RecordOf<typeof Questions> {}

export async function addQuestion(
  question: Pick<Question, 'questionId' | 'isoId' | 'userId' | 'askedAt' | 'asked'>,
  tx: Transaction,
): Promise<void> {
  const row = { ...question, saidAt: question.askedAt, answers: [], version: 1 };
  await Questions.addWithOthers([row], tx, 'subject.lostRace');
}

export async function findQuestion(questionId: string, tx?: Reads): Promise<Question | undefined> {
  return await Questions.get(questionId, { tx });
}

/** Of a person in an ISO, the one that grows with what they ask now. */
export async function growingQuestion(
  { userId, isoId, now }: { readonly userId: string; readonly isoId: string; readonly now: number },
  tx: Transaction,
): Promise<Question | undefined> {
  const [last] = await Questions.find({ userId, isoId }, { sort: { askedAt: -1 }, limit: 1, tx });
  return last !== undefined && isSameCard(last.askedAt, now) ? last : undefined;
}

/** Compare-and-set on the version at which it was read. */
export async function changeQuestion(
  { questionId, version }: Question,
  to: Changes<Pick<Question, 'asked' | 'answers' | 'answeredBy' | 'saidAt'>>,
  tx: Transaction,
): Promise<Question> {
  return mustHaveMatched(await Questions.change({ questionId, version }, { set: to, inc: { version: 1 } }, { tx }));
}

/** Those of which nothing was said since before this, in the order of that. */
export async function pastQuestions(
  before: number,
  page: { readonly skip: number; readonly limit: number },
): Promise<readonly string[]> {
  const past = await Questions.find(
    { saidAt: { $lt: before } },
    { only: ['questionId'], sort: { saidAt: 1, questionId: 1 }, ...page },
  );
  return past.map(({ questionId }) => questionId);
}

export async function forgetQuestions(questionIds: readonly string[]): Promise<number> {
  return await Questions.removeAll({ questionId: { $in: questionIds } });
}
