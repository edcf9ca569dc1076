import { backOffMs } from '../work/back-off.ts';

/** What is known of the receiver since it took something last; of this process alone. */
export interface Rest {
  /** Items of which something was not taken: of one alone it is not known whether the receiver is out, or cannot take that. */
  readonly items: ReadonlySet<string>;
  /** How often in a row it took nothing, since it counts as out. */
  readonly failures: number;
  /** Until when it is asked nothing, by `clock.now()`. */
  readonly until: number;
}

export const AWAKE: Rest = { items: new Set(), failures: 0, until: 0 };

/** So that what waited through a long outage goes out within minutes of its end. */
const OUT = { firstMs: 1_000, ceilingMs: 5 * 60_000 } as const;
/** One event that is not taken while others are. */
const ALONE = { firstMs: 1_000, ceilingMs: 15 * 60_000 } as const;
/** Of a receiver that wants no more, or asks for time; a longer wait is none that was begun by this calendar. */
const LONGEST_MS = 60 * 60_000;

/** The receiver did not take something of this item. `random`: 0 to 1. */
export function restAfter(
  rest: Rest,
  itemRef: string,
  { now, random, gone, retryAfterMs }: { now: number; random: number; gone: boolean; retryAfterMs: number },
): Rest {
  const items = new Set([...rest.items, itemRef]);
  const asked = gone ? LONGEST_MS : Math.min(retryAfterMs, LONGEST_MS);
  if (items.size === 1 && asked === 0) return { ...rest, items };
  const until = now + Math.max(backOffMs(rest.failures, OUT, random), asked);
  return { items, failures: rest.failures + 1, until };
}

/** Whether it is left alone now. A calendar that was set back (a demo begins afresh) ends it. */
export function isResting({ until }: Rest, now: number): boolean {
  return now < until && until - now <= LONGEST_MS;
}

/** How long an event waits by itself that failed so often while others got through. */
export function ownWaitMs(tries: number, random: number): number {
  return backOffMs(Math.max(0, tries - 1), ALONE, random);
}
