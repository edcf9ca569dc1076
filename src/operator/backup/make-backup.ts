import { readdir, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { copyStore, lockFolder } from '@field/embedded-store';
import { AppError } from '@field/kit/errors';
import { isMissing } from '@field/kit/write-durably';
import { howMany } from '../how-many.ts';
import type { Progress } from '../progress.ts';
import { noteBackup } from './backup-note.ts';
import { type BackupPlace, backupPlace } from './backup-place.ts';

export interface Backup {
  readonly name: string;
  readonly documents: number;
  readonly files: number;
  /** How many contents were new to the folder of the backups. */
  readonly added: number;
  /** Photos that are not what was kept once, by their hashes: of them there is no backup. */
  readonly damagedPhotos: readonly string[];
  /** Older backups that were let go. */
  readonly forgotten: readonly string[];
}

export interface MakeBackup {
  /** The folder of the data, and the one of the backups. */
  readonly dataDir: string;
  readonly to: string;
  readonly dataKey: Buffer;
  /** How many backups to keep, this one included; all, where that is not said. */
  readonly keep?: number | undefined;
  /** Milliseconds. */
  readonly now: number;
  readonly progress: Progress;
}

/** What of the data is files: photos come and never change; the others are read after the store, so that they have what it says of them. */
const PHOTOS = 'photos';
const OTHER_FOLDERS = ['outgoing', 'incoming', 'sftp'];
/** Where the store is copied to: what is not sealed yet stays with the data. */
const COPY = 'backup-copy';
const PHOTO = /^([0-9a-f]{64})\.jpg$/;
/** A file that is moved meanwhile is found where it is then. */
const MOST_WALKS = 5;

/**
 * Backs up all that an embedded store and its folder hold, while people work: the store as of one moment, looked through for damage, and every
 * photo and daily file that belongs to it. Nothing but what is new since the last one is written. Errors: 'store.damaged' (nothing is
 * made), 'folder.locked', 'folder.unwritable', 'backup.damaged' where an earlier list cannot be read.
 */
export async function makeBackup({ dataDir, to, dataKey, keep, now, progress }: MakeBackup): Promise<Backup> {
  const copy = join(dataDir, COPY);
  const unlocks = [lockFolder(to), lockFolder(copy)];
  const place = backupPlace(to, dataKey);
  try {
    // of one that was killed
    await rm(join(copy, 'mongo.db'), { force: true });
    const making = new Making(dataDir, place, progress);
    await making.photos();
    const { documents, damage, file } = await copyStore(dataDir, copy);
    if (damage.length > 0) throw damagedStore(dataDir, damage);
    await making.keeps('mongo.db', file);
    // those that came between are in the copy, too
    await making.photos();
    await making.others();
    const name = nameAt(now);
    await place.write(name, { documents, files: [...making.files] });
    const forgotten = keep === undefined ? [] : (await place.names()).slice(0, -keep);
    for (const old of forgotten) await place.forget(old);
    await place.sweep();
    await noteBackup(dataDir, { name, to, at: now });
    const { added, damagedPhotos } = making;
    return { name, documents, files: making.files.size, added, damagedPhotos: [...damagedPhotos], forgotten };
  } finally {
    progress.end();
    for (const unlock of unlocks.reverse()) unlock();
    await rm(copy, { recursive: true, force: true });
  }
}

/** One backup being made: what is kept so far. */
class Making {
  readonly #dataDir: string;
  readonly #place: BackupPlace;
  readonly #progress: Progress;
  readonly files = new Map<string, string>();
  readonly damagedPhotos = new Set<string>();
  added = 0;

  constructor(dataDir: string, place: BackupPlace, progress: Progress) {
    this.#dataDir = dataDir;
    this.#place = place;
    this.#progress = progress;
  }

  async keeps(path: string, file: string): Promise<string> {
    const hash = await this.#place.keep(file);
    this.files.set(path, hash);
    this.added += 1;
    this.#progress.say(`${howMany(this.files.size, 'file')} kept`);
    return hash;
  }

  /** A photo that is there already is not even read; one that is removed meanwhile is missed by nobody. */
  async photos(): Promise<void> {
    for (const path of await filesBelow(this.#dataDir, PHOTOS)) {
      const [, hash = ''] = PHOTO.exec(path.split('/').at(-1) ?? '') ?? [];
      if (hash === '' || this.files.has(path) || this.damagedPhotos.has(hash)) continue;
      if (await this.#place.has(hash)) this.files.set(path, hash);
      else await this.#newPhoto(path, hash);
    }
  }

  async #newPhoto(path: string, hash: string): Promise<void> {
    const is = await unlessGone(() => this.keeps(path, join(this.#dataDir, path)));
    if (is === undefined || is === hash) return;
    this.files.delete(path);
    this.damagedPhotos.add(hash);
  }

  async others(): Promise<void> {
    for (let walk = 1; ; walk += 1) {
      const gone = await this.#walked();
      if (gone.length === 0) return;
      if (walk === MOST_WALKS)
        throw new AppError('backup.cannot', { say: `Files come and go too fast: ${gone.join(', ')}.` });
    }
  }

  async #walked(): Promise<readonly string[]> {
    const gone: string[] = [];
    for (const folder of OTHER_FOLDERS) {
      for (const path of await filesBelow(this.#dataDir, folder)) {
        const hash = await unlessGone(() => this.keeps(path, join(this.#dataDir, path)));
        if (hash !== undefined) continue;
        this.files.delete(path);
        gone.push(path);
      }
    }
    return gone;
  }
}

/** Every file below a folder of the data, by its path from there, with slashes. */
async function filesBelow(dataDir: string, folder: string): Promise<readonly string[]> {
  const entries = await unlessGone(() => readdir(join(dataDir, folder), { recursive: true, withFileTypes: true }));
  return (entries ?? [])
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dataDir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function unlessGone<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

/** `20261129T084500Z`: the names of backups sort by their time. */
function nameAt(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function damagedStore(dataDir: string, damage: readonly string[]): AppError {
  const say = `${damage.join('\n')}\nNo backup was made. Stop the bot and restore the last one in place of ${dataDir}.`;
  return new AppError('store.damaged', { folder: dataDir, say });
}
