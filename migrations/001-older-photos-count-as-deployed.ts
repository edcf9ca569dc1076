import mongoose from 'mongoose';
import type { Migration, MigrationRun } from './migration.ts';

interface Photo {
  readonly _id: string;
  readonly isoId: string;
  readonly originalHash: string;
  readonly deployed?: true;
}

type Photos = mongoose.mongo.Collection<Photo>;

const AT_ONCE = 500;
const DUPLICATE_KEY = 11000;
/** Submitted for a store or a slot of a promotion, by a release that did not say so. */
const UNMARKED = { aboutKind: 'draft', backs: { $exists: true }, deployed: { $exists: false } } as const;

/**
 * One photo backs one store or slot inside an ISO (domain A.12-11). What guards it looks at `deployed`, which the first releases did not
 * write: a photo that they submitted could be submitted once more, for another shop. Of several with the same bytes one is
 * marked: that is enough to refuse a further one.
 */
export const olderPhotosCountAsDeployed: Migration = {
  id: 1,
  name: 'older-photos-count-as-deployed',
  readableFrom: 0,
  async up({ db, checkpoint = '', reached }: MigrationRun) {
    const photos = db.collection<Photo>('photos');
    for (let last = checkpoint; ; ) {
      const batch = await photos
        .find({ ...UNMARKED, _id: { $gt: last } }, { projection: { isoId: 1, originalHash: 1 } })
        .sort({ _id: 1 })
        .limit(AT_ONCE)
        .toArray();
      for (const isoId of new Set(batch.map((photo) => photo.isoId))) {
        await mark(
          photos,
          isoId,
          batch.filter((photo) => photo.isoId === isoId),
        );
      }
      const next = batch.at(-1)?._id;
      if (next === undefined) return;
      last = next;
      await reached(last);
    }
  },
};

/** Marks an ISO's photos, of each content one, unless one is marked. */
async function mark(photos: Photos, isoId: string, batch: readonly Photo[]): Promise<void> {
  const byContent = new Map(batch.map((photo) => [photo.originalHash, photo._id]));
  const known = photos.find(
    { isoId, originalHash: { $in: [...byContent.keys()] }, deployed: true },
    { projection: { originalHash: 1 } },
  );
  for await (const { originalHash } of known) byContent.delete(originalHash);
  const ids = [...byContent.values()];
  // a bot of the release before may mark one of them just now: then each is tried alone
  if (!(await marked(photos, { $in: ids }))) for (const id of ids) await marked(photos, id);
}

/** False when a unique index has refused it. */
async function marked(photos: Photos, _id: string | { $in: string[] }): Promise<boolean> {
  try {
    await photos.updateMany({ _id, deployed: { $exists: false } }, { $set: { deployed: true } });
    return true;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}
