import { createHash } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, OWNER_ONLY_FILE, syncFolder } from '@field/kit/write-durably';
import { type Arrivals, markOf } from './arrived.ts';
import { createKnownFiles, type KnownFile, type KnownFiles } from './known-files.ts';

/** A file that comes over a network. */
export interface Coming {
  /** That of a daily file. */
  readonly name: string;
  readonly by: 'sftp' | 'https';
  readonly body: AsyncIterable<Buffer>;
  /** What its sender says that it holds, hex. */
  readonly sha256?: string | undefined;
  /** How much its sender says that it holds. */
  readonly bytes?: number | undefined;
}

export type Taken =
  /** It waits to be landed now. */
  | { readonly became: 'taken'; readonly file: KnownFile }
  /** This very content came under this name before, and waits or was landed: nothing was changed. */
  | { readonly became: 'same'; readonly file: KnownFile }
  /** Another content waits under this name; another one is coming in now; it is not what its sender said; it is too large. */
  | { readonly became: 'otherWaits' | 'busy' | 'notItsHash' | 'notItsSize' | 'tooLarge' };

/**
 * Puts files that come over a network into the incoming folder, as careful hands would: written as `<name>.part`, synced, and renamed
 * when it is whole. From there they are landed like all others.
 */
export interface Intake {
  readonly known: KnownFiles;
  /** Throws what the body or the disk throws; then nothing of it is left. */
  take(coming: Coming): Promise<Taken>;
}

/** As much as a file may have unpacked (daily-data: Quarantine). */
const MOST_BYTES = 512 * 1024 * 1024;

export interface IntakeOptions {
  readonly dir: string;
  readonly isBeingLanded: (name: string) => boolean;
  /** Which way each came, for whoever lands it. */
  readonly arrivals: Arrivals;
  readonly mostBytes?: number | undefined;
}

export function createIntake({ dir, isBeingLanded, arrivals, mostBytes = MOST_BYTES }: IntakeOptions): Intake {
  const known = createKnownFiles(dir, isBeingLanded);
  const coming = new Set<string>();

  async function takeAlone({ name, by, body, sha256, bytes }: Coming): Promise<Taken> {
    const before = sha256 === undefined ? undefined : await sameAsBefore(name, sha256);
    if (before !== undefined) return before;
    if (await known.waits(name)) return { became: 'otherWaits' };
    if ((bytes ?? 0) > mostBytes) return { became: 'tooLarge' };
    const part = join(dir, `${name}.part`);
    await makeFolder(dir);
    let kept = false;
    try {
      const written = await write(part, body, Math.min(bytes ?? mostBytes, mostBytes));
      if (written === undefined) return { became: bytes === undefined ? 'tooLarge' : 'notItsSize' };
      if (bytes !== undefined && written.bytes !== bytes) return { became: 'notItsSize' };
      if (sha256 !== undefined && written.sha256 !== sha256) return { became: 'notItsHash' };
      const same = sha256 === undefined ? await sameAsBefore(name, written.sha256) : undefined;
      if (same !== undefined) return same;
      // somebody may have put one there by hand meanwhile
      if (await known.waits(name)) return { became: 'otherWaits' };
      await arrivals.set(name, { by, file: markOf(await stat(part)) });
      await rename(part, join(dir, name));
      kept = true;
      await syncFolder(dir);
      return { became: 'taken', file: { name, state: 'waiting', ...written } };
    } finally {
      if (!kept) await rm(part, { force: true });
    }
  }

  /** What was quarantined may be sent again: what it is about may be known by now. */
  async function sameAsBefore(name: string, sha256: string): Promise<Taken | undefined> {
    const file = await known.withContent(name, sha256);
    return file === undefined || file.state === 'quarantined' ? undefined : { became: 'same', file };
  }

  return {
    known,
    async take(file) {
      if (coming.has(file.name)) return { became: 'busy' };
      coming.add(file.name);
      try {
        return await takeAlone(file);
      } finally {
        coming.delete(file.name);
      }
    },
  };
}

/** Writes a body and syncs it; undefined when it is larger than that. */
async function write(
  path: string,
  body: AsyncIterable<Buffer>,
  mostBytes: number,
): Promise<{ readonly sha256: string; readonly bytes: number } | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await open(path, 'w', OWNER_ONLY_FILE);
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > mostBytes) return undefined;
      hash.update(piece);
      await file.appendFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}
