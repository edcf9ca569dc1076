import { dayAfter, weekdayOf } from '@field/kit/calendar';
import { monthAfter, monthBefore } from './fee-lines.ts';

/** Of which time results are shown: a month by its number, `202611`; `month` are the last 30 days. */
export type ResultPeriod = 'today' | 'week' | 'month' | 'all' | `${number}`;

const NAMED = ['today', 'week', 'month', 'all'] as const;
const DAYS = { today: 1, week: 7, month: 30 } as const;

/** What a tap or a card names; nothing in a tap is trusted, so what is no time is the last 7 days. */
export function periodNamed(text = ''): ResultPeriod {
  return NAMED.find((known) => known === text) ?? (isMonth(text) ? text : 'week');
}

/** `202611`. */
export function isMonth(text: string): text is `${number}` {
  return /^2\d{3}(?:0[1-9]|1[0-2])$/.test(text);
}

/** From which day to which, both included; undefined for all there ever was. */
export function daysOf(
  period: ResultPeriod,
  today: string,
): { readonly from: string; readonly to: string } | undefined {
  if (period === 'all') return undefined;
  if (period === 'today' || period === 'week' || period === 'month')
    return { from: dayAfter(today, 1 - DAYS[period]), to: today };
  return { from: `${period}01`, to: dayAfter(`${monthAfter(period)}01`, -1) };
}

/** How much was sent over time: by day, by week from each Monday on, or by month. */
export interface OverTime {
  readonly by: 'day' | 'week' | 'month';
  /** `20261123`, the first day of a week, or `202611`; the earliest first. */
  readonly points: readonly { readonly at: string; readonly count: number }[];
}

const MOST_MONTHS = 12;

/**
 * The course of a period: its days, its weeks, or the last twelve months of all time. None of a single day. `counts` are by day, or by
 * month of all time; what has not come yet is no point.
 */
export function courseOf(
  period: ResultPeriod,
  today: string,
  counts: ReadonlyMap<string, number>,
): OverTime | undefined {
  if (period === 'today') return undefined;
  if (period === 'all') return { by: 'month', points: lastMonths(today.slice(0, 6), counts) };
  const days = daysUpTo(daysOf(period, today), today);
  if (period === 'week') return { by: 'day', points: days.map((at) => ({ at, count: counts.get(at) ?? 0 })) };
  const weeks = new Map<string, number>();
  let week = days[0] ?? today;
  for (const day of days) {
    if (weekdayOf(day) === 1) week = day;
    weeks.set(week, (weeks.get(week) ?? 0) + (counts.get(day) ?? 0));
  }
  return { by: 'week', points: [...weeks].map(([at, count]) => ({ at, count })) };
}

function daysUpTo(days: { readonly from: string; readonly to: string } | undefined, today: string): string[] {
  if (days === undefined) return [];
  const last = days.to < today ? days.to : today;
  const all: string[] = [];
  for (let day = days.from; day <= last; day = dayAfter(day)) all.push(day);
  return all;
}

/** From the first one in which anything was sent. */
function lastMonths(thisMonth: string, counts: ReadonlyMap<string, number>): OverTime['points'] {
  const first = [...counts.keys()].sort()[0] ?? thisMonth;
  const months: string[] = [];
  for (let month = thisMonth; month >= first && months.length < MOST_MONTHS; month = monthBefore(month))
    months.unshift(month);
  return months.map((at) => ({ at, count: counts.get(at) ?? 0 }));
}
