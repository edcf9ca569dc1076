import { mongo } from 'mongoose';
import { database } from './database.ts';
import type { Written } from './queries.ts';
import type { Transaction } from './transaction.ts';

/** One update as the command has it. */
export interface StoredUpdate {
  readonly q: object;
  readonly u: object;
  readonly multi: boolean;
  readonly upsert: boolean;
}

/** Fewer are not worth it, more might not fit into one command. */
const [FEWEST, MOST] = [50, 1_000];

/** Whether so many updates are better given as one command. Outside of a transaction they are not: the driver repeats its own bulk writes. */
export function goTogether(count: number, tx: Transaction | undefined): tx is Transaction {
  return tx !== undefined && count >= FEWEST && count <= MOST;
}

/**
 * Updates of a transaction, in their order, as the one command that a bulk write comes to: the driver would measure each of them before it writes
 * it down, and keep all that it knows of it. The first that is refused is thrown.
 */
export async function updateTogether(
  collection: string,
  updates: readonly StoredUpdate[],
  session: Transaction,
): Promise<Written> {
  const { n, nModified, upserted, writeErrors } = await database().command(
    { update: collection, updates, ordered: true },
    { session, ignoreUndefined: true },
  );
  const [refused] = Array.isArray(writeErrors) ? writeErrors : [];
  if (refused !== undefined) throw new mongo.MongoServerError({ ...refused, message: refused.errmsg });
  const upsertedCount = Array.isArray(upserted) ? upserted.length : 0;
  return { matchedCount: Number(n) - upsertedCount, modifiedCount: Number(nModified), upsertedCount };
}
