import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '@field/kit/write-durably';
import { namesIn } from '../names-in.ts';

/** A file that came into the incoming folder: where it is now, and what it holds. */
export interface KnownFile {
  readonly name: string;
  readonly state: 'waiting' | 'landing' | 'done' | 'quarantined';
  readonly bytes: number;
  /** Of the file as it came, hex. */
  readonly sha256: string;
  /** Where the file with what became of each row is, once there is one. */
  readonly resultPath?: string | undefined;
}

/** What is known of the files of a name, told from the folder alone: so it is the same after any crash and start. */
export interface KnownFiles {
  /** The one that waits, or else the one that was put away last. */
  latest(name: string): Promise<KnownFile | undefined>;
  /** That with this very content. */
  withContent(name: string, sha256: string): Promise<KnownFile | undefined>;
  /** Whether one of this name waits or is being landed. */
  waits(name: string): Promise<boolean>;
}

const MOST_HASHES = 1_000;
const PUT_AWAY = { done: 'done', quarantine: 'quarantined' } as const;

export function createKnownFiles(dir: string, isBeingLanded: (name: string) => boolean): KnownFiles {
  /** Of files that do not change any more, by path and version: who asks again and again costs no reading. */
  const hashes = new Map<string, string>();

  async function hashOf(path: string, { size, mtimeMs, ino }: Stats): Promise<string> {
    const version = `${path}/${size}/${mtimeMs}/${ino}`;
    const known = hashes.get(version);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
    const sha256 = hash.digest('hex');
    if (hashes.size >= MOST_HASHES) hashes.clear();
    hashes.set(version, sha256);
    return sha256;
  }

  /** Those of the name, latest first, each read only when it is asked for. */
  async function* all(name: string): AsyncGenerator<KnownFile> {
    const path = join(dir, name);
    const waiting = await statOf(path);
    if (waiting?.isFile()) {
      const state = isBeingLanded(name) ? 'landing' : 'waiting';
      const sha256 = await unlessMissing(hashOf(path, waiting));
      if (sha256 !== undefined) yield { name, state, bytes: waiting.size, sha256 };
    }
    for (const { path, resultPath, state, stats } of await putAway(dir, name)) {
      const sha256 = await unlessMissing(hashOf(path, stats));
      if (sha256 !== undefined) yield { name, state, bytes: stats.size, sha256, resultPath };
    }
  }

  return {
    async latest(name) {
      for await (const file of all(name)) return file;
      return undefined;
    },
    async withContent(name, sha256) {
      for await (const file of all(name)) if (file.sha256 === sha256) return file;
      return undefined;
    },
    waits: async (name) => (await statOf(join(dir, name))) !== undefined,
  };
}

interface PutAway {
  readonly path: string;
  readonly resultPath: string;
  readonly state: 'done' | 'quarantined';
  readonly stats: Stats;
}

/** Files that came under this name and were landed or refused; a later one has a number before its ending. Latest first. */
async function putAway(dir: string, name: string): Promise<readonly PutAway[]> {
  const [, base = name, ending = ''] = /^(.*?)(\.\w+(?:\.gz)?)$/.exec(name) ?? [];
  const found: PutAway[] = [];
  for (const [folder, state] of Object.entries(PUT_AWAY)) {
    for (const other of await namesIn(join(dir, folder))) {
      const numbered = other.endsWith(ending) ? other.slice(0, -ending.length) : '';
      if (numbered !== base && !(numbered.startsWith(`${base}.`) && /^\d+$/.test(numbered.slice(base.length + 1)))) {
        continue;
      }
      const path = join(dir, folder, other);
      const stats = await statOf(path);
      if (stats?.isFile()) found.push({ path, resultPath: join(dir, folder, `${numbered}.result.csv`), state, stats });
    }
  }
  return found.sort((one, other) => other.stats.mtimeMs - one.stats.mtimeMs);
}

async function statOf(path: string): Promise<Stats | undefined> {
  return await unlessMissing(stat(path));
}

/** Another process of the same folder, or an operator, may have taken it away meanwhile. */
async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
