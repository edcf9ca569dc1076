import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { collection, type RecordOf } from './collection.ts';
import { mark, number, text } from './fields.ts';
import { subjectKindNamed } from './subject-named.ts';
import type { Transaction } from './transaction.ts';

const Photos = collection('photos', {
  id: 'photoId',
  fields: {
    isoId: text(),
    userId: text(),
    /** SHA-256 of the stored JPEG; the name of its file. */
    contentHash: text(),
    /** SHA-256 of the bytes as sent: the very same photo again. */
    originalHash: text(),
    perceptualHash: text(),
    width: number(),
    height: number(),
    sentAt: number(),
    /** Set when it was submitted: which store and slot it backs (domain A.12-11). */
    backs: text().optional(),
  },
  own: {
    /** What it was sent for. */
    aboutKind: text<SubjectKind>().readBy(subjectKindNamed),
    aboutId: text(),
    /** It backs a store or a slot that was promoted. */
    deployed: mark(),
  },
  indexes: [
    [{ isoId: 1, originalHash: 1, backs: 1 }],
    // domain A.12-11: one photo backs one store or slot inside an ISO.
    [
      { isoId: 1, originalHash: 1 },
      { unique: true, partialFilterExpression: { deployed: true } },
    ],
  ],
});

/** Every photo that was kept: its bytes lie in the photo store under `contentHash`. */
export interface Photo extends RecordOf<typeof Photos> {
  /** What it was sent for. */
  readonly about: Subject;
}

export async function addPhoto({ photoId, about, ...photo }: Photo, tx: Transaction): Promise<void> {
  const setOnInsert = { ...photo, aboutKind: about.kind, aboutId: about.id };
  await Photos.update({ photoId }, { setOnInsert }, { upsert: true, tx });
}

/** Whether the very same photo was submitted before in this ISO, for another store or slot. */
export async function photoBacksAnother(isoId: string, originalHash: string, tx: Transaction): Promise<boolean> {
  const filter = { isoId, originalHash, backs: { $exists: true } };
  return (await Photos.findOne(filter, { only: ['photoId'], tx })) !== undefined;
}

/** Which of these photos were submitted meanwhile for another store or slot, as another photo with the same bytes. */
export async function photosDeployedElsewhere(
  photoIds: readonly string[],
  tx: Transaction,
): Promise<readonly string[]> {
  const own = await Photos.find({ photoId: { $in: photoIds } }, { only: ['photoId', 'isoId', 'originalHash'], tx });
  const [isoId] = own.map((photo) => photo.isoId);
  const hashes = own.map(({ originalHash }) => originalHash);
  const others = await Photos.find(
    { isoId: isoId ?? '', originalHash: { $in: hashes }, deployed: true, photoId: { $nin: photoIds } },
    { only: ['originalHash'], tx },
  );
  const taken = new Set(others.map(({ originalHash }) => originalHash));
  return own.filter(({ originalHash }) => taken.has(originalHash)).map(({ photoId }) => photoId);
}

/** Notes which store or slot a submitted photo backs; a duplicate-key error when another photo with its bytes does already. */
export async function deployPhoto(photoId: string, backs: string, tx: Transaction): Promise<void> {
  await Photos.update({ photoId }, { set: { backs, deployed: true } }, { tx });
}

/** Notes what a photo backs that shows no deployment: one of an inspection. */
export async function photoBacks(photoId: string, backs: string, tx: Transaction): Promise<void> {
  await Photos.update({ photoId }, { set: { backs } }, { tx });
}

/** The content hashes by which photos are stored and shown; a photo that is not known is left out. */
export async function contentHashesOf(
  photoIds: readonly string[],
  tx?: Transaction,
): Promise<ReadonlyMap<string, string>> {
  const rows = await Photos.find({ photoId: { $in: photoIds } }, { only: ['photoId', 'contentHash'], tx });
  return new Map(rows.map(({ photoId, contentHash }) => [photoId, contentHash]));
}
