import { daysLeft } from '../src/domain/days-left.ts';
import type { T } from './text.ts';

/** `3 days left`, `last day`, `overdue`: how far a deadline is from now, by the calendar that the card's dates are shown in. */
export function timeLeft(t: T, now: number, deadlineAt: number, timeZone: string): string {
  return t('time.left', { days: daysLeft(now, deadlineAt, timeZone) });
}
