import type { Tally } from './item-standing.ts';
import type { Reasons } from './reasons.ts';

/** Why a store or a spot failed, as it was judged. */
export interface CountedFailure {
  readonly reasonCodes: readonly string[];
  /** The version of the programme by which these are read. */
  readonly readUnder: number;
}

export interface ReviewNumbers {
  readonly stores: Tally;
  readonly spots: Tally;
  /** Why stores and spots failed, see `countReasons`. */
  readonly reasons: readonly CountedReason[];
}

export interface CountedReason {
  readonly code: string;
  /** The newest version of the programme by which it was read. */
  readonly readUnder: number;
  readonly count: number;
}

/**
 * Why these failed, the most frequent first; each failure counts once, by its first reason. These are numbers for groups: a
 * suspicion is for admins only and is another reason here (domain A.10).
 */
export function countReasons(
  failures: readonly CountedFailure[],
  reasonsAt: (version: number) => Reasons,
): readonly CountedReason[] {
  const counts = new Map<string, CountedReason>();
  for (const { reasonCodes, readUnder } of failures) {
    const reasons = reasonsAt(readUnder);
    const first = reasons.of(reasonCodes[0]);
    const { code } = first.saidAlone ? reasons.of(undefined) : first;
    const before = counts.get(code) ?? { count: 0, readUnder };
    counts.set(code, { code, readUnder: Math.max(before.readUnder, readUnder), count: before.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
