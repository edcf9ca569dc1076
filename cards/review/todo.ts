import { shownDate, shownTime } from '../dates.ts';
import type { T } from '../text.ts';

/** What DingTalk's own list of to-dos says of what failed: how much there is, and until when the first of it can be put right. */
export function todoSubject(
  t: T,
  {
    count,
    dueAt,
    timeZone,
  }: { readonly count: number; readonly dueAt?: number | undefined; readonly timeZone: string },
): string {
  if (dueAt === undefined) return t('todo.undated', { count });
  const [date, time] = [shownDate(t.language, dueAt, timeZone), shownTime(t.language, dueAt, timeZone)];
  return t('todo.subject', { count, date, time });
}
