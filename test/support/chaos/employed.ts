import { addIso, findIsoByEmail } from '../../../models/isos.ts';
import { changePerson, meetPerson } from '../../../models/people.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { behindTheScenes } from '../world/behind.ts';
import { storingOf, type Topology } from './topology.ts';

const PEOPLE = 6;
const ISO = 'demo@iso.example';

/** Makes six members of staff of one ISO; answers their ids. */
export async function employed(topology: Topology): Promise<string[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => `chaos${index + 1}`);
  for (const [index, userId] of people.entries())
    await topology.sandbox.addUser({ userId, name: `Worker ${index + 1}`, mobile: `+66-81700000${index}` });
  await behindTheScenes(storingOf(topology), () =>
    inTransaction(async (tx) => {
      const known = await findIsoByEmail(ISO, tx);
      const isoId = known?.isoId ?? 'iso-of-chaos';
      const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
      if (!known) await addIso({ isoId, email: ISO, name: 'Lotus Partners', joinToken: 'chaos', ...place }, tx);
      for (const [index, userId] of people.entries()) {
        const name = `Worker ${index + 1}`;
        await meetPerson(userId, name, tx);
        await changePerson(userId, { state: 'ACTIVE', role: 'STAFF', isoId, language: 'en', name }, tx);
      }
    }),
  );
  return people;
}
