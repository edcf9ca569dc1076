import { shownDate, shownTime } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import { reviewReason, type SaidReason } from '../vocabulary.ts';
import { widthOf } from '../width.ts';
import { type ItemName, itemName } from './item-name.ts';

/** A failure about which something can still be done. */
export interface UrgentFailure {
  readonly itemRef: string;
  readonly name: ItemName;
  readonly reason: SaidReason | undefined;
  readonly deadlineAt: number | undefined;
}

/** A line is read at a glance up to here; the marks around the name take six. */
const LINE = 53;
/** A name on a banner, with a deadline beside it. */
const BANNER_NAME = 24;

/**
 * What failed, and until when it can be put right, with how many `more` there are: the day by its name, since the card stays in the chat
 * and the days that are left do not.
 */
export function failureLines(
  t: T,
  { name, reason, deadlineAt }: UrgentFailure,
  { more, timeZone }: { readonly more: number; readonly timeZone: string },
): string[] {
  const because = reason === undefined ? '' : reviewReason(t, reason);
  const named = itemName(t, name, LINE - widthOf(because));
  const why = markdownText(t, 'resultDay.failure', { name: named, reason: because });
  if (deadlineAt === undefined) return [why];
  const [date, time] = [shownDate(t.language, deadlineAt, timeZone), shownTime(t.language, deadlineAt, timeZone)];
  return [why, markdownText(t, 'resultDay.until', { date, time, more })];
}

/** What a locked phone says of it: what is to be put right, and until when. */
export function failureAlert(t: T, { name, deadlineAt }: UrgentFailure, timeZone: string): string {
  const named = itemName(t, name, BANNER_NAME);
  if (deadlineAt === undefined) return named;
  const [date, time] = [shownDate(t.language, deadlineAt, timeZone), shownTime(t.language, deadlineAt, timeZone)];
  return t('reminder.alert', { name: named, date, time });
}
