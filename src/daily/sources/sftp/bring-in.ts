import { AppError, asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import { z } from 'zod';
import { inLandingOrder, parseFileName } from '../../incoming/file-name.ts';
import type { Intake } from '../intake.ts';
import type { Notes } from '../notes.ts';
import { giveBack } from './give-back.ts';
import type { Remote, RemoteFile } from './remote.ts';

/** Of a file that was brought in: which one it was, and what it holds. */
export const broughtIn = z.object({ size: z.number(), mtime: z.number(), sha256: z.string() });
export type BroughtIn = z.infer<typeof broughtIn>;

export interface BringInOptions {
  /** On the server. */
  readonly folder: string;
  readonly intake: Intake;
  readonly notes: Notes<BroughtIn>;
  /** A file waits. */
  readonly taken: () => void;
  /** Keeps this process's right to; throws when another has it. */
  readonly stillMine: () => Promise<void>;
  /** The machine's time, milliseconds. */
  readonly machine: () => number;
  readonly log: Logger;
  /** For so long at least a file looks the same before it is fetched. */
  readonly settledMs: number;
}

/** Which version, and a time by the machine, milliseconds. */
interface Seen {
  readonly version: string;
  readonly at: number;
}

/** One look at the server after another. */
export interface BringIn {
  /** Answers whether a file of ours lies there: then it is worth looking soon. */
  look(remote: Remote): Promise<boolean>;
}

/** What could not be brought in as it is there is not fetched again before. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Fetches files of known names that look the same at two looks some time apart, and gives back what became of them: the result into `done/` or
 * `quarantine/` on the server, then the file beside it. At a crash anywhere the next look does the same again.
 */
export function createBringIn(options: BringInOptions): BringIn {
  const { folder, intake, notes, taken, stillMine, machine, log, settledMs } = options;
  /** As each was at the last look, and since when; what is being written does not stay the same. */
  let lastLook: ReadonlyMap<string, Seen> = new Map();
  const notBefore = new Map<string, Seen>();

  async function fetchFile(remote: Remote, file: RemoteFile): Promise<void> {
    const { name, size, mtime } = file;
    const path = `${folder}/${name}`;
    async function* body(): AsyncGenerator<Buffer> {
      for await (const piece of remote.read(path)) {
        await stillMine();
        yield piece;
      }
      const after = await remote.stat(path);
      if (after === undefined || versionOf(after) !== versionOf(file))
        throw new AppError('sftp.changed', { file: name });
    }
    const { became, ...more } = await intake.take({ name, by: 'sftp', body: body(), bytes: size });
    if (!('file' in more)) {
      // it waits for its turn, and is looked for again
      if (became === 'busy' || became === 'otherWaits') return;
      throw new AppError('sftp.notWhole', { file: name, why: became });
    }
    await notes.set(name, { size, mtime, sha256: more.file.sha256 });
    if (became !== 'taken') return;
    log.info({ file: name, bytes: size }, 'sftp.taken');
    taken();
  }

  /** Undefined when it has not been brought in yet. */
  async function known(file: RemoteFile): Promise<{ readonly resultPath?: string | undefined } | undefined> {
    const note = await notes.of(file.name);
    if (note === undefined || versionOf(note) !== versionOf(file)) return undefined;
    return await intake.known.withContent(file.name, note.sha256);
  }

  async function lookAt(remote: Remote, file: RemoteFile): Promise<void> {
    const here = await known(file);
    if (here?.resultPath !== undefined) {
      await giveBack(remote, folder, file, here.resultPath);
      await notes.forget(file.name);
      log.info({ file: file.name }, 'sftp.givenBack');
      return;
    }
    const version = versionOf(file);
    const held = notBefore.get(file.name);
    const isHeld = held?.version === version && machine() < held.at;
    const seen = lastLook.get(file.name);
    const isSettled = seen?.version === version && machine() - seen.at >= settledMs;
    if (here !== undefined || !isSettled || isHeld) return;
    // another file of this name waits here: there is no need to fetch it for nothing
    if (await intake.known.waits(file.name)) return;
    await fetchFile(remote, file);
  }

  function seenNow(file: RemoteFile): Seen {
    const [version, before] = [versionOf(file), lastLook.get(file.name)];
    return before?.version === version ? before : { version, at: machine() };
  }

  return {
    async look(remote) {
      const there = await remote.list(folder);
      const ours = there.flatMap((file) => {
        const parsed = parseFileName(file.name);
        return parsed === undefined ? [] : [{ ...parsed, file }];
      });
      for (const { file } of ours.sort(inLandingOrder)) {
        await stillMine();
        try {
          await lookAt(remote, file);
        } catch (thrown) {
          const error = asAppError(thrown);
          // one file that is not as it says keeps no other from it
          if (error.code !== 'sftp.notWhole' && error.code !== 'sftp.changed') throw error;
          log.warn({ file: file.name, code: error.code, why: error.details.why }, 'sftp.notTaken');
          notBefore.set(file.name, { version: versionOf(file), at: machine() + AGAIN_AFTER_MS });
        }
      }
      const names = new Set(ours.map(({ name }) => name));
      for (const name of await notes.names()) if (!names.has(name)) await notes.forget(name);
      for (const name of notBefore.keys()) if (!names.has(name)) notBefore.delete(name);
      lastLook = new Map(ours.map(({ file }) => [file.name, seenNow(file)]));
      return ours.length > 0;
    },
  };
}

function versionOf({ size, mtime }: Pick<RemoteFile, 'size' | 'mtime'>): string {
  return `${size}/${mtime}`;
}
