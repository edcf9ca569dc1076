import { derivedId } from '@field/kit/ids';
import { changeQuestion, type Question } from '../../models/questions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { SAME_CARD_MS } from '../../src/domain/question.ts';
import { showMenu } from '../menu/menu.ts';
import { wordsIn } from './ask-admin.ts';
import { questionSubject } from './question-subject.ts';

/** `Answer`: below the card with the question, which goes on growing meanwhile. */
export function openAnswer(ctx: TapContext, question: Question): void {
  ctx.show({ view: 'help.answer', subject: questionSubject(question) });
}

/** The answer goes to whoever asked, on one card an hour; the other admins read that it is answered, and by whom. */
export async function answerQuestion(ctx: TapContext, question: Question): Promise<void> {
  const statement = wordsIn(ctx, 'answer');
  const subject = questionSubject(question);
  if (statement === '') return ctx.show({ view: 'help.answer', subject, line: { key: 'question.emptyAnswer' } });
  const { questionId, userId, asked, answers, askedAt } = question;
  const answeredBy = ctx.person.userId;
  const all = [...answers, { at: ctx.now, statement, to: seenBy(ctx, asked.length) }];
  await changeQuestion(question, { answers: all, answeredBy, saidAt: ctx.now }, ctx.tx);
  const hour = Math.floor((ctx.now - askedAt) / SAME_CARD_MS);
  const intent = derivedId('answer', questionId, hour);
  ctx.send({ intent, to: userId, kind: 'record', view: 'help.answered', subject });
  ctx.touch(subject);
  // it stands on the lines of the fees that they asked about, too
  for (const { about } of asked) if (about !== undefined) ctx.touch({ kind: 'feeLine', id: about.line });
  ctx.audit('help.answer', subject);
  showMenu(ctx, { key: 'question.answered' });
}

/** How many questions the card showed on which it was written: what came meanwhile is not answered by it. */
function seenBy({ update }: TapContext, asked: number): number {
  const seen = Number(update.params.extra.form);
  return Number.isInteger(seen) && seen > 0 ? Math.min(seen, asked) : asked;
}
