import { derivedId } from '@field/kit/ids';
import { adminsOf, holdMember } from '../../models/people.ts';
import { addQuestion, changeQuestion, growingQuestion, type Question } from '../../models/questions.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { LONGEST_QUESTION, MOST_ON_A_CARD, type Said } from '../../src/domain/question.ts';
import { helpHere } from '../menu/help-here.ts';
import { questionSubject } from './question-subject.ts';

/** `Ask your admin`. */
export async function openQuestion(ctx: TapContext): Promise<void> {
  ctx.show({ view: 'help.ask', subject: { kind: 'person', id: ctx.person.userId } });
}

/**
 * A question goes to every other admin of the ISO, on one card an hour that grows with what is asked further: however much somebody asks,
 * a phone rings once.
 */
export async function sendQuestion(ctx: TapContext): Promise<void> {
  const { userId, isoId } = ctx.person;
  const statement = wordsIn(ctx, 'question');
  const subject = { kind: 'person', id: userId } as const;
  if (isoId === undefined) return;
  if (statement === '') return ctx.show({ view: 'help.ask', subject, line: { key: 'question.empty' } });
  const others = (await adminsOf(isoId, ctx.tx)).filter((admin) => admin.userId !== userId);
  if (others.length === 0) return ctx.show({ view: 'help', subject, line: { key: 'question.nobody' } });
  ctx.person = await holdMember(ctx.person, ctx.tx);
  const said: Said = { at: ctx.now, statement, shop: (await helpHere(ctx.person, ctx.now))?.shop };
  const growing = await growingQuestion({ userId, isoId, now: ctx.now }, ctx.tx);
  if (growing === undefined) {
    const question = { questionId: ctx.ids.next(), isoId, userId, askedAt: ctx.now, asked: [said] };
    await addQuestion(question, ctx.tx);
    for (const admin of others) sendCard(ctx, question, admin.userId);
  } else {
    if (growing.asked.length >= MOST_ON_A_CARD) {
      const line = { key: 'question.enough', args: { count: MOST_ON_A_CARD } } as const;
      return ctx.show({ view: 'help', subject, line });
    }
    await changeQuestion(growing, { asked: [...growing.asked, said], saidAt: ctx.now }, ctx.tx);
    ctx.touch(questionSubject(growing));
  }
  ctx.show({ view: 'help', subject, line: { key: 'question.sent' } });
}

function sendCard(ctx: TapContext, question: Pick<Question, 'questionId'>, to: string): void {
  const intent = derivedId('question', question.questionId, to);
  ctx.send({ intent, to, kind: 'record', view: 'help.question', subject: questionSubject(question) });
}

/** What was typed into a field, as long as it may be. */
export function wordsIn(ctx: TapContext, field: string): string {
  const typed = ctx.update.params.form?.[field];
  const words = typeof typed === 'string' ? typed.trim() : '';
  return Array.from(words).slice(0, LONGEST_QUESTION).join('');
}
