import { inTransaction, type Transaction, type TransactionLimits } from '../../models/transaction.ts';
import { hearCommands } from '../support/hear-commands.ts';

/** What a transaction asked the store for, by name, without its end, and so how often it was begun. */
export async function askedIn(
  work: (tx: Transaction) => Promise<unknown>,
  limits: TransactionLimits = {},
): Promise<readonly string[]> {
  const asked: string[] = [];
  const enough = hearCommands(({ commandName }) => asked.push(commandName));
  try {
    await inTransaction(work, limits);
  } finally {
    enough();
  }
  return asked.filter((name) => name !== 'commitTransaction');
}
