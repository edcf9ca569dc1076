import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@field/kit/errors';
import { BEING_WRITTEN, isMissing, makeFolder, syncFolder, writeStream } from '@field/kit/write-durably';
import { z } from 'zod';
import { sealed, unsealed } from './sealed-content.ts';

const LIST_ENDS = '.backup';
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Where the list of a backup lies. */
export function listFile(folder: string, name: string): string {
  return join(folder, `${name}${LIST_ENDS}`);
}

/** Below the folder of the data, and never above it. */
const PATH = z.string().regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\\\0]+$/);

const list = z.object({
  /** Of how many documents the store is. */
  documents: z.number().int().nonnegative(),
  /** Each file with the hash of its bytes; of a photo the name says it. */
  files: z.array(z.tuple([PATH, SHA256])),
});
export type BackupList = z.output<typeof list>;

/**
 * A folder of backups: of each one list, and the contents that lists name, each once however many name it. All of it is sealed with the
 * data key; the names tell when a backup was made and hashes of contents, nothing else.
 */
export interface BackupPlace {
  /** The names of the backups, the oldest first. */
  names(): Promise<readonly string[]>;
  /** Error 'backup.damaged', or 'backup.cannot' where there is none of that name. */
  read(name: string): Promise<BackupList>;
  write(name: string, backup: BackupList): Promise<void>;
  forget(name: string): Promise<void>;
  has(hash: string): Promise<boolean>;
  /** Keeps the bytes of a file, durably, and answers their hash; what is there already is not written again. */
  keep(path: string): Promise<string>;
  /** Brings a content back into a new file, durably. Errors 'backup.damaged', also where it is not there. */
  bring(hash: string, path: string): Promise<void>;
  /** Reads a content for nothing but its being whole. Error 'backup.damaged'. */
  verify(hash: string): Promise<void>;
  /** Removes the contents that no list names, and what a killed backup left; answers how many. */
  sweep(): Promise<number>;
}

export function backupPlace(folder: string, dataKey: Buffer): BackupPlace {
  const root = join(folder, 'contents');
  const pathOf = (hash: string): string => join(root, hash.slice(0, 2), hash);
  const listAt = (name: string): string => listFile(folder, name);

  const openedAt = (path: string, name: string): AsyncGenerator<Buffer> =>
    unsealed(dataKey, createReadStream(path, { highWaterMark: 1 << 20 }), name);

  const place: BackupPlace = {
    async names() {
      const all = await namesIn(folder);
      return all.flatMap((name) => (name.endsWith(LIST_ENDS) ? [name.slice(0, -LIST_ENDS.length)] : [])).sort();
    },
    async read(name) {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of openedAt(listAt(name), basename(listAt(name)))) chunks.push(chunk);
        return list.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown;
        throw new AppError('backup.cannot', { say: `There is no backup ${name} in ${folder}.` }, { cause: thrown });
      }
    },
    async write(name, backup) {
      await makeFolder(folder);
      await writeSealed(dataKey, [Buffer.from(JSON.stringify(backup), 'utf8')], listAt(name));
    },
    forget: (name) => rm(listAt(name), { force: true }),
    has: (hash) => isThere(pathOf(hash)),
    async keep(path) {
      const known = await hashOf(createReadStream(path));
      if (await place.has(known)) return known;
      const beside = join(root, `${known}${BEING_WRITTEN}`);
      await makeFolder(root);
      // it may grow meanwhile: what was sealed counts
      const hash = createHash('sha256');
      await writeSealed(dataKey, noting(createReadStream(path), hash), beside);
      const is = hash.digest('hex');
      await makeFolder(dirname(pathOf(is)));
      await syncFolder(root);
      await rename(beside, pathOf(is));
      await syncFolder(dirname(pathOf(is)));
      return is;
    },
    async bring(hash, path) {
      await makeFolder(dirname(path));
      await whole(hash, async (plain) => {
        await writeStream(path, (file) => pipeline(plain, file), { flags: 'wx' });
      });
      await syncFolder(dirname(path));
    },
    verify: (hash) =>
      whole(hash, async (plain) => {
        for await (const _ of plain);
      }),
    async sweep() {
      const named = new Set<string>();
      for (const name of await place.names()) for (const [, hash] of (await place.read(name)).files) named.add(hash);
      let removed = 0;
      for (const name of (await namesIn(folder)).filter((one) => one.endsWith(`${LIST_ENDS}${BEING_WRITTEN}`))) {
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      for (const shard of await namesIn(root)) {
        const isShard = !shard.endsWith(BEING_WRITTEN);
        const paths = isShard
          ? (await namesIn(join(root, shard))).map((name) => join(root, shard, name))
          : [join(root, shard)];
        for (const path of paths.filter((one) => !named.has(basename(one)))) {
          await rm(path, { force: true });
          removed += 1;
        }
      }
      return removed;
    },
  };

  /** Has `use` read a content; throws where it is not what its name says. */
  async function whole(hash: string, use: (plain: AsyncIterable<Buffer>) => Promise<void>): Promise<void> {
    const seen = createHash('sha256');
    try {
      await use(noting(openedAt(pathOf(hash), hash), seen));
    } catch (thrown) {
      throw isMissing(thrown) ? notWhole(hash, 'is not there', thrown) : thrown;
    }
    if (seen.digest('hex') !== hash) throw notWhole(hash, 'is another content than its name says');
  }
  return place;
}

/** Also tells `hash` what comes by. */
async function* noting(bytes: AsyncIterable<Buffer>, hash: { update(bytes: Buffer): unknown }): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function hashOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

/** Whole or not at all, whatever happens, and still there after a power cut. */
async function writeSealed(
  dataKey: Buffer,
  plain: AsyncIterable<Buffer> | Iterable<Buffer>,
  path: string,
): Promise<void> {
  const beside = path.endsWith(BEING_WRITTEN) ? path : `${path}${BEING_WRITTEN}`;
  await writeStream(beside, (file) => pipeline(sealed(dataKey, inTurn(plain)), file));
  if (beside === path) return;
  await rename(beside, path);
  await syncFolder(dirname(path));
}

async function* inTurn(all: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* all;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (thrown) {
    if (isMissing(thrown)) return false;
    throw thrown;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if (isMissing(thrown)) return [];
    throw thrown;
  }
}

function notWhole(hash: string, how: string, cause?: unknown): AppError {
  return new AppError('backup.damaged', { file: hash, say: `The content ${hash} ${how}.` }, { cause });
}
