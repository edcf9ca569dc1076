import type { Tally } from './item-standing.ts';
import type { Reasons } from './reasons.ts';
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
  /** How often it was sent. */
  readonly revision: number;
  /** The version of the programme by which these are read. */
  readonly readUnder: number;
}

export interface ReviewNumbers {
  readonly stores: Tally;
  readonly spots: Tally;
  /**
   * Why stores and spots failed, the most frequent first; each failure counts once, by its first reason. These are numbers for
   * groups: a suspicion is for admins only and is another reason here (domain A.10).
   */
  readonly reasons: readonly CountedReason[];
}

export interface CountedReason {
  readonly code: string;
  /** The newest version of the programme by which it was read. */
  readonly readUnder: number;
  readonly count: number;
}

type Fate = 'approved' | 'failed' | 'inReview';

interface Counted {
  readonly fate: Fate;
  readonly again: boolean;
  readonly reason?: Omit<CountedReason, 'count'> | undefined;
}

/** Counts stores and spots by what was decided of them. A spot has failed when it, or what stands at it, has failed. */
export function reviewNumbers(items: readonly CountedItem[], reasonsAt: (version: number) => Reasons): ReviewNumbers {
  const counted = (item: CountedItem): Counted => countedBy(item, reasonsAt(item.readUnder));
  const stores = items.filter(({ itemType }) => itemType === 'STORE').map(counted);
  const bySpot = new Map<string, Counted>();
  for (const item of items) {
    if (item.spotId === undefined || item.itemType === 'STORE') continue;
    const found = counted(item);
    const before = bySpot.get(item.spotId);
    const again = found.again || before?.again === true;
    bySpot.set(item.spotId, { ...(before === undefined ? found : worse(before, found)), again });
  }
  const spots = [...bySpot.values()];
  return { stores: tally(stores), spots: tally(spots), reasons: reasonsOf([...stores, ...spots]) };
}

function countedBy(item: CountedItem, reasons: Reasons): Counted {
  const {
    decision,
    reasonCodes: [first],
    revision,
    readUnder,
  } = item;
  const again = revision > 1;
  const failed = decision === 'REJECTED' || decision === 'INVALIDATED';
  if (failed) {
    const reason = reasons.of(first);
    const { code } = reason.saidAlone ? reasons.of(undefined) : reason;
    return { fate: 'failed', again, reason: { code, readUnder } };
  }
  return { fate: decision === 'APPROVED' ? 'approved' : 'inReview', again, reason: undefined };
}

const SEVERITY: Readonly<Record<Fate, number>> = { approved: 0, inReview: 1, failed: 2 };

function worse(one: Counted, other: Counted): Counted {
  return SEVERITY[other.fate] > SEVERITY[one.fate] ? other : one;
}

function tally(all: readonly Counted[]): Tally {
  const of = (fate: Fate): number => all.filter((one) => one.fate === fate).length;
  const again = all.filter((one) => one.again).length;
  return { promoted: all.length, approved: of('approved'), failed: of('failed'), inReview: of('inReview'), again };
}

function reasonsOf(all: readonly Counted[]): ReviewNumbers['reasons'] {
  const counts = new Map<string, CountedReason>();
  for (const { reason } of all) {
    if (reason === undefined) continue;
    const { code, readUnder } = reason;
    const before = counts.get(code) ?? { count: 0, readUnder };
    counts.set(code, { code, readUnder: Math.max(before.readUnder, readUnder), count: before.count + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
