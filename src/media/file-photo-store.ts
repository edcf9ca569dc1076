import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BEING_WRITTEN, isMissing, makeFolder, syncFolder, writeDurably } from '@field/kit/write-durably';
import type { PhotoStore } from '../../models/photo-store.ts';

const CONTENT_HASH = /^[0-9a-f]{64}$/;

/**
 * Photos as files `photos/ab/abcd….jpg` below a folder, for their owner only. A photo is there whole or not at all,
 * whatever crash. Throws a `RangeError` for a name that is no content hash.
 */
export function filePhotoStore(dataDir: string): PhotoStore {
  const root = join(dataDir, 'photos');
  const shardOf = (contentHash: string) => {
    if (!CONTENT_HASH.test(contentHash)) throw new RangeError('not a content hash');
    return join(root, contentHash.slice(0, 2));
  };
  const pathOf = (contentHash: string) => join(shardOf(contentHash), `${contentHash}.jpg`);

  const asideOf = (contentHash: string) => `${pathOf(contentHash)}.aside`;

  const store: PhotoStore = {
    put: async (contentHash, jpeg) => {
      if (await store.has(contentHash)) return;
      await makeFolder(shardOf(contentHash));
      await syncFolder(root);
      await writeDurably(pathOf(contentHash), jpeg);
    },
    get: async (contentHash) => {
      try {
        return await readFile(pathOf(contentHash));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    has: async (contentHash) => {
      try {
        return (await stat(pathOf(contentHash))).isFile();
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    // of one that is not there, the second half was done before
    setAside: (contentHash) => move(pathOf(contentHash), asideOf(contentHash)),
    bringBack: (contentHash) => move(asideOf(contentHash), pathOf(contentHash)),
    removeAside: (contentHash) => rm(asideOf(contentHash), { force: true }),
    async removeCutOff(before) {
      let removed = 0;
      for (const shard of await namesIn(root)) {
        for (const name of await namesIn(join(root, shard))) {
          const path = join(root, shard, name);
          if (!name.endsWith(BEING_WRITTEN) || (await stat(path)).mtimeMs >= before) continue;
          await rm(path, { force: true });
          removed += 1;
        }
      }
      return removed;
    },
  };
  return store;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
