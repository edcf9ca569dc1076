import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, disconnect } from '../../../models/database.ts';
import { addIso, findIsoByEmail } from '../../../models/isos.ts';
import { changePerson, meetPerson } from '../../../models/people.ts';
import { useProgrammes } from '../../../models/programme-in-use.ts';
import { useDataKey } from '../../../models/sealing.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { dataKeyOf } from '../../../src/config/data-key.ts';
import { SHIPPED_PROGRAMMES } from '../shipped-programme.ts';

/** A running world's store: in its data folder, or where it was told to find one. */
export interface Storing {
  readonly dataDir: string;
  readonly storeUri?: string | undefined;
}

/** Opens the store of a running world to this test's own models, for `work`; what no conversation can set up yet is done here. */
export async function behindTheScenes<T>(world: Storing, work: () => Promise<T>): Promise<T> {
  useDataKey(dataKeyOf(world.dataDir));
  useProgrammes(SHIPPED_PROGRAMMES);
  await connect(world.storeUri ?? readFileSync(join(world.dataDir, 'mongo.uri'), 'utf8').trim());
  try {
    return await work();
  } finally {
    await disconnect();
  }
}

/** Makes somebody who is in the organisation staff or admin of the ISO with this e-mail, which is made when there is none. */
export async function employ(
  world: Storing,
  person: { userId: string; name: string; role: 'STAFF' | 'ADMIN'; isoEmail: string },
): Promise<void> {
  const { userId, name, role, isoEmail } = person;
  await behindTheScenes(world, () =>
    inTransaction(async (tx) => {
      const known = await findIsoByEmail(isoEmail, tx);
      const isoId = known?.isoId ?? `iso-${isoEmail}`;
      if (known === undefined) {
        const place = { country: 'TH', timeZone: 'Asia/Bangkok', language: 'en' };
        await addIso({ isoId, email: isoEmail, name: isoEmail, joinToken: `token-of-${isoEmail}`, ...place }, tx);
      }
      await meetPerson(userId, name, tx);
      await changePerson(userId, { state: 'ACTIVE', role, isoId, language: 'en', name }, tx);
    }),
  );
}

/** Holds the store's turn to write until `work` is done: what the bot wants to write meanwhile has to wait. */
export async function whileStoreIsBusy(world: Storing, work: () => Promise<void>): Promise<void> {
  await behindTheScenes(world, () =>
    inTransaction(async (tx) => {
      await meetPerson('somebody-else', 'Somebody Else', tx);
      await work();
    }),
  );
}
