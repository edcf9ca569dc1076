import { present } from '@field/kit/present';
import { Int32 } from 'bson';
import { changeDocument, insertDocument } from '../engine/documents.ts';
import { parseFilter } from '../engine/filter.ts';
import { badValue, failedToParse, MongoError } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { compileProjection } from '../engine/projection.ts';
import type { Collection } from '../engine/store.ts';
import { applyUpdate, parseUpdate, upsertedDocument, withIdFirst } from '../engine/update.ts';
import { asDoc, asFlag, asInteger, type Doc, isDoc } from '../engine/values.ts';
import { type Call, type Command, search, targetOf } from './command.ts';

export const insert: Command = {
  options: 'documents ordered bypassDocumentValidation',
  write: (call) =>
    batch(call, 'documents', (doc) => {
      if (!isDoc(doc)) throw badValue('a document to insert must be an object');
      insertDocument(call.store, made(call), withIdFirst(doc));
      return 1;
    }),
};

/** Finds everything before anything is written, so that no change is met by the search that leads to it. */
export const update: Command = {
  options: 'updates ordered bypassDocumentValidation',
  write(call) {
    const upserted: Doc[] = [];
    let nModified = 0;
    const reply = batch(call, 'updates', (statement, index) => {
      const { q, u, multi, upsert } = asDoc(statement, 'update.updates', ['q', 'u', 'multi', 'upsert']);
      const changes = parseUpdate(u);
      const filter = parseFilter(q);
      const found = [...search(call, filter, [], asFlag(multi, 'multi') ? 0 : 1)];
      for (const row of found) {
        if (changeDocument(call.store, made(call), row, applyUpdate(changes, row.doc))) nModified++;
      }
      if (found.length > 0 || !asFlag(upsert, 'upsert')) return found.length;
      const doc = upsertedDocument(changes, filter);
      insertDocument(call.store, made(call), doc);
      upserted.push({ index: new Int32(index), _id: doc._id });
      return 1;
    });
    return present({ ...reply, nModified: new Int32(nModified), upserted: upserted.length > 0 ? upserted : undefined });
  },
};

export const remove: Command = {
  options: 'deletes ordered',
  write: (call) =>
    batch(call, 'deletes', (statement) => {
      const { q, limit } = asDoc(statement, 'delete.deletes', ['q', 'limit']);
      const most = asInteger(limit, 'limit');
      if (most !== 0 && most !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
      const found = [...search(call, parseFilter(q), [], most)];
      for (const row of found) changeDocument(call.store, made(call), row);
      return found.length;
    }),
};

export const findAndModify: Command = {
  options: 'query sort remove update new fields upsert bypassDocumentValidation',
  write(call) {
    const { query, sort, fields, update: change, ...flags } = call.body;
    const removing = asFlag(flags.remove, 'remove');
    const answersNew = asFlag(flags.new, 'new');
    const upsert = asFlag(flags.upsert, 'upsert');
    if (removing === (change !== undefined)) throw failedToParse('Either an update or remove=true must be specified');
    if (removing && (upsert || answersNew)) throw failedToParse('remove goes with neither upsert nor new');
    const changes = removing ? undefined : parseUpdate(change);
    const project = compileProjection(fields) ?? ((doc: Doc) => doc);
    const filter = parseFilter(query);
    const [row] = search(call, filter, parseOrder(sort), 1);
    const added = !row && changes && upsert ? upsertedDocument(changes, filter) : undefined;
    const after = row && changes ? applyUpdate(changes, row.doc) : added;
    if (added) insertDocument(call.store, made(call), added);
    else if (row) changeDocument(call.store, made(call), row, after);
    const told = answersNew ? after : row?.doc;
    const lastErrorObject = present({
      n: new Int32(row || added ? 1 : 0),
      updatedExisting: changes && row !== undefined,
      upserted: added?._id,
    });
    return { lastErrorObject, value: told ? project(told) : null, ok: 1 };
  },
};

function made(call: Call): Collection {
  return call.store.ensureCollection(call.db, targetOf(call).name);
}

/** Runs statements that give how many documents they met; an error is a row, and ends an ordered batch or a transaction. */
function batch(call: Call, field: string, run: (statement: unknown, index: number) => number): Doc {
  const statements: unknown = call.body[field];
  targetOf(call);
  if (!Array.isArray(statements) || statements.length === 0)
    throw new MongoError(16, 'InvalidLength', 'an empty batch');
  const isOrdered = asFlag(call.body.ordered ?? true, 'ordered');
  const writeErrors: Doc[] = [];
  let n = 0;
  for (const [index, statement] of statements.entries()) {
    try {
      n += run(statement, index);
    } catch (failure) {
      if (!(failure instanceof MongoError)) throw failure;
      writeErrors.push({ index: new Int32(index), errmsg: failure.message, ...failure.told });
      if (isOrdered || call.transaction) break;
    }
  }
  return present({ n: new Int32(n), writeErrors: writeErrors.length > 0 ? writeErrors : undefined, ok: 1 });
}
