import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '@field/kit/errors';
import { OWNER_ONLY_FILE, OWNER_ONLY_FOLDER } from '@field/kit/write-durably';
import { returnAccount } from '../../handlers/accounts/return-account.ts';
import { addAudit } from '../../models/audit.ts';
import { changeDraft, findDraft } from '../../models/drafts.ts';
import {
  CONTACTS_IN,
  DRAFTS_OF,
  ERASED,
  nameErased,
  type OpenedRow,
  openedIn,
  removeName,
  removeOwnRows,
  removeRow,
  rewriteContact,
  rowsAbout,
  rowsWithContacts,
} from '../../models/personal-rows.ts';
import { currentProgramme, FIRST_VERSION, programmeAt } from '../../models/programme-in-use.ts';
import { forgetVisits } from '../../models/stores.ts';
import { accountHeldBy } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { retireDraft } from '../daily/retention/drafts.ts';
import { itemsOverSince } from '../daily/retention/what-is-over.ts';
import type { Audited } from '../domain/audited.ts';
import { contactNamed, holdsContact, type NamesOfFields, withoutContact } from '../domain/contact.ts';
import { fieldsByWhatTheySay } from '../programme/personal-fields.ts';
import { asOperator } from './as-operator.ts';
import type { Operator } from './command.ts';
import { contentsOf, eraseContents, onlyContents, rowsWithContentsOf } from './contents.ts';

type Doer = Pick<Operator, 'ids' | 'now' | 'photos'>;

/** What is kept of somebody, in numbers, and what would break if it went. */
export interface Kept {
  /** Rows by collection. */
  readonly rows: Readonly<Record<string, number>>;
  /** What somebody still waits for, a sentence each. */
  readonly open: readonly string[];
  /** Hand-over files in which it stands: they belong to the reviewers. */
  readonly files: readonly string[];
}

export interface Exported extends Omit<Kept, 'open'> {
  readonly folder: string;
  readonly photos: number;
}

export interface Erased extends Kept {
  readonly done: boolean;
  /** Drafts that are left because somebody's picture is being checked at this moment. */
  readonly left: number;
}

/** Writes all that is kept of a person into a folder for its owner only: `data.json`, and `photos/`. Errors: `person.unknown`. */
export async function exportPerson(userId: string, folder: string, doer: Doer): Promise<Exported> {
  const found = await all(rowsAbout(userId));
  if (found.length === 0) throw nothingKept(userId);
  const erasing = contentsOf(saidOf(userId, found));
  const own = new Set(found.map(nameOfRow));
  const others = (await rowsWithContentsOf(erasing)).filter((one) => !own.has(nameOfRow(one)));
  return await write([...found, ...others.map((one) => onlyContents(one, erasing))], folder, doer);
}

/** As `exportPerson`, of a contact of a shop. Errors: `person.unknown`. */
export async function exportContact(contact: string, folder: string, doer: Doer): Promise<Exported> {
  const found = await withContact(contact);
  if (found.length === 0) throw nothingKept(contact);
  return await write(found, folder, doer);
}

/**
 * Erases a person: own rows, names, phones, drafts and what they wrote go; facts of shops, fees and the audit stay, under a name that
 * says nothing. Without `yes` only says what would go. Again, or after it was ended anywhere, it goes on. Errors: `person.unknown`.
 */
export async function erasePerson(userId: string, yes: boolean, doer: Doer): Promise<Erased> {
  const found = await all(rowsAbout(userId));
  if (found.length === 0) throw nothingKept(userId);
  const erasing = contentsOf(saidOf(userId, found));
  const open = [...(await openOf(userId, found, doer.now())), ...sayContents(await rowsWithContentsOf(erasing))];
  const kept: Kept = { rows: countsOf(found), open, files: filesOf(found) };
  if (!yes) return { ...kept, done: false, left: 0 };
  const erased = nameErased(userId);
  const left = (await eraseDrafts(userId, found, doer)) + (await eraseContents(erasing));
  await takeAccountBack(userId, doer);
  for await (const _ of removeName(userId, erased));
  if (left === 0) {
    await audit(ERASED, erased, doer);
    for await (const _ of removeOwnRows(userId));
  }
  return { ...kept, done: left === 0, left };
}

/** Erases a contact of shops, found by reading every shop, submission and draft; the shops stay without it. Errors: `person.unknown`. */
export async function eraseContact(contact: string, yes: boolean, doer: Doer): Promise<Erased> {
  const found = await withContact(contact);
  if (found.length === 0) throw nothingKept(contact);
  const open = [
    ...found.flatMap(({ collection, row }) => {
      if (collection === 'submissions' && row.handedOver === false)
        return [`${row._id} has not been handed over: it will be without the contact.`];
      if (collection === 'drafts' && row.state === 'OPEN')
        return [`The draft ${row._id} is open: its contact will be asked for again.`];
      return [];
    }),
    ...sayContents(await rowsWithContentsOf(contentsOf([contact]))),
  ];
  const kept: Kept = { rows: countsOf(found), open, files: filesOf(found) };
  if (!yes) return { ...kept, done: false, left: 0 };
  const isContact = contactNamed(contact);
  const fields = await namesOfFields();
  for (const one of found) {
    if (!STANDS_IN.has(one.collection)) continue;
    if (one.collection === 'associations') await removeRow(one);
    else await rewriteContact(one, (value) => withoutContact(value, isContact, fields));
    // where somebody's shop is may be where they live
    if (one.collection === 'stores') await forgetVisits(one.row._id);
  }
  await eraseContents(contentsOf([contact]));
  const left = (await withContact(contact)).length;
  await audit('contact.erase', nameErased(contact), doer);
  return { ...kept, done: left === 0, left };
}

/**
 * Rows with this contact, also within what codes say; of requests to join only those of people who never wrote to the bot: others are
 * people, not contacts.
 */
async function withContact(contact: string): Promise<readonly OpenedRow[]> {
  const isContact = contactNamed(contact);
  const fields = await namesOfFields();
  const found: OpenedRow[] = [];
  for await (const one of rowsWithContacts()) {
    if (one.collection === 'associations' && one.row.userId !== undefined) continue;
    if (holdsContact(openedIn(one), isContact, fields)) found.push(one);
  }
  const known = new Set(found.map(nameOfRow));
  const within = await rowsWithContentsOf(contentsOf([contact]));
  return [...found, ...within.filter((one) => !known.has(nameOfRow(one)))];
}

/** Where contacts stand as they were typed. */
const STANDS_IN = new Set(CONTACTS_IN);

/** By every programme that there was. */
async function namesOfFields(): Promise<NamesOfFields> {
  const [personal, others] = [new Set<string>(), new Set<string>()];
  for (let version = FIRST_VERSION; version <= currentProgramme().version; version += 1) {
    const fields = fieldsByWhatTheySay((await programmeAt(version)).programme);
    for (const name of fields.personal) personal.add(name);
    for (const name of fields.others) others.add(name);
  }
  return { personal, others };
}

/** By what a person is told from others: phones, e-mails, and names of more than one word. */
function saidOf(userId: string, found: readonly OpenedRow[]): readonly string[] {
  const own = found.filter(({ collection, row }) => (collection === 'peoples' ? row._id : row.userId) === userId);
  const said = own.flatMap(({ collection, row }) => {
    if (collection === 'peoples') return [row.name];
    return collection === 'associations' ? [row.name, row.phone, row.askedEmail] : [];
  });
  return [...new Set(said)].filter((text) => typeof text === 'string').filter((text) => /[^A-Za-z]/.test(text.trim()));
}

function nameOfRow({ collection, row }: OpenedRow): string {
  return `${collection} ${row._id}`;
}

function sayContents(rows: readonly OpenedRow[]): readonly string[] {
  const codes = rows.filter(({ collection }) => collection === 'bindings').length;
  return codes === 0
    ? []
    : [
        codes === 1
          ? '1 code that no pattern knows names them: it stays at its spot, what it says goes.'
          : `${codes} codes that no pattern knows name them: they stay at their spots, what they say goes.`,
      ];
}

async function openOf(userId: string, found: readonly OpenedRow[], now: number): Promise<string[]> {
  const of = (collection: string) => found.filter((one) => one.collection === collection).map(({ row }) => row);
  const items = of('items').map(({ _id }) => _id);
  const over = await itemsOverSince(items, now);
  const counts: readonly (readonly [number, string])[] = [
    [
      items.filter((ref) => !over.has(ref)).length,
      'items whose review or fee is open: they go on, nobody hears of them',
    ],
    [
      of('appeals').filter(({ state }) => state === 'FILED').length,
      'appeals that wait for their answer: it will be told to nobody',
    ],
    [
      of('appeals').filter(({ state }) => state === 'DRAFT').length,
      'appeals that were not sent: they end with their deadline',
    ],
    [
      of('drafts').filter((row) => row.state === 'OPEN' && row[DRAFTS_OF] === userId).length,
      'promotions in the making: they are discarded',
    ],
    [
      of('inspectiontasks').filter(
        ({ state }) => !['SUBMITTED', 'APPROVED', 'REJECTED', 'EXPIRED'].includes(String(state)),
      ).length,
      'inspections at work: they expire unless a task file gives them to somebody else',
    ],
    [
      of('accounts').filter(({ holderId }) => holderId === userId).length,
      'test account in hand: it comes back, and its password is to be changed',
    ],
    [
      of('peoples').filter(({ state }) => state === 'ACTIVE').length,
      'person at work: who writes again has to join again',
    ],
  ];
  return counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}.`] : []));
}

/** Nobody is left who has it; the admins of its ISO read that. */
async function takeAccountBack(userId: string, doer: Doer): Promise<void> {
  const held = await accountHeldBy(userId);
  if (held === undefined) return;
  await asOperator(held.isoId, doer, async (ctx) => {
    const account = await accountHeldBy(userId, ctx.tx);
    if (account !== undefined) await returnAccount(ctx, account, 'left');
  });
}

/** Those in a colleague's hands, or in nobody's, go on without the name. */
async function eraseDrafts(userId: string, found: readonly OpenedRow[], doer: Doer): Promise<number> {
  let left = 0;
  for (const { collection, row } of found) {
    if (collection !== 'drafts' || row[DRAFTS_OF] !== userId) continue;
    await inTransaction(async (tx) => {
      const open = await findDraft(row._id, tx);
      if (open?.state === 'OPEN') await changeDraft(open, { state: 'DISCARDED', updatedAt: doer.now() }, tx);
    });
    const draft = await findDraft(row._id);
    if (draft !== undefined && !(await retireDraft(draft, doer.photos()))) left += 1;
  }
  return left;
}

async function write(found: readonly OpenedRow[], folder: string, { photos }: Doer): Promise<Exported> {
  const to = resolve(folder);
  await mkdir(join(to, 'photos'), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const byCollection: Record<string, unknown[]> = {};
  for (const { collection, row } of found)
    byCollection[collection] = [...(byCollection[collection] ?? []), readable(row)];
  await writeFile(join(to, 'data.json'), `${JSON.stringify(byCollection, null, 2)}\n`, { mode: OWNER_ONLY_FILE });
  const hashes = new Set(
    found.flatMap(({ collection, row }) =>
      collection === 'photos' && row.stored === true ? [String(row.contentHash)] : [],
    ),
  );
  let written = 0;
  for (const hash of hashes) {
    const jpeg = await photos().photos.get(hash);
    if (jpeg === undefined) continue;
    await writeFile(join(to, 'photos', `${hash}.jpg`), jpeg, { mode: OWNER_ONLY_FILE });
    written += 1;
  }
  return { folder: to, photos: written, rows: countsOf(found), files: filesOf(found) };
}

/** Without what only the store reads. */
function readable(row: OpenedRow['row']): object {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !name.startsWith('sealed') && name !== 'phoneIndex'),
  );
}

function countsOf(found: readonly OpenedRow[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { collection } of found) counts[collection] = (counts[collection] ?? 0) + 1;
  return counts;
}

function filesOf(found: readonly OpenedRow[]): readonly string[] {
  return [
    ...new Set(
      found.flatMap(({ collection, row }) =>
        collection === 'submissions' && typeof row.file === 'string' ? [row.file] : [],
      ),
    ),
  ].sort();
}

async function audit(what: Audited, erased: string, { ids, now }: Doer): Promise<void> {
  const subject = { kind: 'person', id: erased } as const;
  await inTransaction((tx) => addAudit([{ at: now(), by: 'operator', what, subject, cause: ids.next() }], tx));
}

async function all(rows: AsyncIterable<OpenedRow>): Promise<readonly OpenedRow[]> {
  const found: OpenedRow[] = [];
  for await (const one of rows) found.push(one);
  return found;
}

function nothingKept(who: string): AppError {
  return new AppError('person.unknown', { say: `Nothing is kept of ${who}.` });
}
