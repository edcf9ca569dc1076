import { findQuestion, type Question } from '../../models/questions.ts';
import type { TapSubject } from '../../src/bot/tap-subject.ts';
import type { Subject } from '../../src/platform/subject.ts';
import { showMenu } from '../menu/menu.ts';

export function questionSubject({ questionId }: Pick<Question, 'questionId'>): Subject {
  return { kind: 'question', id: questionId };
}

/** What somebody else of the admin's own ISO asked; whoever answered first goes on answering. */
export const QUESTION_TO_ANSWER: TapSubject<Question> = {
  async load({ update, tx }) {
    const { subject } = update.params;
    return subject?.kind === 'question' ? await findQuestion(subject.id, tx) : undefined;
  },
  mayUse: ({ isoId, userId }, question) => question.isoId === isoId && question.userId !== userId,
  isOpen: ({ person }, { answeredBy }) => answeredBy === undefined || answeredBy === person.userId,
  refuse(ctx, refusal) {
    if (refusal.why === 'over') return showMenu(ctx, { key: 'question.answeredMeanwhile' });
    showMenu(ctx, { key: 'line.gone' });
  },
};
