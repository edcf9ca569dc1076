import type { DeadlineRule } from '../domain/remedy-deadline.ts';
import type { ShopPlace } from './deadline-rule.ts';
import type { Programme } from './programme.ts';
import { reminderHours } from './reminder-hours.ts';

/** By what a programme counts the days to answer an appeal: working days where its ISO is, every day where it names none. */
export function answerRule(programme: Programme, place: ShopPlace): DeadlineRule {
  const { appeals, deadlines } = programme;
  const { timeZone, works } = reminderHours(programme, place);
  return { days: appeals.days, hour: deadlines.hour, timeZone, counts: works };
}
