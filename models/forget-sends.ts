import { DONE, Outbox } from './outbox.ts';
import type { Transaction } from './transaction.ts';

/** Forgets deliveries together with their cards: as long as a card is there, its intent must not make it again. */
export async function forgetSent(intents: readonly string[], tx: Transaction): Promise<void> {
  await Outbox.removeAll({ intent: { $in: intents }, state: { $in: DONE } }, { tx });
}

/** Forgets contact jobs that were done and due before this, at most some; answers how many. */
export async function forgetJobs(before: number, most: number): Promise<number> {
  const done = { state: { $in: DONE }, dueAt: { $lt: before }, job: { $exists: true } } as const;
  const rows = await Outbox.find(done, { only: ['intent'], limit: most });
  return await Outbox.removeAll({ intent: { $in: rows.map(({ intent }) => intent) }, state: { $in: DONE } });
}
