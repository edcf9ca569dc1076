import mongoose from 'mongoose';
import { database } from './database.ts';
import type { PhotoStore } from './photo-store.ts';
import { isDuplicateKey } from './transaction.ts';

/** Photos in GridFS, for a bot whose database is a real MongoDB server: every process sees the same files (architecture 10). */
export function gridFsPhotoStore(): PhotoStore {
  const bucket = () => new mongoose.mongo.GridFSBucket(database(), { bucketName: 'photofiles' });
  const idOf = (contentHash: string): mongoose.mongo.ObjectId => contentHash as unknown as mongoose.mongo.ObjectId;

  async function has(contentHash: string): Promise<boolean> {
    return (
      (
        await bucket()
          .find({ _id: idOf(contentHash) })
          .limit(1)
          .toArray()
      ).length > 0
    );
  }

  return {
    has,
    async put(contentHash, jpeg) {
      if (await has(contentHash)) return;
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
  };
}
