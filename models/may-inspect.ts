import type { InspectionTask } from './inspection-tasks.ts';
import { peopleOf } from './people.ts';
import type { Reads } from './single-write.ts';

/** Whether somebody may have a task: nobody inspects where they promoted, unless there is nobody else at work in the ISO (domain A.12-23). */
export async function mayInspect(
  { promoters, isoId }: Pick<InspectionTask, 'promoters' | 'isoId'>,
  userId: string,
  tx?: Reads,
): Promise<boolean> {
  if (!promoters.includes(userId)) return true;
  const people = await peopleOf(isoId, tx);
  return people.every((person) => person.state !== 'ACTIVE' || promoters.includes(person.userId));
}
