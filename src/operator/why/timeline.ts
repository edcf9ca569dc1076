import { AppError } from '@field/kit/errors';
import { type AuditEntry, auditOf, auditOfItems } from '../../../models/audit.ts';
import { shortOf } from '../../../models/bindings.ts';
import { recordsAbout, type SentRecord } from '../../../models/cards-about.ts';
import { type FileStanding, filesNamed, type SourceOfFile, sourcesOf } from '../../../models/incoming-files.ts';
import { namesOf } from '../../../models/people.ts';
import { parseFileName } from '../../daily/incoming/file-name.ts';
import type { FileSource } from '../../domain/file-source.ts';
import { OP } from '../command.ts';
import { howMany } from '../how-many.ts';
import { DEEDS } from './deeds.ts';
import { type Found, whatIs } from './found.ts';
import { rowInFile } from './row-in-file.ts';

/** What happened to something, in words, the oldest first. */
export interface Timeline {
  readonly what: string;
  readonly happened: readonly Happened[];
}

export interface Happened {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: 'deed' | 'photo' | 'code' | 'message' | 'file';
  readonly says: string;
}

/** What one looks through at once; of more the latest. */
export const MOST = 500;
/** Who does something without being a person. */
const NOBODY: Readonly<Record<string, string>> = { system: 'The bot', operator: 'An operator' };

/** Errors: `number.unknown` where nothing has that number, name or id. */
export async function timelineOf(asked: string, incoming: string): Promise<Timeline> {
  const files = await filesNamed(asked);
  if (files.length > 0) return { what: `the daily file ${asked}`, happened: files.flatMap(ofFile) };
  const found = await whatIs(asked);
  if (found === undefined) throw unknownNumber(asked);
  return { what: found.what, happened: await happenedTo(found, incoming) };
}

export function unknownNumber(asked: string): AppError {
  const say = `Nothing is known of ${asked}. Ask by a promotion's number (P-7K3M), a code, a userId, a daily file's name, or an id of ${OP} webhooks list.`;
  return new AppError('number.unknown', { say });
}

async function happenedTo(found: Found, incoming: string): Promise<readonly Happened[]> {
  const [own, records] = await Promise.all([auditOfItems(found.ids, MOST), recordsAbout(found.ids, MOST)]);
  const drafts = own.flatMap(({ details }) => (typeof details?.draft === 'string' ? [details.draft] : []));
  const entries = [...own, ...(drafts.length === 0 ? [] : await auditOf(drafts, MOST))];
  const people = [...entries.map(({ by }) => by), ...records.map(({ viewer }) => viewer), ...boundBy(found)];
  const names = await namesOf([...new Set(people)]);
  const who = (by: string): string => NOBODY[by] ?? (names.has(by) ? `${names.get(by)} (${by})` : by);
  const happened: (Happened & { readonly order: number })[] = [];
  const add = (at: number, kind: Happened['kind'], says: string): void => {
    happened.push({ at: new Date(at).toISOString(), kind, says, order: at });
  };
  const files = entries.map(({ cause }) => cause).filter((cause) => parseFileName(cause) !== undefined);
  const from = { incoming, sourceOf: await sourcesOf([...new Set(files)]) };
  for (const entry of entries) add(entry.at, 'deed', await deed(entry, who, from));
  for (const { at, slot, where, photoId } of found.photos)
    add(at, 'photo', `Photo ${slot} of ${where} was sent (${photoId})`);
  for (const binding of found.bindings) {
    const { boundAt, boundBy: by, releasedAt, releasedBy = 'system', proofPhoto } = binding;
    add(boundAt, 'code', `${who(by)} put up code …${shortOf(binding)}, as photo ${proofPhoto} shows`);
    if (releasedAt !== undefined) add(releasedAt, 'code', `${who(releasedBy)} took code …${shortOf(binding)} away`);
  }
  for (const record of records) add(record.at ?? 0, 'message', message(record, who));
  return happened.toSorted((one, other) => one.order - other.order).map(({ at, kind, says }) => ({ at, kind, says }));
}

function boundBy({ bindings }: Found): readonly string[] {
  return bindings.flatMap(({ boundBy: by, releasedBy }) => [by, ...(releasedBy === undefined ? [] : [releasedBy])]);
}

/** Where landed files lie, and which way each came. */
interface Files {
  readonly incoming: string;
  readonly sourceOf: SourceOfFile;
}

const WAYS: Readonly<Record<FileSource, string>> = {
  folder: 'was put into the folder',
  sftp: 'came by SFTP',
  https: 'was uploaded by HTTPS',
};

async function deed(entry: AuditEntry, who: (by: string) => string, files: Files): Promise<string> {
  const { what, by, subject, details = {}, cause } = entry;
  const told = Object.entries(details).map(([name, value]) => `${name} ${value === '' ? '-' : value}`);
  const file = parseFileName(cause) === undefined ? [] : [await cameWith(entry, files)];
  const about = `${subject.kind} ${subject.id}`;
  // another release may have noted what this one has no words for
  return `${who(by)} ${DEEDS[what] ?? what} (${[about, ...told, ...file].join('; ')})`;
}

async function cameWith({ cause: file, at, subject, ...noted }: AuditEntry, files: Files): Promise<string> {
  // what an earlier release landed is looked for in the file
  const row = noted.row ?? (await rowInFile(files.incoming, file, subject.id));
  const source = files.sourceOf(file, at);
  return [
    row === undefined ? file : `row ${row} of ${file}`,
    ...(source === undefined ? [] : [`which ${WAYS[source]}`]),
  ].join(', ');
}

function message({ view, viewer, inGroup, delivered, refused }: SentRecord, who: (by: string) => string): string {
  const whom = inGroup ? 'a group' : who(viewer);
  if (refused !== undefined)
    return `Card ${view} for ${whom} shows what it showed before: DingTalk refused ${refused.error}`;
  return delivered ? `Card ${view} went to ${whom}` : `Card ${view} for ${whom} has not arrived yet`;
}

function ofFile({ receivedAt, source, state, outcomes, rows, why, fileHash }: FileStanding): Happened[] {
  const said = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  const content = `${rows === undefined ? 'unknown rows' : howMany(rows, 'row')}, content ${fileHash.slice(0, 12)}`;
  const at = new Date(receivedAt).toISOString();
  const became = why === undefined ? said.join(', ') || 'nothing of it is landed yet' : why;
  return [
    {
      at,
      kind: 'file',
      says: `It ${source === undefined ? 'came' : WAYS[source]} (${content}) and is ${state}: ${became}`,
    },
  ];
}
