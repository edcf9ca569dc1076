import { model, Schema } from 'mongoose';
import type { Subject } from './cards.ts';
import type { Transaction } from './transaction.ts';

/** Every photo that was kept: its bytes lie in the photo store under `contentHash`. */
export interface Photo {
  readonly photoId: string;
  readonly isoId: string;
  readonly userId: string;
  /** SHA-256 of the stored JPEG; the name of its file. */
  readonly contentHash: string;
  /** SHA-256 of the bytes as sent: the very same photo again. */
  readonly originalHash: string;
  readonly perceptualHash: string;
  readonly width: number;
  readonly height: number;
  readonly sentAt: number;
  /** What it was sent for. */
  readonly about: Subject;
  /** Set when it was submitted: which store and slot it backs (domain A.12-11). */
  readonly backs?: string | undefined;
}

interface PhotoRow extends Omit<Photo, 'photoId' | 'about'> {
  _id: string;
  aboutKind: string;
  aboutId: string;
  /** It backs a store or a slot that was promoted. */
  deployed?: true | undefined;
}

const schema = new Schema<PhotoRow>(
  {
    _id: String,
    isoId: String,
    userId: String,
    contentHash: String,
    originalHash: String,
    perceptualHash: String,
    width: Number,
    height: Number,
    sentAt: Number,
    aboutKind: String,
    aboutId: String,
    backs: String,
    deployed: Boolean,
  },
  { versionKey: false },
);
schema.index({ isoId: 1, originalHash: 1, backs: 1 });
schema.index({ aboutId: 1 });
// domain A.12-11: one photo backs one store or slot inside an ISO.
schema.index({ isoId: 1, originalHash: 1 }, { unique: true, partialFilterExpression: { deployed: true } });

const Photos = model<PhotoRow>('photos', schema);

export async function addPhoto(photo: Photo, tx: Transaction): Promise<void> {
  const { photoId, about, ...rest } = photo;
  const row = { ...rest, aboutKind: about.kind, aboutId: about.id };
  await Photos.updateOne({ _id: photoId }, { $setOnInsert: row }, { upsert: true, session: tx });
}

/** Whether the very same photo was submitted before in this ISO, for another store or slot. */
export async function photoBacksAnother(isoId: string, originalHash: string, tx: Transaction): Promise<boolean> {
  const filter = { isoId, originalHash, backs: { $exists: true } };
  return (await Photos.findOne(filter, { _id: 1 }).session(tx).lean()) !== null;
}

/** Which of these photos were submitted meanwhile for another store or slot, as another photo with the same bytes. */
export async function photosDeployedElsewhere(
  photoIds: readonly string[],
  tx: Transaction,
): Promise<readonly string[]> {
  const own = await Photos.find({ _id: { $in: [...photoIds] } }, { isoId: 1, originalHash: 1 })
    .session(tx)
    .lean();
  const [isoId] = own.map((photo) => photo.isoId);
  const hashes = own.map(({ originalHash }) => originalHash);
  const filter = { isoId: isoId ?? '', originalHash: { $in: hashes }, deployed: true as const };
  const others = await Photos.find({ ...filter, _id: { $nin: [...photoIds] } }, { originalHash: 1 })
    .session(tx)
    .lean();
  const taken = new Set(others.map(({ originalHash }) => originalHash));
  return own.filter(({ originalHash }) => taken.has(originalHash)).map(({ _id }) => _id);
}

/** Notes which store or slot a submitted photo backs; a duplicate-key error when another photo with its bytes does already. */
export async function deployPhoto(photoId: string, backs: string, tx: Transaction): Promise<void> {
  await Photos.updateOne({ _id: photoId }, { $set: { backs, deployed: true } }, { session: tx });
}

/** Notes what a photo backs that shows no deployment: one of an inspection. */
export async function photoBacks(photoId: string, backs: string, tx: Transaction): Promise<void> {
  await Photos.updateOne({ _id: photoId }, { $set: { backs } }, { session: tx });
}

/** The content hashes by which photos are stored and shown; a photo that is not known is left out. */
export async function contentHashesOf(
  photoIds: readonly string[],
  tx?: Transaction,
): Promise<ReadonlyMap<string, string>> {
  const rows = await Photos.find({ _id: { $in: [...photoIds] } }, { contentHash: 1 })
    .session(tx ?? null)
    .lean();
  return new Map(rows.map(({ _id, contentHash }) => [_id, contentHash]));
}
