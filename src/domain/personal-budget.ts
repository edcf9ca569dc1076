/**
 * What follows from one person's steps, by the hour of the month: `24-10` is the 24th, from ten to eleven, where DingTalk's months
 * begin.
 */
export type Hours = Readonly<Record<string, number>>;

interface Most {
  readonly anHour: number;
  readonly aDay: number;
}

/**
 * How much may follow from one person's steps. No honest day comes near it: what a busy one takes, and how many times that this is,
 * stands in docs/costs.md and is held by a test.
 */
export const MOST_OF_A_PERSON = {
  /** Calls, whatever they did. */
  calls: { anHour: 300, aDay: 1_000 },
  /** New cards below because of a tap, each two calls. More of them open on the card that was tapped. */
  opened: { anHour: 18, aDay: 60 },
} as const satisfies Record<string, Most>;

const BEIJING_MS = 8 * 3_600_000;

export function hourOfMonth(at: number): string {
  const there = new Date(at + BEIJING_MS).toISOString();
  return `${there.slice(8, 10)}-${there.slice(11, 13)}`;
}

/** Whether one more may follow at `at`, by the hours of that month. */
export function mayFollow(hours: Hours, at: number, most: Most): boolean {
  const hour = hourOfMonth(at);
  const day = hour.slice(0, 3);
  let today = 0;
  for (const [name, count] of Object.entries(hours)) if (name.startsWith(day)) today += count;
  return (hours[hour] ?? 0) < most.anHour && today < most.aDay;
}
