/** What DingTalk counts against an organisation's month (dingtalk 5): what it pushes to the bot, and what the bot calls. */
export const METERED = ['pushes', 'calls'] as const;
export type Metered = (typeof METERED)[number];
export type Amounts = Readonly<Record<Metered, number>>;

/** How much of a limit is used when its admins are told, percent. */
const TOLD_AT = [100, 90, 70] as const;
export type Threshold = (typeof TOLD_AT)[number];

/** DingTalk's months begin at midnight here, as far as is known. */
export const DINGTALK_TIME_ZONE = 'Asia/Shanghai';
const BEIJING_MS = 8 * 3_600_000;
/** What was used within less than a day says nothing about the next one. */
const SHORTEST_MS = 24 * 3_600_000;

/** The month in which something counts, `2026-11`. */
export function monthOf(at: number): string {
  return new Date(at + BEIJING_MS).toISOString().slice(0, 7);
}

/** When a month is over and its limits begin afresh, milliseconds. */
export function monthEnd(month: string): number {
  return Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1) - BEIJING_MS;
}

/** How much of its month is over at this time, from 0 to 1. */
export function elapsedOf(at: number): number {
  const month = monthOf(at);
  const begin = Date.parse(`${month}-01`) - BEIJING_MS;
  return (at - begin) / (monthEnd(month) - begin);
}

/** The highest share of a limit at which admins are told that has been reached. */
export function thresholdReached(used: number, limit: number): Threshold | undefined {
  return TOLD_AT.find((percent) => used * 100 >= limit * percent);
}

/** How much of a limit is used, in whole percent: 100 only when it is used up. */
export function percentUsed(used: number, limit: number): number {
  return Math.floor((used * 100) / limit);
}

export interface Pace {
  readonly used: number;
  readonly limit: number;
  /** When counting began in this month, milliseconds. */
  readonly since: number;
  readonly now: number;
}

/** When a limit is used up if the month goes on as it went so far: `now` if it is, undefined if it lasts. */
export function runsOutAt({ used, limit, since, now }: Pace): number | undefined {
  if (used >= limit) return now;
  if (used === 0) return undefined;
  const at = now + ((limit - used) * Math.max(SHORTEST_MS, now - since)) / used;
  return at < monthEnd(monthOf(now)) ? Math.round(at) : undefined;
}
