import { claimAdmins } from '../../models/isos.ts';
import { adminsOf, type Person } from '../../models/people.ts';
import type { Reads } from '../../models/single-write.ts';
import type { Transaction } from '../../models/transaction.ts';

/** Whether nobody would be left to decide there without them, as it is read now: what a card says. */
export async function isLastAdmin({ userId, isoId, role }: Person, tx?: Reads): Promise<boolean> {
  if (role !== 'ADMIN' || isoId === undefined) return false;
  return (await adminsOf(isoId, tx)).every((admin) => admin.userId === userId);
}

/**
 * As `isLastAdmin`, for whoever is to act no more as one from this transaction on: of two who are so at once each reads the other as
 * still there, and one of them must be too late.
 */
export async function mustStayAdmin(person: Person, tx: Transaction): Promise<boolean> {
  if (person.role !== 'ADMIN' || person.isoId === undefined) return false;
  await claimAdmins(person.isoId, tx);
  return await isLastAdmin(person, tx);
}
