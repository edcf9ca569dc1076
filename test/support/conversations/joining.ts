import type { Person } from '../world/person.ts';

/** What a newcomer answers: the name need not be the one that DingTalk knows; everybody's ISO is the demo's. */
export interface Newcomer {
  readonly name: string;
  readonly phone: string;
}

export const NOK: Newcomer = { name: 'Nok Suda', phone: '+66 81 234 5011' };
export const LEK: Newcomer = { name: 'Lek Boonmee', phone: '+66 81 234 5012' };

/** An unknown person writes, fills in *Join your ISO*, and the ISO's admin approves. Language does not matter. */
export async function join(person: Person, admin: Person, newcomer: Newcomer): Promise<void> {
  await person.says('hi');
  await person.fills({ isoEmail: 'demo@iso.example', ...newcomer });
  await admin.sees(newcomer.name);
  await admin.taps({ action: 'association.approve' });
}
