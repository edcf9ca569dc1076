import { AppError } from '@field/kit/errors';
import { addAudit } from '../../models/audit.ts';
import { addProgramme, findProgramme, type ProgrammeVersion } from '../../models/programmes.ts';
import { readProgrammeHead, writeProgrammeHead } from '../../models/settings.ts';
import type { Reads } from '../../models/single-write.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import type { Audited } from '../domain/audited.ts';
import { fingerprintOf, type ProgrammeFile } from '../programme/files.ts';
import { tryAgain } from '../work/try-again.ts';
import { readOrRefuse, readToApply } from './read-or-refuse.ts';
import type { ReadingOf } from './readings.ts';

/** Who applies a programme, when, and which command or start it comes from. */
export interface Applying {
  readonly by: 'operator' | 'system';
  /** By `clock.now()`. */
  readonly at: number;
  readonly cause: string;
  readonly readingOf?: ReadingOf;
}

/** What became of it. */
export interface Applied {
  /** The one that is worked by now. */
  readonly version: number;
  /** The one before; undefined for the first. */
  readonly was?: number | undefined;
  /** Whether it says something else than the one before; it was not applied again otherwise. */
  readonly isNew: boolean;
}

/**
 * Makes these files the programme that everybody works by within seconds. All of it is done, or nothing. What says the same as the
 * current one changes nothing. Errors: `programme.wrong`.
 */
export async function applyProgramme(files: readonly ProgrammeFile[], applying: Applying): Promise<Applied> {
  readToApply(files);
  return await inTurn(async (tx) => {
    const current = await currentVersion(tx);
    const fingerprint = fingerprintOf(files);
    if (current?.fingerprint === fingerprint) return { version: current.version, was: current.version, isNew: false };
    return await add({ files, fingerprint }, { current, what: 'programme.apply' }, applying, tx);
  });
}

/**
 * As `applyProgramme`, into a store that has none yet, or none but the version `instead`: where another process was first, or an
 * operator, their programme stays.
 */
export async function applyFirst(
  files: readonly ProgrammeFile[],
  applying: Applying,
  instead?: number,
): Promise<Applied> {
  readToApply(files, applying.readingOf);
  return await inTurn(async (tx) => {
    const current = await currentVersion(tx);
    if (current !== undefined && current.version !== instead)
      return { version: current.version, was: current.version, isNew: false };
    return await add({ files, fingerprint: fingerprintOf(files) }, { current, what: 'programme.apply' }, applying, tx);
  });
}

/**
 * Goes back to what a version said, as a new version: what was made under the one between keeps its words. `version`: the last one
 * that says something else, unless it is named. Errors: `programme.unknown`; `programme.wrong` when this release cannot work by it.
 */
export async function takeBack(version: number | undefined, applying: Applying): Promise<Applied> {
  return await inTransaction(async (tx) => {
    const current = await currentVersion(tx);
    if (current === undefined) throw unknown('No programme was applied yet.');
    const to = version === undefined ? await lastOther(current, tx) : await findProgramme(version, tx);
    if (to === undefined)
      throw unknown(version === undefined ? 'There is none before this one.' : `There is no version ${version}.`);
    if (to.fingerprint === current.fingerprint) return { version: current.version, was: current.version, isNew: false };
    readOrRefuse(to.files);
    const { files, fingerprint } = to;
    return await add(
      { files, fingerprint, takenBackTo: to.version },
      { current, what: 'programme.takeBack' },
      applying,
      tx,
    );
  });
}

/** Of many who apply at once each comes after the other; what was done, though nobody heard of it, says the same by then. */
async function inTurn(apply: (tx: Transaction) => Promise<Applied>): Promise<Applied> {
  return await tryAgain(() => inTransaction(apply));
}

/** The version that is worked by, in a transaction or as it is now. */
export async function currentVersion(tx?: Reads): Promise<ProgrammeVersion | undefined> {
  const head = await readProgrammeHead(tx);
  return head && (await findProgramme(head.version, tx));
}

/** A change that was taken back is left behind: back again goes further back, not forth. */
async function lastOther(current: ProgrammeVersion, tx: Transaction): Promise<ProgrammeVersion | undefined> {
  let before = current.takenBackTo ?? current.version;
  for (;;) {
    before -= 1;
    const version = before < 1 ? undefined : await findProgramme(before, tx);
    if (version === undefined || version.fingerprint !== current.fingerprint) return version;
  }
}

async function add(
  said: Pick<ProgrammeVersion, 'files' | 'fingerprint' | 'takenBackTo'>,
  { current, what }: { readonly current?: ProgrammeVersion | undefined; readonly what: Audited },
  { by, at, cause }: Applying,
  tx: Transaction,
): Promise<Applied> {
  const version = (current?.version ?? 0) + 1;
  // the head first: whoever is applied at the same time loses that race, which is tried again for longer than a version that is there
  await writeProgrammeHead({ version, changedAt: at }, tx);
  await addProgramme({ ...said, version, at, by }, tx);
  const { fingerprint, takenBackTo = 0 } = said;
  const details = { was: current?.version ?? 0, fingerprint, takenBackTo };
  await addAudit([{ at, by, isoId: '', what, subject: { kind: 'programme', id: `v${version}` }, cause, details }], tx);
  return { version, was: current?.version, isNew: true };
}

function unknown(sentence: string): AppError {
  return new AppError('programme.unknown', { say: `${sentence} See: npm run op -- programme show` });
}
