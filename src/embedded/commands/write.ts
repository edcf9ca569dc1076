import { Int32 } from 'bson';
import { type Call, type Command, targetOf } from '../command.ts';
import { type Found, insertDocument, removeDocument, replaceDocument } from '../documents.ts';
import { type Filter, parseFilter } from '../filter.ts';
import { badValue, failedToParse, MongoError } from '../mongo-error.ts';
import { compileProjection } from '../projection.ts';
import { matching, parseSort, slice } from '../query.ts';
import type { Collection } from '../store.ts';
import { applyUpdate, parseUpdate, upsertedDocument, withIdFirst } from '../update.ts';
import { asDoc, asFlag, asInteger, type Doc, isDoc } from '../values.ts';

const MAX_BATCH = 100_000;

export const insert: Command = {
  options: 'documents ordered bypassDocumentValidation',
  inTransactions: true,
  write(call) {
    let n = 0;
    const writeErrors = batch(call, 'documents', (doc) => {
      if (!isDoc(doc)) throw badValue('a document to insert must be an object');
      insertDocument(call.store, made(call), withIdFirst(doc));
      n++;
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const update: Command = {
  options: 'updates ordered bypassDocumentValidation',
  inTransactions: true,
  write(call) {
    const upserted: Doc[] = [];
    let [n, nModified] = [0, 0];
    const writeErrors = batch(call, 'updates', (statement, index) => {
      const { q, u, multi, upsert } = asDoc(statement, 'update.updates', ['q', 'u', 'multi', 'upsert']);
      const changing = parseUpdate(u);
      const isMulti = asFlag(multi, 'multi');
      if (isMulti && 'replacement' in changing) throw failedToParse('multi update is not supported for replacements');
      const filter = parseFilter(asDoc(q, 'q'));
      const found = select(call, filter, isMulti ? 0 : 1);
      for (const row of found) {
        if (replaceDocument(call.store, made(call), row, applyUpdate(changing, row.doc))) nModified++;
      }
      n += found.length;
      if (found.length > 0 || !asFlag(upsert, 'upsert')) return;
      const doc = upsertedDocument(changing, filter);
      insertDocument(call.store, made(call), doc);
      upserted.push({ index: new Int32(index), _id: doc._id });
      n++;
    });
    const added = upserted.length > 0 ? { upserted } : {};
    return { n: new Int32(n), nModified: new Int32(nModified), ...added, ...writeErrors, ok: 1 };
  },
};

export const remove: Command = {
  options: 'deletes ordered',
  inTransactions: true,
  write(call) {
    let n = 0;
    const writeErrors = batch(call, 'deletes', (statement) => {
      const { q, limit } = asDoc(statement, 'delete.deletes', ['q', 'limit']);
      const most = asInteger(limit, 'limit');
      if (most !== 0 && most !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
      const found = select(call, parseFilter(asDoc(q, 'q')), most);
      for (const row of found) removeDocument(call.store, made(call), row);
      n += found.length;
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const findAndModify: Command = {
  options: 'query sort remove update new fields upsert bypassDocumentValidation',
  inTransactions: true,
  write(call) {
    const { query, sort, fields, update: change, ...flags } = call.body;
    const filter = parseFilter(asDoc(query, 'query'));
    const project = compileProjection(asDoc(fields, 'fields')) ?? ((doc: Doc) => doc);
    const removing = asFlag(flags.remove, 'remove');
    const answersNew = asFlag(flags.new, 'new');
    const upsert = asFlag(flags.upsert, 'upsert');
    if (removing === (change !== undefined)) throw failedToParse('Either an update or remove=true must be specified');
    if (removing && (upsert || answersNew)) throw failedToParse('remove goes with neither upsert nor new');
    const changing = removing ? undefined : parseUpdate(change);
    const [row] = select(call, filter, 1, sort);
    const told = (n: number, more: Doc = {}): Doc => {
      return { n: new Int32(n), ...(changing ? { updatedExisting: row !== undefined } : {}), ...more };
    };
    if (!row && !(changing && upsert)) return { lastErrorObject: told(0), value: null, ok: 1 };
    if (!changing && row) removeDocument(call.store, made(call), row);
    if (!changing) return { lastErrorObject: told(1), value: row ? project(row.doc) : null, ok: 1 };
    if (row) {
      const after = applyUpdate(changing, row.doc);
      replaceDocument(call.store, made(call), row, after);
      return { lastErrorObject: told(1), value: project(answersNew ? after : row.doc), ok: 1 };
    }
    const doc = upsertedDocument(changing, filter);
    insertDocument(call.store, made(call), doc);
    return { lastErrorObject: told(1, { upserted: doc._id }), value: answersNew ? project(doc) : null, ok: 1 };
  },
};

/** The collection as it is by now: a write before may have made it, or have put the first array into an index. */
function made(call: Call): Collection {
  return call.store.ensureCollection(call.db, targetOf(call).name);
}

/** Finds everything before anything is written, so that no change is met by the search that leads to it. */
function select(call: Call, filter: Filter, limit: number, sort?: unknown): Found[] {
  const order = parseSort(sort);
  const { collection } = targetOf(call);
  return collection ? [...slice(matching(call.view, collection, filter, order), 0, limit)] : [];
}

/** Runs the statements of a batch; an error is one row of `writeErrors`, and ends an ordered batch or a transaction. */
function batch(call: Call, field: string, run: (statement: unknown, index: number) => void): Doc {
  const { body, transaction } = call;
  const statements: unknown = body[field];
  targetOf(call);
  if (!Array.isArray(statements) || statements.length === 0 || statements.length > MAX_BATCH) {
    throw new MongoError(16, 'InvalidLength', `Write batch sizes must be between 1 and ${MAX_BATCH}`);
  }
  const isOrdered = asFlag(body.ordered ?? true, 'ordered');
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (failure) {
      if (!(failure instanceof MongoError)) throw failure;
      writeErrors.push({ index: new Int32(index), errmsg: failure.message, ...failure.told });
      if (isOrdered || transaction) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}
