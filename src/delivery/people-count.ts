import type { Clock } from '@field/kit/clock';
import { addPushed } from '../../models/monthly-usage.ts';
import { isoIdsOf } from '../../models/people.ts';
import { erasedAmong } from '../../models/personal-rows.ts';
import { addPersonal, forgetUsageOf, type PersonalCounts, type PersonalUsage } from '../../models/personal-usage.ts';
import { ORGANISATION } from '../domain/budget.ts';
import { monthOf } from '../domain/limits.ts';
import { type Hours, hourOfMonth, MOST_OF_A_PERSON, mayFollow } from '../domain/personal-budget.ts';

/**
 * Counts what each person causes. It is kept in memory and written with the next `write`, since nothing may wait for it: a crash loses the
 * seconds since the last one, and other processes know them as late.
 */
export interface PeopleCount {
  /** DingTalk pushed something because of them; a call was made; a tap of theirs brought so many cards below. */
  pushed(userId: string): void;
  called(userId: string): void;
  opened(userId: string, cards: number): void;
  /** Whether one more call, or one more card below by a tap, may follow from their steps now. */
  mayCall(userId: string): boolean;
  mayOpen(userId: string): boolean;
  /** Writes what was counted since, and learns what other processes counted for the same people. */
  write(): Promise<void>;
  /** Begins afresh, with a store in which nothing is. */
  forget(): void;
}

/** What was counted in one hour and is not written yet. */
interface Counted extends Record<keyof PersonalCounts, number> {
  readonly at: number;
}

interface Owed {
  readonly at: number;
  readonly payer: string;
  readonly pushes: number;
}

export function createPeopleCount(clock: Pick<Clock, 'now'>): PeopleCount {
  /** By person, then by hour of which month. */
  const unwritten = new Map<string, Map<string, Counted>>();
  /** Pushes that are written for a person and not yet for who would pay for them, by month and payer. */
  const unpaid = new Map<string, Owed>();
  /** What the store said of their month. */
  const known = new Map<string, PersonalUsage>();

  function add(userId: string, what: keyof PersonalCounts, count: number): void {
    const at = clock.now();
    const hours = unwritten.get(userId) ?? new Map<string, Counted>();
    const name = `${monthOf(at)}/${hourOfMonth(at)}`;
    const hour = hours.get(name) ?? { at, pushes: 0, calls: 0, opened: 0 };
    hour[what] += count;
    unwritten.set(userId, hours.set(name, hour));
  }

  function hoursOf(userId: string, month: string, what: 'calls' | 'opened'): Hours {
    const stored = known.get(userId);
    const hours: Record<string, number> = stored?.month === month ? { ...stored[what] } : {};
    for (const counted of unwritten.get(userId)?.values() ?? []) {
      const hour = hourOfMonth(counted.at);
      if (monthOf(counted.at) === month) hours[hour] = (hours[hour] ?? 0) + counted[what];
    }
    return hours;
  }

  function may(userId: string, what: 'calls' | 'opened'): boolean {
    const now = clock.now();
    return mayFollow(hoursOf(userId, monthOf(now), what), now, MOST_OF_A_PERSON[what]);
  }

  /** `isErased`: the organisation is told, and nothing is kept of the person. */
  async function write(
    userId: string,
    { isoId, isErased }: { isoId: string | undefined; isErased: boolean },
    hour: Counted,
  ): Promise<void> {
    const { at, ...counts } = { ...hour };
    if (isErased) known.delete(userId);
    else known.set(userId, await addPersonal({ userId, isoId, at }, counts));
    // more was counted meanwhile
    for (const what of ['pushes', 'calls', 'opened'] as const) hour[what] -= counts[what];
    const payer = isoId ?? ORGANISATION;
    owe({ at, payer, pushes: counts.pushes });
  }

  function owe({ at, payer, pushes }: Owed): void {
    const name = `${monthOf(at)}/${payer}`;
    const sum = pushes + (unpaid.get(name)?.pushes ?? 0);
    if (sum > 0) unpaid.set(name, { at, payer, pushes: sum });
  }

  async function writeUnpaid(): Promise<void> {
    for (const [name, owed] of [...unpaid]) {
      unpaid.delete(name);
      try {
        await addPushed(owed.at, owed.payer, owed.pushes);
      } catch (error) {
        owe(owed);
        throw error;
      }
    }
  }

  /** Whoever did nothing today has a whole budget again, and is learned anew when they come back. */
  function forgetIdle(): void {
    const now = clock.now();
    const [month, day] = [monthOf(now), hourOfMonth(now).slice(0, 3)];
    for (const [userId, { month: theirs, calls, opened }] of known) {
      const hours = [...Object.keys(calls), ...Object.keys(opened)];
      const isToday = theirs === month && hours.some((hour) => hour.startsWith(day));
      if (!isToday) known.delete(userId);
    }
  }

  return {
    pushed: (userId) => add(userId, 'pushes', 1),
    called: (userId) => add(userId, 'calls', 1),
    opened: (userId, cards) => add(userId, 'opened', cards),
    mayCall: (userId) => may(userId, 'calls'),
    mayOpen: (userId) => may(userId, 'opened'),
    async write() {
      const people = [...unwritten.keys()];
      const isoIds = await isoIdsOf(people);
      const erased = await erasedAmong(people);
      for (const userId of people) {
        const hours = unwritten.get(userId) ?? new Map<string, Counted>();
        for (const [name, hour] of hours) {
          await write(userId, { isoId: isoIds.get(userId), isErased: erased.has(userId) }, hour);
          if (hour.pushes + hour.calls + hour.opened === 0) hours.delete(name);
        }
        if (hours.size === 0) unwritten.delete(userId);
      }
      // who was erased between the two
      const erasedNow = await erasedAmong(people);
      if (erasedNow.size > 0) await forgetUsageOf([...erasedNow]);
      await writeUnpaid();
      forgetIdle();
    },
    forget() {
      unwritten.clear();
      unpaid.clear();
      known.clear();
    },
  };
}
