import { type ReasonCode, reasonOf } from './reason-codes.ts';
import type { Decision } from './review-decision.ts';

/** What is counted of a judged item. */
export interface CountedItem {
  readonly itemType: 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';
  readonly itemRef: string;
  /** Of a spot, and of the POSM at it. */
  readonly spotId?: string | undefined;
  /** Undefined while nobody has judged it. */
  readonly decision?: Decision | undefined;
  readonly reasonCodes: readonly string[];
}

export interface Tally {
  readonly promoted: number;
  readonly approved: number;
  readonly failed: number;
  readonly inReview: number;
}

export interface ReviewNumbers {
  readonly stores: Tally;
  readonly spots: Tally;
  /**
   * Why stores and spots failed, the most frequent first; each failure counts once, by its first reason. These are numbers for
   * groups: a suspicion of fraud is for admins only and is another reason here (domain A.10).
   */
  readonly reasons: readonly { readonly code: ReasonCode; readonly count: number }[];
}

type Fate = 'approved' | 'failed' | 'inReview';

interface Counted {
  readonly fate: Fate;
  readonly reason?: ReasonCode | undefined;
}

/** Counts stores and spots by what was decided of them. A spot has failed when it, or what stands at it, has failed. */
export function reviewNumbers(items: readonly CountedItem[]): ReviewNumbers {
  const stores = items.filter(({ itemType }) => itemType === 'STORE').map(counted);
  const bySpot = new Map<string, Counted>();
  for (const item of items) {
    if (item.spotId === undefined || item.itemType === 'STORE') continue;
    const found = counted(item);
    const before = bySpot.get(item.spotId);
    bySpot.set(item.spotId, before === undefined ? found : worse(before, found));
  }
  const spots = [...bySpot.values()];
  return { stores: tally(stores), spots: tally(spots), reasons: reasonsOf([...stores, ...spots]) };
}

function counted({ decision, reasonCodes: [first] }: CountedItem): Counted {
  const failed = decision === 'REJECTED' || decision === 'INVALIDATED';
  if (failed) {
    const { code } = reasonOf(first ?? 'OTHER');
    return { fate: 'failed', reason: code === 'FRAUD_SUSPECTED' ? 'OTHER' : code };
  }
  return { fate: decision === 'APPROVED' ? 'approved' : 'inReview', reason: undefined };
}

const SEVERITY: Readonly<Record<Fate, number>> = { approved: 0, inReview: 1, failed: 2 };

function worse(one: Counted, other: Counted): Counted {
  return SEVERITY[other.fate] > SEVERITY[one.fate] ? other : one;
}

function tally(all: readonly Counted[]): Tally {
  const of = (fate: Fate): number => all.filter((one) => one.fate === fate).length;
  return { promoted: all.length, approved: of('approved'), failed: of('failed'), inReview: of('inReview') };
}

function reasonsOf(all: readonly Counted[]): ReviewNumbers['reasons'] {
  const counts = new Map<ReasonCode, number>();
  for (const { reason } of all) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
