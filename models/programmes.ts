import type { ProgrammeFile } from '../src/programme/files.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, number, text } from './fields.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

/** A file as it was applied: what is text can be read in the store. */
type StoredFile = { readonly name: string; readonly text: string } | { readonly name: string; readonly base64: string };

const Programmes = collection('programmes', {
  id: 'programmeId',
  fields: {
    /** From 1 on, without a gap. */
    version: number(),
    /** By `clock.now()`. */
    at: number(),
    /** `operator`, or `system` for the first. */
    by: text(),
    files: list<StoredFile>(),
    /** Of the files, `fingerprintOf`. */
    fingerprint: text(),
    /** Which version it is again, where a change was taken back. */
    takenBackTo: number().optional(),
  },
  indexes: [[{ version: 1 }, { unique: true }]],
});

/** A programme as it was applied once; it never changes. */
export interface ProgrammeVersion extends Omit<RecordOf<typeof Programmes>, 'programmeId' | 'files'> {
  readonly files: readonly ProgrammeFile[];
}

/** Adds a version; a version that is there already is a lost race, which `inTransaction` tries again. */
export async function addProgramme({ files, ...said }: ProgrammeVersion, tx: Transaction): Promise<void> {
  await Programmes.add({ programmeId: `v${said.version}`, ...said, files: files.map(stored) }, { tx });
}

export async function findProgramme(version: number, tx?: Reads): Promise<ProgrammeVersion | undefined> {
  const row = await Programmes.get(`v${version}`, { tx });
  if (row === undefined) return undefined;
  const { programmeId: _, files, ...said } = row;
  return { ...said, files: files.map(unstored) };
}

/** What is told of a version in a list. */
export type ProgrammeLine = Pick<ProgrammeVersion, 'version' | 'at' | 'by' | 'takenBackTo'>;

/** The versions that there were, the newest first. */
export async function programmeLines(limit: number): Promise<readonly ProgrammeLine[]> {
  const only = ['version', 'at', 'by', 'takenBackTo'] as const;
  return await Programmes.find({}, { only, sort: { version: -1 }, limit });
}

function stored({ name, bytes }: ProgrammeFile): StoredFile {
  const buffer = Buffer.from(bytes);
  return name.endsWith('.yaml') ? { name, text: buffer.toString('utf8') } : { name, base64: buffer.toString('base64') };
}

function unstored(file: StoredFile): ProgrammeFile {
  const bytes = 'text' in file ? Buffer.from(file.text) : Buffer.from(file.base64, 'base64');
  return { name: file.name, bytes };
}
