import type { IdSource } from '@field/kit/ids';
import { addIso, anyIso } from '../models/isos.ts';
import { changePerson, meetPerson } from '../models/people.ts';
import { inTransaction } from '../models/transaction.ts';

/** The demo's two ISOs (architecture 9): one to begin afresh in, one with the story; the sandbox has the same people. */
const ISOS = [
  {
    email: 'demo@iso.example',
    name: 'Lotus Partners',
    admin: { userId: 'admin1', name: 'Anong Chai' },
  },
  {
    email: 'story@iso.example',
    name: 'Jasmine Partners',
    admin: { userId: 'ploy', name: 'Ploy Charoen' },
  },
] as const;
const PLACE = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' } as const;

/** Sets up the demo's ISOs, each with its admin, when there is none yet. */
export async function setUpDemo(ids: IdSource): Promise<void> {
  if (await anyIso()) return;
  await inTransaction(async (tx) => {
    for (const { email, name, admin } of ISOS) {
      const isoId = ids.next();
      await addIso({ isoId, email, name, ...PLACE, joinToken: ids.token() }, tx);
      await meetPerson(admin.userId, admin.name, tx);
      await changePerson(admin.userId, { state: 'ACTIVE', role: 'ADMIN', isoId, language: 'en' }, tx);
    }
  });
}
