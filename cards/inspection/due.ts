import { shownDate } from '../dates.ts';
import type { T } from '../text.ts';

export interface DueModel {
  readonly dueAt: number;
  /** How it stands to now; a calendar day in the ISO's zone. */
  readonly due: 'overdue' | 'today' | 'later';
}

/** `overdue`, `today`, `Thu 26 Nov`. */
export function whenDue(t: T, { dueAt, due }: DueModel, timeZone: string): string {
  if (due === 'later') return shownDate(t.language, dueAt, timeZone);
  return t(due === 'overdue' ? 'tasks.overdue' : 'tasks.today');
}
