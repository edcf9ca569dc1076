import type { SubjectKind } from '../src/platform/subject.ts';
import { type CardKind, Cards } from './cards.ts';
import { forgetSent } from './forget-sends.ts';
import { intentsNotSent } from './outbox.ts';
import { workingCardsOf } from './people.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

/** A page of the cards of one kind that were made, or folded, before a time; the oldest first. */
export interface OldCards {
  readonly kind: CardKind;
  /** By `clock.now()`. */
  readonly before: number;
  readonly skip: number;
  readonly limit: number;
}

export async function oldCards({ kind, before, skip, limit }: OldCards): Promise<readonly string[]> {
  const order = { at: 1, outTrackId: 1 } as const;
  const rows = await Cards.find({ kind, at: { $lt: before } }, { only: ['outTrackId'], sort: order, skip, limit });
  return rows.map(({ outTrackId }) => outTrackId);
}

/**
 * Forgets those of these cards that nothing waits for, each with its delivery: none that somebody works on, that is still to be sent
 * or redrawn, or whose answer is under way. `machine` by the clock of that name. Answers how many went.
 */
export async function forgetCards(outTrackIds: readonly string[], machine: number, tx: Transaction): Promise<number> {
  const also = ['outTrackId', 'viewer', 'stale', 'putting', 'answering', 'delivered'] as const;
  const cards = await Cards.find({ outTrackId: { $in: outTrackIds } }, { only: also, tx });
  const working = await workingCardsOf([...new Set(cards.map(({ viewer }) => viewer))], tx);
  const waiting = await intentsNotSent(outTrackIds, tx);
  const over = cards.flatMap(({ outTrackId, stale, delivered, putting, answering }) => {
    const drawn = putting === undefined && answering.every(({ until }) => until <= machine);
    const isOver = drawn && !(stale && delivered) && !working.has(outTrackId) && !waiting.has(outTrackId);
    return isOver ? [outTrackId] : [];
  });
  await forgetSent(over, tx);
  return await Cards.removeAll({ outTrackId: { $in: over } }, { tx });
}

/** Which of these subjects are what a card is about that is not folded: its buttons mean something. */
export async function shownSubjects(
  kind: SubjectKind,
  ids: readonly string[],
  tx?: Reads,
): Promise<ReadonlySet<string>> {
  const open = { 'subject.id': { $in: ids }, 'subject.kind': kind, folded: { $exists: false } };
  const rows = await Cards.find(open, { only: ['subject'], tx });
  return new Set(rows.map(({ subject }) => subject.id));
}
