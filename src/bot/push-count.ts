import type { Clock } from '@field/kit/clock';
import { addUsage } from '../../models/monthly-usage.ts';
import { monthOf } from '../domain/limits.ts';

/**
 * Counts what DingTalk pushes to this process, each time it comes. A tap is to be answered within 2 s, so nothing is written on
 * its way: the count is kept in memory until the next `write`, and a crash loses the seconds since the last one.
 */
export interface PushCount {
  count(): void;
  /** Adds what was counted since to its month; what cannot be written now is written next time. */
  write(): Promise<void>;
}

/** What one month has had, and when the first of it came. */
interface Counted {
  readonly at: number;
  readonly pushes: number;
}

export function createPushCount(clock: Pick<Clock, 'now'>): PushCount {
  const months = new Map<string, Counted>();

  function add(at: number, pushes: number): void {
    const before = months.get(monthOf(at));
    months.set(monthOf(at), { at: before?.at ?? at, pushes: (before?.pushes ?? 0) + pushes });
  }

  return {
    count: () => add(clock.now(), 1),
    async write() {
      for (const [month, { at, pushes }] of [...months]) {
        months.delete(month);
        try {
          await addUsage(at, { pushes });
        } catch (error) {
          add(at, pushes);
          throw error;
        }
      }
    },
  };
}
