import { createHash } from 'node:crypto';
import type { PhotoStore } from '../../models/photo-store.ts';
import { photosKeptBetween } from '../../models/photos.ts';
import { wholeMoments } from '../../models/whole-moments.ts';
import { howMany } from './how-many.ts';
import type { Progress } from './progress.ts';

export interface PhotosChecked {
  /** How many are there and what was kept. */
  readonly photos: number;
  /** By their hashes those that are not there, or are other bytes than were kept. */
  readonly wrongPhotos: readonly string[];
}

/** Reads every photo that the data says is kept, and compares it with its hash; changes nothing. */
export async function checkPhotos(store: Pick<PhotoStore, 'get'>, progress: Progress): Promise<PhotosChecked> {
  const seen = new Set<string>();
  const wrongPhotos: string[] = [];
  const all = { from: 0, to: Number.MAX_SAFE_INTEGER };
  try {
    for await (const page of wholeMoments(photosKeptBetween, ({ sentAt }) => sentAt, all)) {
      for (const { contentHash } of page) {
        if (seen.has(contentHash)) continue;
        seen.add(contentHash);
        const bytes = await store.get(contentHash);
        if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== contentHash)
          wrongPhotos.push(contentHash);
        progress.say(`${howMany(seen.size, 'photo')} read`);
      }
    }
  } finally {
    progress.end();
  }
  return { photos: seen.size - wrongPhotos.length, wrongPhotos };
}
