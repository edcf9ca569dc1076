import { type AnswerInFlight, finishAnswers } from '../../models/card-answers.ts';
import type { Shown } from '../../models/cards.ts';

/** One answer ends by itself: `shown` if it left in time. */
export async function finishAnswer(
  answer: AnswerInFlight,
  shown: Shown | undefined,
  formOpen: boolean,
): Promise<{ readonly needsPut: boolean } | undefined> {
  const [noted] = await finishAnswers([{ answer, shown, formOpen }]);
  return noted;
}
