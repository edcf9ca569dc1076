import type mongoose from 'mongoose';
import { database } from '../../models/database.ts';

export interface PhotoRow extends mongoose.mongo.Document {
  readonly _id: string;
}

/** A row that names a view, by today's name or another. */
export interface NamedRow extends mongoose.mongo.Document {
  readonly _id: string;
}

/** A photo as the first releases stored it: submitted, and without a word on whether what it backs was promoted. */
export function olderPhoto(photoId: string, more: mongoose.mongo.Document = {}): PhotoRow {
  return {
    _id: photoId,
    isoId: 'iso',
    userId: 'nok',
    contentHash: `content-of-${photoId}`,
    originalHash: `bytes-of-${photoId}`,
    perceptualHash: 'f0f0f0f0f0f0f0f0',
    width: 1200,
    height: 1600,
    sentAt: 1_795_000_000_000,
    aboutKind: 'draft',
    aboutId: 'draft-1',
    backs: `spot-of-${photoId}/closeup`,
    ...more,
  };
}

/** Stores photos as they were stored before there were versions, with the indexes of that time. */
export async function storeOlderPhotos(older: readonly PhotoRow[]): Promise<void> {
  const photos = database().collection<PhotoRow>('photos');
  await photos.createIndexes([{ key: { isoId: 1, originalHash: 1, backs: 1 } }, { key: { aboutId: 1 } }]);
  await database().collection('digests').createIndex({ isoId: 1, dataDate: -1 });
  if (older.length > 0) await photos.insertMany([...older]);
}
