import type { LineTalk } from '../../cards/help/line-talk.ts';
import { type FeeLine, findFeeLine } from '../../models/fee-lines.ts';
import { findItem } from '../../models/items.ts';
import { namesOf, type Person } from '../../models/people.ts';
import { findQuestion } from '../../models/questions.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Said } from '../../src/domain/question.ts';

/** A line of the ledger that is about what this person did for the ISO that they work for. */
export async function ownFeeLine(
  lineId: string,
  { userId, isoId }: Pick<Person, 'userId' | 'isoId'>,
  tx?: Reads,
): Promise<FeeLine | undefined> {
  const line = await findFeeLine(lineId, tx);
  return line?.staffId === userId && line.isoId === isoId ? line : undefined;
}

/** What a question about it is about. */
export async function aboutLine(
  { lineId, itemRef, fee, month }: FeeLine,
  tx?: Reads,
): Promise<Pick<Said, 'shop' | 'about'>> {
  return { shop: (await findItem(itemRef, tx))?.shop, about: { line: lineId, fee, month } };
}

/** What was asked about a line of the ledger, and the first answer to that; undefined where nobody asked, or it is forgotten. */
export async function talkOfLine({ asked }: Pick<FeeLine, 'asked'>, tx?: Reads): Promise<LineTalk | undefined> {
  const question = asked && (await findQuestion(asked.questionId, tx));
  const said = question?.asked[(asked?.place ?? 0) - 1];
  if (asked === undefined || question === undefined || said === undefined) return undefined;
  const answer = question.answers.find(({ to }) => to >= asked.place);
  const { answeredBy } = question;
  const names = answeredBy === undefined ? undefined : await namesOf([answeredBy]);
  return { asked: said, answer, admin: answeredBy === undefined ? undefined : names?.get(answeredBy) };
}
