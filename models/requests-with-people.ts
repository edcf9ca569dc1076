import { type Association, Associations } from './associations.ts';
import { People } from './people.ts';
import type { Transaction } from './transaction.ts';

/** Reads these requests with whoever asked by one command: the transaction finds each of both without asking again. */
export async function readRequests(requestIds: readonly string[], tx: Transaction): Promise<readonly Association[]> {
  const whoAsked = { of: People, by: 'userId', at: 'userId' } as const;
  const found = await Associations.findWith({ requestId: { $in: requestIds } }, whoAsked, { tx });
  return found.map(({ record }) => record);
}
