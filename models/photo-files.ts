import mongoose from 'mongoose';
import { database } from './database.ts';
import type { PhotoStore } from './photo-store.ts';
import { isDuplicateKey } from './transaction.ts';

/** Photos in GridFS, for a bot whose database is a real MongoDB server: every process sees the same files (architecture 10). */
export function gridFsPhotoStore(): PhotoStore {
  const bucket = () => new mongoose.mongo.GridFSBucket(database(), { bucketName: 'photofiles' });
  const files = () => database().collection('photofiles.files');
  const idOf = (contentHash: string): mongoose.mongo.ObjectId => contentHash as unknown as mongoose.mongo.ObjectId;

  /** What is about to be removed counts as not there. */
  async function has(contentHash: string): Promise<boolean> {
    const there = bucket().find({ _id: idOf(contentHash), 'metadata.aside': { $exists: false } });
    return (await there.limit(1).toArray()).length > 0;
  }

  /** Answers whether it was aside, and is there again. */
  async function bringBack(contentHash: string): Promise<boolean> {
    const aside = { _id: idOf(contentHash), 'metadata.aside': true };
    const { matchedCount } = await files().updateOne(aside, { $unset: { 'metadata.aside': 1 } });
    return matchedCount === 1;
  }

  return {
    has,
    async put(contentHash, jpeg) {
      if ((await has(contentHash)) || (await bringBack(contentHash))) return;
      const upload = bucket().openUploadStreamWithId(idOf(contentHash), `${contentHash}.jpg`);
      try {
        await new Promise<void>((resolve, reject) => {
          upload.once('finish', () => resolve());
          upload.once('error', reject);
          upload.end(jpeg);
        });
      } catch (error) {
        // another process, or an earlier try that was cut off, has written these very bytes
        if (!isDuplicateKey(error)) throw error;
        if (!(await has(contentHash))) throw error;
      }
    },
    async get(contentHash) {
      if (!(await has(contentHash))) return undefined;
      const parts: Buffer[] = [];
      for await (const part of bucket().openDownloadStream(idOf(contentHash))) parts.push(part as Buffer);
      return Buffer.concat(parts);
    },
    async setAside(contentHash) {
      await files().updateOne({ _id: idOf(contentHash) }, { $set: { 'metadata.aside': true } });
    },
    async bringBack(contentHash) {
      await bringBack(contentHash);
    },
    async removeAside(contentHash) {
      const _id = idOf(contentHash);
      const { deletedCount } = await files().deleteOne({ _id, 'metadata.aside': true });
      // of one that was removed by halves only the chunks are left
      const isThere = deletedCount === 0 && (await files().findOne({ _id })) !== null;
      if (!isThere) await database().collection('photofiles.chunks').deleteMany({ files_id: _id });
    },
  };
}
