import { Cards } from './cards.ts';
import { People } from './people.ts';
import type { Transaction } from './transaction.ts';

/** Reads these people with their working cards by one command: the transaction finds each of both without asking again. */
export async function readWorkingCards(userIds: readonly string[], tx: Transaction): Promise<void> {
  const cards = { of: Cards, by: 'workingCard', at: 'outTrackId' } as const;
  await People.findWith({ userId: { $in: [...new Set(userIds)] } }, cards, { tx });
}
