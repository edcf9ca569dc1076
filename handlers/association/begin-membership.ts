import type { Association } from '../../models/associations.ts';
import { changeMember, type Person } from '../../models/people.ts';
import type { Transaction } from '../../models/transaction.ts';

/** At work for an ISO from now on, as staff without a supervisor; of what they were elsewhere they only read their own results. */
export async function beginMembership(
  person: Person,
  { isoId, name, language }: Pick<Association, 'isoId' | 'name' | 'language'>,
  tx: Transaction,
): Promise<Person> {
  const begun = { state: 'ACTIVE', role: 'STAFF', isoId, name, language: person.language ?? language } as const;
  const nothing = { supervisorId: null, paused: null, typed: null, currentWork: null } as const;
  // who has left another ISO reads on what they did there
  const formerIso = person.formerIso?.isoId === isoId ? null : undefined;
  return await changeMember(person, { ...begun, ...nothing, formerIso }, tx);
}
