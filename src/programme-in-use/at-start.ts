import { asAppError } from '@field/kit/errors';
import type { Logger } from '@field/kit/log';
import type { ProgrammeVersion } from '../../models/programmes.ts';
import { fingerprintOf } from '../programme/files.ts';
import { type Applying, applyFirst, currentVersion } from './apply.ts';
import { readFolder } from './read-folder.ts';
import type { ReadingOf } from './readings.ts';

/** What a start needs to know of the folder in `PROGRAMME`. */
interface Start extends Omit<Applying, 'by'> {
  readonly readingOf: ReadingOf;
  readonly folder: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Applies the folder into a store that has no programme yet, or only one that an earlier release took from its folder by itself and that
 * this release cannot read. What an operator has applied stays, and a folder that says something else is told in the log, never taken in
 * silence. Errors, as long as there is none: `programme.wrong`.
 */
export async function programmeAtStart({ folder, log, at, cause, readingOf }: Start): Promise<void> {
  const before = await currentVersion();
  if (before === undefined || isOutgrown(before, readingOf)) {
    const applying = { by: 'system', at, cause, readingOf } as const;
    const { version, isNew } = await applyFirst(await readFolder(folder), applying, before?.version);
    if (isNew) log.info({ folder, version, was: before?.version }, 'programme.applied');
  }
  const difference = await differenceFrom(folder);
  if (difference !== undefined) log.warn({ folder, ...difference }, 'programme.folderDiffers');
}

function isOutgrown({ by, files }: ProgrammeVersion, readingOf: ReadingOf): boolean {
  return by === 'system' && 'mistakes' in readingOf(files);
}

/** What an operator should know of a folder beside what is applied: nothing where they say the same. */
export async function differenceFrom(
  folder: string,
): Promise<{ readonly version: number; readonly say: string } | undefined> {
  const current = await currentVersion();
  if (current === undefined) return undefined;
  const { version, fingerprint } = current;
  const files = await readFolder(folder).catch((error: unknown) => asAppError(error));
  if (files instanceof Error) return { version, say: String(files.details.say ?? files.message) };
  if (fingerprintOf(files) === fingerprint) return undefined;
  const say =
    `Version ${version} of the programme is worked by, and ${folder} says something else. See what: ` +
    `npm run op -- programme diff ${folder}`;
  return { version, say };
}
