import { derivedId } from '@field/kit/ids';
import { type FeeLine, noteAskedAbout } from '../../models/fee-lines.ts';
import { adminsOf, holdMember } from '../../models/people.ts';
import { addQuestion, changeQuestion, growingQuestion, type Question } from '../../models/questions.ts';
import { readAll } from '../../models/read-together.ts';
import type { TapContext } from '../../src/bot/context.ts';
import { LONGEST_QUESTION, MOST_ON_A_CARD, type Said } from '../../src/domain/question.ts';
import { helpHere } from '../menu/help-here.ts';
import { aboutLine, ownFeeLine } from './line-question.ts';
import { questionSubject } from './question-subject.ts';

/** `Ask your admin`: about the work in hand, or about a line of the own fees. */
export async function openQuestion(ctx: TapContext): Promise<void> {
  const { line } = ctx.update.params.extra;
  const person = { kind: 'person', id: ctx.person.userId } as const;
  ctx.show({ view: 'help.ask', subject: line === undefined ? person : { kind: 'feeLine', id: line } });
}

/**
 * A question goes to every other admin of the ISO, on one card an hour that grows with what is asked further: however much somebody asks,
 * a phone rings once. One about a line of the own fees is found from that line, too.
 */
export async function sendQuestion(ctx: TapContext): Promise<void> {
  const { userId, isoId } = ctx.person;
  if (isoId === undefined) return;
  const { subject: asked } = ctx.update.params;
  const line = asked?.kind === 'feeLine' ? await ownFeeLine(asked.id, ctx.person, ctx.tx) : undefined;
  const back = placeOf(ctx, line);
  const statement = wordsIn(ctx, 'question');
  if (statement === '') return ctx.show({ ...back, view: 'help.ask', line: { key: 'question.empty' } });
  const [admins, growing, about] = await readAll(
    () => adminsOf(isoId, ctx.tx),
    () => growingQuestion({ userId, isoId, now: ctx.now }, ctx.tx),
    () => (line === undefined ? aboutWork(ctx) : aboutLine(line, ctx.tx)),
  );
  const others = admins.filter((admin) => admin.userId !== userId);
  if (others.length === 0) return ctx.show({ ...back, line: { key: 'question.nobody' } });
  ctx.person = await holdMember(ctx.person, ctx.tx);
  const said: Said = { at: ctx.now, statement, ...about };
  if ((growing?.asked.length ?? 0) >= MOST_ON_A_CARD) {
    return ctx.show({ ...back, line: { key: 'question.enough', args: { count: MOST_ON_A_CARD } } });
  }
  const questionId = growing?.questionId ?? ctx.ids.next();
  if (growing === undefined) {
    await addQuestion({ questionId, isoId, userId, askedAt: ctx.now, asked: [said] }, ctx.tx);
    for (const admin of others) sendCard(ctx, { questionId }, admin.userId);
  } else {
    await changeQuestion(growing, { asked: [...growing.asked, said], saidAt: ctx.now }, ctx.tx);
    ctx.touch(questionSubject(growing));
  }
  if (line !== undefined) await noteAskedAbout(line, { questionId, place: (growing?.asked.length ?? 0) + 1 }, ctx.tx);
  ctx.show({ ...back, line: { key: 'question.sent' } });
}

async function aboutWork({ person, now, tx }: TapContext): Promise<Pick<Said, 'shop' | 'about'>> {
  return { shop: (await helpHere(person, now, tx))?.shop };
}

/** Where one goes on from: the line that was asked about, else *Help*. */
function placeOf({ person }: TapContext, line: FeeLine | undefined) {
  return line === undefined
    ? ({ view: 'help', subject: { kind: 'person', id: person.userId } } as const)
    : ({ view: 'review.feeLine', subject: { kind: 'feeLine', id: line.lineId } } as const);
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
