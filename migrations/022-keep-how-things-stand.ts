import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

/** Of what stands at a spot nobody asks how much it is. */
const STATES = ['IN_STOCK', 'WITH_STAFF', 'IDLE', 'LOST'];
const FEES_FOR = ['SPOT', 'INSPECTION'];
const STANDING = 'ALL';

/**
 * How many codes of each ISO are where, and how many fees wait, is kept, one ISO after the other, in the place of what was kept before. What a
 * bot of the release before moves meanwhile is in none of it, until these numbers are counted again at night.
 */
export const keepHowThingsStand: Migration = {
  id: 22,
  name: 'keep-how-things-stand',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const isos = db.collection<{ _id: string }>('isos');
    const ids = (await isos.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    const tallies = db.collection<{ _id: string }>('tallies');
    for (const isoId of ids.filter((one) => one > checkpoint)) {
      const counts = await standing(db, isoId);
      await tallies.deleteMany({ isoId, period: STANDING });
      const row = { isoId, userId: '', period: STANDING, counts, changes: 1 };
      if (Object.keys(counts).length > 0) await tallies.insertOne({ _id: randomUUID(), ...row } as { _id: string });
      await reached(isoId);
    }
  },
};

async function standing(db: mongoose.mongo.Db, isoId: string): Promise<Readonly<Record<string, number>>> {
  const [stock, items] = [db.collection('codestock'), db.collection('items')];
  const counts = new Map<string, number>();
  for (const product of await stock.distinct('product', { isoId }))
    for (const state of typeof product === 'string' ? STATES : [])
      counts.set(`${product}/STOCK/${state}`, await stock.countDocuments({ isoId, state, product }));
  counts.set('/STOCK/bookedOver', await stock.countDocuments({ isoId, bookedFrom: { $exists: true } }));
  for (const itemType of FEES_FOR)
    counts.set(`/FEE/${itemType}`, await items.countDocuments({ isoId, itemType, feeWaits: true }));
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}
