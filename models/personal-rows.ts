import type mongoose from 'mongoose';
import { database } from './database.ts';
import { blindIndex, seal, sealJson, unseal } from './sealing.ts';

type Row = mongoose.mongo.Document & { readonly _id: string };

/** The column by which a row is a person's own: it goes with them, in this order. */
export const OWN_ROWS: Readonly<Record<string, string>> = {
  accountasks: 'userId',
  associations: 'userId',
  capturepieces: 'userId',
  captures: 'userId',
  cards: 'viewer',
  dayresults: 'userId',
  exports: 'userId',
  inbox: 'lane',
  lanes: '_id',
  pictures: 'userId',
  questions: 'userId',
  resultdays: 'userId',
  peoples: '_id',
  // a bot writes some seconds later what it counted, and sees then whether the person is there: people-count
  personalusage: 'userId',
};

/** The columns that say whose a fact is, or who did something: the fact stays, under a name that says nothing. */
export const NAMED_IN: Readonly<Record<string, readonly string[]>> = {
  accountasks: ['answeredBy'],
  accounts: ['addedBy', 'holderId', 'givenBy', 'toldBy', 'lastHolderId', 'changedBy'],
  appeals: ['userId', 'ownerId', 'formerId'],
  associations: ['decidedBy'],
  audit: ['by', 'subject.id', 'details.to'],
  bindings: ['boundBy', 'releasedBy'],
  codestock: ['holderId', 'bookedFrom', 'movedBy'],
  drafts: ['staffId', 'formerId'],
  feelines: ['staffId', 'ownerId'],
  groups: ['by'],
  inspectiontasks: ['assigneeId', 'namedAssignee', 'formerId'],
  items: ['staffId', 'ownerId', 'formerId'],
  peoples: ['supervisorId', 'paused.by'],
  outbox: ['causedBy'],
  photos: ['userId'],
  promotions: ['staffId', 'submittedBy'],
  questions: ['answeredBy'],
  spots: ['staffId'],
  stores: ['createdBy'],
  tallies: ['userId'],
  // it is closed in DingTalk, and goes then
  todos: ['userId'],
};

/** Drafts go with the photos that were sent for them, which is more than a row; those in other hands lose the name. */
export const DRAFTS_OF = 'userId';

/** Sealed columns in which people write freely: what a person wrote there goes with them. */
const WRITTEN_IN: Readonly<Record<string, { readonly by: string; readonly columns: readonly string[] }>> = {
  appeals: { by: 'userId', columns: ['sealedStatement', 'sealedTyped'] },
  inspectiontasks: { by: 'assigneeId', columns: ['sealed', 'sealedFindings'] },
  questions: { by: 'answeredBy', columns: ['sealedAnswers'] },
};

const AT_ONCE = 100;

/** What the audit says of an erased person, under the name that is left of them. */
export const ERASED = 'person.erase';

/** A row as somebody may read it: what is sealed is opened. */
export interface OpenedRow {
  readonly collection: string;
  readonly row: Readonly<Record<string, unknown>> & { readonly _id: string };
}

/** By what a fact is somebody's whose name was erased: the same each time, and nobody gets back from it to the userId without the key. */
export function nameErased(userId: string): string {
  return `erased-${blindIndex(`erased:${userId}`).replace(/\W/g, '').slice(0, 16)}`;
}

/** Everything that is a person's or names them, opened, in batches. */
export async function* rowsAbout(userId: string): AsyncGenerator<OpenedRow> {
  const collections = new Set([...Object.keys(OWN_ROWS), ...Object.keys(NAMED_IN), 'drafts']);
  for (const collection of collections) {
    const own = collection === 'drafts' ? DRAFTS_OF : OWN_ROWS[collection];
    const columns = [...(own === undefined ? [] : [own]), ...(NAMED_IN[collection] ?? [])];
    yield* opened(collection, { $or: columns.map((column) => ({ [column]: userId })) });
  }
  yield* opened('inspectiontasks', { promoters: userId });
  for await (const found of opened('submissions', {}))
    if (isObject(found.row.line) && found.row.line.staffRef === userId) yield found;
}

/** Where contacts of shops stand as they were typed. */
export const CONTACTS_IN: readonly string[] = ['stores', 'spots', 'submissions', 'drafts', 'associations'];

/** Rows in which contacts of shops stand, opened, in batches: nothing but reading them all finds one. */
export async function* rowsWithContacts(): AsyncGenerator<OpenedRow> {
  for (const collection of CONTACTS_IN) yield* opened(collection, {});
}

/** Rows in which stands what codes say, opened, in batches. */
export async function* rowsWithContents(): AsyncGenerator<OpenedRow> {
  for (const collection of ['bindings', 'photos', 'submissions', 'drafts', 'inspectiontasks'])
    yield* opened(collection, {});
}

/** Removes a person's own rows, with what was to be sent to them; yields how many each batch took. `ERASED` is in the audit before. */
export async function* removeOwnRows(userId: string): AsyncGenerator<number> {
  for (const [collection, column] of Object.entries(OWN_ROWS)) {
    for (;;) {
      const ids = await idsOf(collection, { [column]: userId });
      if (ids.length === 0) break;
      if (collection === 'cards') await rows('outbox').deleteMany({ _id: { $in: ids } });
      await rows(collection).deleteMany({ _id: { $in: ids } });
      yield ids.length;
    }
  }
  const asked = await rows('outbox').find({ 'errand.id': userId }).toArray();
  await rows('outbox').deleteMany({ _id: { $in: asked.map(({ _id }) => _id) } });
}

/** Those of these people who were erased and have not written again. */
export async function erasedAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (userIds.length === 0) return new Set();
  const people = rows('peoples').find({ _id: { $in: [...userIds] } }, { projection: { _id: 1 } });
  const known = new Set((await people.toArray()).map(({ _id }) => _id));
  const names = new Map(userIds.flatMap((userId) => (known.has(userId) ? [] : [[nameErased(userId), userId]])));
  if (names.size === 0) return new Set();
  const erased = { 'subject.id': { $in: [...names.keys()] }, what: ERASED };
  const entries = await rows('audit')
    .find(erased, { projection: { subject: 1 } })
    .toArray();
  return new Set(entries.flatMap(({ subject }) => names.get(subject.id) ?? []));
}

/** What stands under a person's name stands under `erased` from now on, and what they wrote freely is gone; yields batch by batch. */
export async function* removeName(userId: string, erased: string): AsyncGenerator<number> {
  for (const [collection, { by, columns }] of Object.entries(WRITTEN_IN))
    for await (const { row } of opened(collection, { [by]: userId }))
      yield await rewrite(collection, row, columns, withoutWords);
  for await (const { row } of opened('submissions', {})) {
    if (!isObject(row.line) || row.line.staffRef !== userId) continue;
    yield await rewrite('submissions', row, ['sealedLine'], (line) => ({
      ...Object(withoutWords(line)),
      staffRef: erased,
    }));
  }
  for (const task of await rows('inspectiontasks').find({ promoters: userId }).toArray()) {
    const promoters = Array.isArray(task.promoters) ? task.promoters.map((one) => (one === userId ? erased : one)) : [];
    await rows('inspectiontasks').updateOne({ _id: task._id }, { $set: { promoters } });
  }
  for (const [collection, columns] of Object.entries(NAMED_IN)) {
    for (const column of columns) {
      for (;;) {
        const ids = await idsOf(collection, { [column]: userId });
        if (ids.length === 0) break;
        await rows(collection).updateMany({ _id: { $in: ids } }, { $set: { [column]: erased } });
        yield ids.length;
      }
    }
  }
}

/** Writes a row's sealed columns anew without what `change` takes away. A row that somebody changed meanwhile stays for the next run. */
export async function rewriteContact(
  { collection, row }: OpenedRow,
  change: (value: unknown) => unknown,
): Promise<number> {
  const columns = Object.keys(row).flatMap((field) => (field.startsWith(SEALED) ? [field] : []));
  return await rewrite(collection, row, columns, change);
}

export async function removeRow({ collection, row }: OpenedRow): Promise<void> {
  await rows(collection).deleteOne({ _id: row._id });
}

const SEALED = 'sealed';

/** What is sealed of a row: what people typed. */
export function openedIn({ row }: OpenedRow): Readonly<Record<string, unknown>> {
  const names = Object.keys(row).filter((name) => name.startsWith(SEALED));
  return Object.fromEntries(names.map((name) => [openName(name), row[openName(name)]]));
}

/** `sealedLine` is opened as `line`, `sealed` as `opened`; the sealed text stays beside it, so that a row can be written anew. */
async function* opened(collection: string, filter: object): AsyncGenerator<OpenedRow> {
  for (let last = ''; ; ) {
    const found = rows(collection).find(Object({ $and: [filter, { _id: { $gt: last } }] }));
    const page = await found.sort({ _id: 1 }).limit(AT_ONCE).toArray();
    for (const row of page) {
      const sealed = Object.entries(row).filter(([name]) => name.startsWith(SEALED));
      const plain = sealed.map(([name, value]) => [openName(name), openValue(String(value))]);
      yield { collection, row: { ...row, ...Object.fromEntries(plain) } };
    }
    const end = page.at(-1)?._id;
    if (end === undefined) return;
    last = String(end);
  }
}

function openName(name: string): string {
  const rest = name.slice(SEALED.length);
  return rest === '' ? 'opened' : `${rest.charAt(0).toLowerCase()}${rest.slice(1)}`;
}

function openValue(sealed: string): unknown {
  const text = unseal(sealed);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Answers 1 when something was written. Only what still stands there as it was read is replaced. */
async function rewrite(
  collection: string,
  row: OpenedRow['row'],
  columns: readonly string[],
  change: (value: unknown) => unknown,
): Promise<number> {
  const before = Object.fromEntries(columns.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
  const after = Object.entries(before).map(([name]) => {
    const value = row[openName(name)];
    const changed = change(value);
    return [name, typeof value === 'string' ? seal(String(changed)) : sealJson(changed), value, changed] as const;
  });
  if (after.every(([, , value, changed]) => JSON.stringify(value) === JSON.stringify(changed))) return 0;
  const set = Object.fromEntries(after.map(([name, sealed]) => [name, sealed]));
  // whoever has read it before must not write it back
  const read = typeof row.version === 'number' ? { $inc: { version: 1 } } : {};
  const { matchedCount } = await rows(collection).updateOne(Object({ _id: row._id, ...before }), {
    $set: set,
    ...read,
  });
  return matchedCount;
}

/** Free texts, wherever they stand. */
function withoutWords(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return value.map((one) => (isObject(one) || Array.isArray(one) ? withoutWords(one) : one));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (name === 'note' || name === 'statement') return [name, typeof inner === 'string' ? '' : inner];
      return [name, isObject(inner) || Array.isArray(inner) ? withoutWords(inner) : inner];
    }),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rows(collection: string): mongoose.mongo.Collection<Row> {
  return database().collection<Row>(collection);
}

async function idsOf(collection: string, filter: object): Promise<string[]> {
  const found = rows(collection).find(Object(filter), { projection: { _id: 1 } });
  return (await found.limit(AT_ONCE).toArray()).map(({ _id }) => _id);
}
