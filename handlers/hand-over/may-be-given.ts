import { mayInspect } from '../../models/may-inspect.ts';
import type { Reads } from '../../models/single-write.ts';
import type { OpenWork } from './open-work.ts';

/** Whether somebody may be given this: a task is not everybody's. */
export async function mayBeGiven(work: OpenWork, userId: string, tx?: Reads): Promise<boolean> {
  return work.kind !== 'inspection' || (await mayInspect(work.task, userId, tx));
}
