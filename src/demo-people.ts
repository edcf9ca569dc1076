import { addIso, anyIso } from '../models/isos.ts';
import { changePerson, meetPerson } from '../models/people.ts';
import { inTransaction } from '../models/transaction.ts';
import type { IdSource } from './ids.ts';

/** Sets up the demo's ISO with its admin when there is none; the sandbox has the same people (design 9). */
export async function setUpDemo(ids: IdSource): Promise<void> {
  if (await anyIso()) return;
  await inTransaction(async (tx) => {
    const isoId = ids.next();
    await addIso(
      {
        isoId,
        email: 'demo@iso.example',
        name: 'Lotus Partners',
        country: 'TH',
        timeZone: 'Asia/Bangkok',
        language: 'en',
      },
      tx,
    );
    await meetPerson('admin1', 'Ploy Charoen', tx);
    await changePerson('admin1', { state: 'ACTIVE', role: 'ADMIN', isoId, language: 'en' }, tx);
  });
}
