import { pipeline } from 'node:stream/promises';
import mongoose from 'mongoose';
import { database } from './database.ts';
import { isDuplicateKey } from './duplicate-key.ts';
import type { PhotoStore } from './photo-store.ts';

type ObjectId = mongoose.mongo.ObjectId;

/** A part of a photo; its own id says when it was written. */
interface Chunk {
  readonly _id: ObjectId;
  readonly files_id: ObjectId;
}

const PAGE = 1_000;
/** As GridFS has it unless told otherwise. */
const PART_BYTES = 255 * 1024;
/** Longer than the parts of one photo take. */
const BEING_PUT_MS = 60_000;

/** Photos in GridFS, for a bot whose database is a real MongoDB server: every process sees the same files (architecture 10). */
export function gridFsPhotoStore(): PhotoStore {
  const bucket = () => new mongoose.mongo.GridFSBucket(database(), { bucketName: 'photofiles' });
  const files = () => database().collection('photofiles.files');
  const chunks = () => database().collection<Chunk>('photofiles.chunks');
  const idOf = (contentHash: string): ObjectId => contentHash as unknown as ObjectId;

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

  async function upload(contentHash: string, jpeg: Buffer): Promise<void> {
    const writing = bucket().openUploadStreamWithId(idOf(contentHash), `${contentHash}.jpg`, {
      chunkSizeBytes: PART_BYTES,
    });
    await pipeline(partsOf(jpeg), writing);
  }

  /** The parts of these photos that belong to none, if they were written before; answers of how many photos. */
  async function removeParts(ids: readonly ObjectId[], before: number): Promise<number> {
    const whole = await files()
      .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
      .toArray();
    const there = new Set(whole.map(({ _id }) => String(_id)));
    let removed = 0;
    for (const id of ids) {
      if (there.has(String(id))) continue;
      const newest = await chunks().findOne({ files_id: id }, { sort: { _id: -1 } });
      if (newest === null || newest._id.getTimestamp().getTime() >= before) continue;
      await chunks().deleteMany({ files_id: id, _id: { $lte: newest._id } });
      removed += 1;
    }
    return removed;
  }

  return {
    has,
    async put(contentHash, jpeg) {
      if ((await has(contentHash)) || (await bringBack(contentHash))) return;
      try {
        await upload(contentHash, jpeg);
      } catch (error) {
        // another process has written these very bytes, or an earlier try was cut off, whose parts are in the way
        if (!isDuplicateKey(error)) throw error;
        if (await has(contentHash)) return;
        const now = new mongoose.mongo.ObjectId().getTimestamp().getTime();
        if ((await removeParts([idOf(contentHash)], now - BEING_PUT_MS)) === 0) throw error;
        await upload(contentHash, jpeg);
      }
    },
    async removeCutOff(before) {
      let removed = 0;
      for (let last: ObjectId | undefined; ; ) {
        const filter = last === undefined ? { n: 0 } : { n: 0, files_id: { $gt: last } };
        const only = { projection: { _id: 0, files_id: 1, n: 1 }, sort: { files_id: 1 }, limit: PAGE } as const;
        const page = (await chunks().find(filter, only).toArray()).map(({ files_id }) => files_id);
        if (page.length === 0) return removed;
        removed += await removeParts(page, before);
        last = page.at(-1);
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
      if (!isThere) await chunks().deleteMany({ files_id: _id });
    },
  };
}

/** Part after part: of several who put the same photo at once whoever writes the first part writes them all. */
function* partsOf(jpeg: Buffer): Generator<Buffer> {
  for (let at = 0; at < jpeg.length; at += PART_BYTES) yield jpeg.subarray(at, at + PART_BYTES);
}
