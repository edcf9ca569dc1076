import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';

/** By when an appeal is to be answered, and that it was not. */
export function answerByLine(
  t: T,
  {
    answerBy,
    now,
    timeZone,
  }: { readonly answerBy?: number | undefined; readonly now: number; readonly timeZone: string },
): string[] {
  if (answerBy === undefined) return [];
  const date = shownDate(t.language, answerBy, timeZone);
  return [markdownText(t, answerBy <= now ? 'appeal.answerLate' : 'appeal.answerBy', { date })];
}
