import { findIso } from '../../models/isos.ts';
import { findItem } from '../../models/items.ts';
import { namesOf } from '../../models/people.ts';
import { findQuestion, type Question } from '../../models/questions.ts';
import { type LoadCard, OLD_CARD } from '../../src/delivery/render-cards.ts';
import { forAdmins } from '../team/for-admins.ts';
import { feeItemName } from '../team/load-fees.ts';
import { ownFeeLine } from './line-question.ts';

/** The field for a question; about a line of the own fees it says which. */
export const loadAsk: LoadCard = async ({ subject }, viewer) => {
  if (subject.kind !== 'feeLine') return { name: 'help.ask', model: {}, version: 0 };
  const line = await ownFeeLine(subject.id, viewer);
  const item = line && (await findItem(line.itemRef));
  if (line === undefined || item === undefined) return OLD_CARD;
  const { lineId, fee, month } = line;
  return { name: 'help.ask', model: { about: { line: lineId, fee, month, name: feeItemName(item) } }, version: 0 };
};

/** What somebody of the ISO asked, as an admin reads it. */
export const loadQuestion: LoadCard = forAdmins(async (card, viewer, isoId) => {
  const question = await findQuestion(card.subject.id);
  if (question?.isoId !== isoId || question.userId === viewer.userId) return OLD_CARD;
  const { answeredBy, version } = question;
  const mayAnswer = answeredBy === undefined || answeredBy === viewer.userId;
  return { name: 'help.question', model: { ...(await talkOf(question)), mayAnswer }, version };
});

/** The field for an answer; once another admin has answered, their answer. */
export const loadAnswer: LoadCard = async (card, viewer, now) => {
  const loaded = await loadQuestion(card, viewer, now);
  if (loaded.name !== 'help.question' || !loaded.model.mayAnswer) return loaded;
  const { name, asked, timeZone } = loaded.model;
  return { name: 'help.answer', model: { name, asked, timeZone }, version: loaded.version };
};

/** What was asked and answered, as whoever asked reads it. */
export const loadAnswered: LoadCard = async (card, viewer) => {
  const question = await findQuestion(card.subject.id);
  if (question?.userId !== viewer.userId) return OLD_CARD;
  return { name: 'help.answered', model: await talkOf(question), version: question.version };
};

async function talkOf({ isoId, userId, answeredBy, asked, answers }: Question) {
  const [iso, names] = await Promise.all([
    findIso(isoId),
    namesOf([userId, ...(answeredBy === undefined ? [] : [answeredBy])]),
  ]);
  return {
    name: names.get(userId) ?? '',
    admin: answeredBy === undefined ? undefined : (names.get(answeredBy) ?? ''),
    asked,
    answers,
    timeZone: iso?.timeZone ?? 'UTC',
  };
}
