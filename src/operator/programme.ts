import { AppError, asAppError } from '@field/kit/errors';
import { programmeLines } from '../../models/programmes.ts';
import { type Change, changesBetween } from '../programme/changes.ts';
import type { Programme } from '../programme/programme.ts';
import { type Applied, type Applying, applyProgramme, currentVersion, takeBack } from '../programme-in-use/apply.ts';
import { differenceFrom } from '../programme-in-use/at-start.ts';
import { readFolder } from '../programme-in-use/read-folder.ts';
import { readOrRefuse, readToApply } from '../programme-in-use/read-or-refuse.ts';
import { type Touched, touchedBy } from '../programme-in-use/touched.ts';
import { OP, type Operator } from './command.ts';

/** The most versions that are listed. */
const LISTED = 20;

interface Summary {
  readonly name: string;
  readonly products: readonly string[];
  readonly languages: readonly string[];
}

export interface Checked extends Summary {
  readonly folder: string;
  /** What is worked by instead, or why that cannot be told; absent where it is the same. */
  readonly differs?: string | undefined;
}

type Needed = Pick<Operator, 'ids' | 'now' | 'onStore' | 'programmeFolder'>;

/** Checks a folder, and holds it against what is applied. Errors: `programme.wrong`. */
export async function checkFolder(asked: string | undefined, { onStore, programmeFolder }: Needed): Promise<Checked> {
  const folder = asked ?? programmeFolder();
  const programme = readToApply(await readFolder(folder));
  const differs = await onStore(async () => (await differenceFrom(folder))?.say).catch((thrown: unknown) => {
    const { code, kind } = asAppError(thrown);
    if (kind === 'bug') throw thrown;
    return `What is applied could not be looked at (${code}).`;
  });
  return { folder, ...summaryOf(programme), differs };
}

export interface FolderDifference {
  readonly folder: string;
  readonly version: number;
  readonly changes: readonly Change[];
  readonly touched: Touched;
}

/** What a folder says otherwise, and what that meets. Errors: `programme.wrong`, `programme.unknown`. */
export async function diffFolder(asked: string | undefined, operator: Needed): Promise<FolderDifference> {
  const folder = asked ?? operator.programmeFolder();
  const after = readToApply(await readFolder(folder));
  return await operator.onStore(() => differenceOf(folder, after, operator.now()));
}

async function differenceOf(folder: string, after: Programme, now: number): Promise<FolderDifference> {
  const current = await currentVersion();
  if (current === undefined) throw noneYet();
  const changes = changesBetween(readOrRefuse(current.files), after);
  return { folder, version: current.version, changes, touched: await touchedBy(changes, now) };
}

/** Applies a folder; `difference` is what it met, absent for the first. Errors: `programme.wrong`. */
export async function applyFolder(
  asked: string | undefined,
  operator: Needed,
): Promise<Applied & { readonly difference?: FolderDifference | undefined }> {
  const folder = asked ?? operator.programmeFolder();
  const files = await readFolder(folder);
  const after = readToApply(files);
  return await operator.onStore(async () => {
    const isFirst = (await currentVersion()) === undefined;
    const difference = isFirst ? undefined : await differenceOf(folder, after, operator.now());
    return { ...(await applyProgramme(files, applying(operator))), difference };
  });
}

/** Goes back to an earlier version. Errors: `programme.unknown`, `programme.wrong`. */
export async function takeProgrammeBack(version: number | undefined, operator: Needed): Promise<Applied> {
  return await operator.onStore(() => takeBack(version, applying(operator)));
}

export interface Shown extends Summary {
  readonly version: number;
  readonly versions: readonly {
    readonly version: number;
    readonly at: string;
    readonly by: string;
    readonly takenBackTo?: number | undefined;
  }[];
}

/** What is worked by, and what was before. Errors: `programme.unknown`. */
export async function showProgramme({ onStore }: Needed): Promise<Shown> {
  return await onStore(async () => {
    const current = await currentVersion();
    if (current === undefined) throw noneYet();
    const versions = (await programmeLines(LISTED)).map((line) => ({ ...line, at: new Date(line.at).toISOString() }));
    return { version: current.version, ...summaryOf(readOrRefuse(current.files)), versions };
  });
}

function applying({ ids, now }: Needed): Applying {
  return { by: 'operator', at: now(), cause: ids.next() };
}

function summaryOf({ name, products, languages }: Programme): Summary {
  return { name, products: products.map(({ id, on }) => (on ? id : `${id} (off)`)), languages };
}

function noneYet(): AppError {
  const say = `No programme was applied yet. The bot does it when it starts; or type: ${OP} programme apply`;
  return new AppError('programme.unknown', { say });
}
