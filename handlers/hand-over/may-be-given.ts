import { mayInspect } from '../../models/may-inspect.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { OpenWork } from './open-work.ts';

/** Whether somebody may be given this: a task is not everybody's. */
export async function mayBeGiven(work: OpenWork, userId: string, tx?: Transaction): Promise<boolean> {
  return work.kind !== 'inspection' || (await mayInspect(work.task, userId, tx));
}
