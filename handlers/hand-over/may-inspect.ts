import type { InspectionTask } from '../../models/inspection-tasks.ts';
import { peopleOf } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { OpenWork } from './open-work.ts';

type Inspected = Pick<InspectionTask, 'promoters' | 'isoId'>;

/** Whether somebody may be given this: nobody inspects where they promoted, unless there is nobody else at work in the ISO. */
export async function mayBeGiven(work: OpenWork, userId: string, tx?: Transaction): Promise<boolean> {
  return work.kind !== 'inspection' || (await mayInspect(work.task, userId, tx));
}

/** `mayBeGiven` of a task. */
export async function mayInspect({ promoters, isoId }: Inspected, userId: string, tx?: Transaction): Promise<boolean> {
  if (!promoters.includes(userId)) return true;
  const people = await peopleOf(isoId, tx);
  return people.every((person) => person.state !== 'ACTIVE' || promoters.includes(person.userId));
}
