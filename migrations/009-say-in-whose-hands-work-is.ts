import type mongoose from 'mongoose';
import type { Migration } from './migration.ts';

interface Row {
  readonly _id: string;
  readonly staffId?: string;
  readonly userId?: string;
}

const AT_ONCE = 500;
/** Rows that say only whose they are, and by which column. */
const AUTHORS = [
  ['appeals', 'userId'],
  ['items', 'staffId'],
] as const;

/**
 * Who did something and who has it in hand are two things from now on: what says only the first is in that person's hands. A bot of the
 * release before says no more than that of what it writes meanwhile, which is read so; a later step does this again. Indexes are made
 * besides: by whose hands things are in, of what nobody has in hand, and by the store of a promotion.
 */
export const sayInWhoseHandsWorkIs: Migration = {
  id: 9,
  name: 'say-in-whose-hands-work-is',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }) {
    const at = checkpoint.indexOf('/');
    const [begun, last] = [checkpoint.slice(0, Math.max(0, at)), checkpoint.slice(at + 1)];
    for (const [name, author] of AUTHORS) {
      if (name < begun) continue;
      const rows = db.collection<Row>(name);
      for (let after = name === begun ? last : ''; ; ) {
        const batch = await unsaid(rows, after);
        const next = batch.at(-1)?._id;
        if (next === undefined) break;
        await rows.bulkWrite(
          batch.map(({ _id, [author]: ownerId = '' }) => ({
            updateOne: { filter: { _id, ownerId: { $exists: false } }, update: { $set: { ownerId } } },
          })),
        );
        after = next;
        await reached(`${name}/${after}`);
      }
    }
  },
};

async function unsaid(rows: mongoose.mongo.Collection<Row>, after: string): Promise<readonly Row[]> {
  const found = rows.find(
    { _id: { $gt: after }, ownerId: { $exists: false }, formerId: { $exists: false } },
    { projection: { staffId: 1, userId: 1 } },
  );
  return await found.sort({ _id: 1 }).limit(AT_ONCE).toArray();
}
