import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { isMissing } from '@field/kit/write-durably';
import { z } from 'zod';
import { FILE_NAME } from '../../handed-over-keys.ts';
import { namesIn } from '../../names-in.ts';
import type { Notes } from '../notes.ts';
import type { Remote } from './remote.ts';

/** Of a file: `renaming` from just before it gets its name on the server until that is known, then `sent`. */
export const sentNote = z.enum(['renaming', 'sent']);
export type SentNote = z.infer<typeof sentNote>;

export interface SendOutOptions {
  /** On the server. */
  readonly folder: () => Promise<string>;
  /** Where the hand-over files are. */
  readonly outgoing: string;
  readonly notes: Notes<SentNote>;
  readonly photoNotes: Notes<SentNote>;
  readonly log: Logger;
}

/** One look at the outgoing folder after another. */
export interface SendOut {
  look(remote: Remote): Promise<void>;
}

const PHOTOS_OF = z.object({ photos: z.array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) })) });

/**
 * Sends closed hand-over files to the server, each once: first the photos that its lines name, then the file. What is noted before it gets its
 * name there lets a crash neither lose nor double it, also where the receiver has taken it away by then.
 */
export function createSendOut({ folder, outgoing, notes, photoNotes, log }: SendOutOptions): SendOut {
  async function send(remote: Remote, path: string, to: string, name: string, noted: Notes<SentNote>): Promise<void> {
    const note = await noted.of(name);
    if (note === 'sent') return;
    const [target, part] = [`${to}/${name}`, `${to}/${name}.part`];
    const size = await sizeOf(path);
    if (size === undefined) return log.warn({ file: name }, 'sftp.gone');
    if (note !== 'renaming') {
      const there = await remote.stat(target);
      if (there !== undefined && there.size !== size)
        throw new AppError('sftp.notWhole', { file: name, why: 'nameTaken' });
      if (there === undefined) {
        await remote.write(part, createReadStream(path));
        const written = await remote.stat(part);
        if (written?.size !== size) throw new AppError('sftp.notWhole', { file: name, why: 'written' });
        await noted.set(name, 'renaming');
      }
    }
    // without it the receiver has the file already
    if ((await remote.stat(part)) !== undefined) await remote.rename(part, target);
    await noted.set(name, 'sent');
  }

  async function sendFile(remote: Remote, to: string, name: string): Promise<void> {
    const path = join(outgoing, name);
    const photos = await photosOf(path);
    if (photos.length > 0) await remote.makeFolder(`${to}/photos`);
    for (const photo of photos) {
      await send(remote, join(outgoing, 'photos', photo), `${to}/photos`, photo, photoNotes);
    }
    await send(remote, path, to, name, notes);
    log.info({ file: name, photos: photos.length }, 'sftp.sent');
  }

  /** What is here no more is never sent again. */
  async function forgetGone(names: readonly string[]): Promise<void> {
    const files = new Set(names);
    for (const name of await notes.names()) if (!files.has(name)) await notes.forget(name);
    const photos = new Set(await namesIn(join(outgoing, 'photos')));
    for (const name of await photoNotes.names()) if (!photos.has(name)) await photoNotes.forget(name);
  }

  return {
    async look(remote) {
      const names = await namesIn(outgoing);
      const waiting: string[] = [];
      for (const name of names.filter((name) => FILE_NAME.test(name)).sort()) {
        if ((await notes.of(name)) !== 'sent') waiting.push(name);
      }
      if (waiting.length === 0) return;
      const to = await folder();
      await remote.makeFolder(to);
      let failed: unknown;
      for (const name of waiting) {
        try {
          await sendFile(remote, to, name);
        } catch (thrown) {
          failed ??= thrown;
          // what is wrong with one file alone keeps no other from it
          if (asAppError(thrown).code !== 'sftp.notWhole') throw thrown;
        }
      }
      if (failed !== undefined) throw failed;
      await forgetGone(names);
    },
  };
}

async function photosOf(path: string): Promise<readonly string[]> {
  const photos = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    for (const { sha256 } of PHOTOS_OF.parse(JSON.parse(line)).photos) photos.add(`${sha256}.jpg`);
  }
  return [...photos];
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
