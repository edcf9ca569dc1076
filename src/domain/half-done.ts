import { DAY_MS, dayOf } from '@field/kit/calendar';
import { type AllowedHours, isAllowed, lastAllowed, nextAllowed } from './allowed-hours.ts';

/** So long before it is discarded a promotion that nobody goes on with is told of once more. */
const BEFORE_GONE_MS = 7 * DAY_MS;

/** A promotion that is begun and not submitted. All times by `clock.now()`, milliseconds. */
export interface HalfDone {
  /** Its last step. */
  readonly updatedAt: number;
  /** When whoever has it in hand is told of it next, whatever the hour; none where that is never. */
  readonly noticeAt?: number | undefined;
}

/** When the first notice is due after a step, by the `days` of the programme; whatever the hour. */
export function firstNoticeOf(updatedAt: number, days: readonly number[]): number | undefined {
  return days.length === 0 ? undefined : updatedAt + Math.min(...days) * DAY_MS;
}

/**
 * When a notice that is due then is told: in quiet hours in the last allowed one before, but on a later day than the last step; where
 * there is none, when people may be told again.
 */
export function toldAt(noticeAt: number, updatedAt: number, hours: AllowedHours): number | undefined {
  if (isAllowed(noticeAt, hours)) return noticeAt;
  const before = lastAllowed(noticeAt, hours);
  const isLater = before !== undefined && before > updatedAt && !isSameDay(before, updatedAt, hours);
  return isLater ? before : nextAllowed(noticeAt, hours);
}

/**
 * When the next notice is due after one that was told at `now`: the next of the `days`, and once more before it is discarded at
 * `goneAt`; on a later day. Undefined where that was the last.
 */
export function nextNoticeOf(
  { updatedAt }: HalfDone,
  { now, days, goneAt }: { readonly now: number; readonly days: readonly number[]; readonly goneAt: number },
  hours: AllowedHours,
): number | undefined {
  if (days.length === 0) return undefined;
  const due = [...days.map((day) => updatedAt + day * DAY_MS), goneAt - BEFORE_GONE_MS];
  return due
    .sort((one, other) => one - other)
    .find((noticeAt) => {
      const at = noticeAt >= goneAt ? undefined : toldAt(noticeAt, updatedAt, hours);
      return at !== undefined && at > now && !isSameDay(at, now, hours);
    });
}

function isSameDay(one: number, other: number, { timeZone }: AllowedHours): boolean {
  return dayOf(one, timeZone) === dayOf(other, timeZone);
}
