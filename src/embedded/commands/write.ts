import { Int32 } from 'bson';
import { type Call, type Command, checkPart, collectionName } from '../command.ts';
import { insertDocument, removeDocument, replaceDocument } from '../documents.ts';
import { type Condition, parseFilter } from '../filter.ts';
import { MongoError } from '../mongo-error.ts';
import { parseSort } from '../order.ts';
import { compileProjection } from '../projection.ts';
import { type Found, matching } from '../query.ts';
import { applyUpdate, parseUpdate, type Update, upsertedDocument } from '../update.ts';
import { asDoc, asFlag, asInteger, type Doc, isDoc, withIdFirst } from '../values.ts';

export const insert: Command = {
  access: 'write',
  inTransactions: true,
  fields: ['documents', 'ordered', 'bypassDocumentValidation'],
  run(call) {
    const name = collectionName(call);
    let n = 0;
    const writeErrors = each(call, 'documents', (doc) => {
      if (!isDoc(doc)) throw new MongoError('TypeMismatch', 'a document to insert must be an object');
      insertDocument(call.store, call.store.ensureCollection(call.db, name), withIdFirst(doc));
      n++;
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const update: Command = {
  access: 'write',
  inTransactions: true,
  fields: ['updates', 'ordered', 'bypassDocumentValidation'],
  run(call) {
    const name = collectionName(call);
    const upserted: Doc[] = [];
    let n = 0;
    let nModified = 0;
    const writeErrors = each(call, 'updates', (statement, index) => {
      const { q, u, multi, upsert } = checkPart(statement, 'update.updates', ['q', 'u', 'multi', 'upsert']);
      const changing = parseUpdate(u);
      const many = asFlag(multi, 'multi');
      if (many && changing.kind === 'replace')
        throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
      const condition = parseFilter(asDoc(q, 'q'));
      const found = select(call, name, condition, many ? 0 : 1, undefined);
      for (const row of found) if (change(call, name, row, changing)) nModified++;
      n += found.length;
      if (found.length > 0 || !asFlag(upsert, 'upsert')) return;
      const doc = upsertedDocument(changing, condition);
      insertDocument(call.store, call.store.ensureCollection(call.db, name), doc);
      upserted.push({ index: new Int32(index), _id: doc._id });
      n++;
    });
    const added = upserted.length > 0 ? { upserted } : {};
    return { n: new Int32(n), nModified: new Int32(nModified), ...added, ...writeErrors, ok: 1 };
  },
};

export const remove: Command = {
  access: 'write',
  inTransactions: true,
  fields: ['deletes', 'ordered'],
  run(call) {
    const name = collectionName(call);
    let n = 0;
    const writeErrors = each(call, 'deletes', (statement) => {
      const { q, limit } = checkPart(statement, 'delete.deletes', ['q', 'limit']);
      const most = asInteger(limit, 'limit');
      if (most !== 0 && most !== 1)
        throw new MongoError('FailedToParse', 'The limit field in delete objects must be 0 or 1.');
      for (const { seq, doc } of select(call, name, parseFilter(asDoc(q, 'q')), most, undefined)) {
        removeDocument(call.store, call.store.ensureCollection(call.db, name), seq, doc);
        n++;
      }
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const findAndModify: Command = {
  access: 'write',
  inTransactions: true,
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation'],
  run(call) {
    const { body } = call;
    const name = collectionName(call);
    const condition = parseFilter(asDoc(body.query, 'query'));
    const projection = compileProjection(asDoc(body.fields, 'fields')) ?? ((doc: Doc) => doc);
    const removing = asFlag(body.remove, 'remove');
    const answerNew = asFlag(body.new, 'new');
    const upsert = asFlag(body.upsert, 'upsert');
    if (removing === (body.update !== undefined)) {
      throw new MongoError('FailedToParse', 'Either an update or remove=true must be specified, and not both');
    }
    if (removing && (upsert || answerNew))
      throw new MongoError('FailedToParse', 'remove goes with neither upsert nor new');
    const changing = removing ? undefined : parseUpdate(body.update);
    const [row] = select(call, name, condition, 1, body.sort);
    if (!changing) {
      if (row) removeDocument(call.store, call.store.ensureCollection(call.db, name), row.seq, row.doc);
      return { lastErrorObject: { n: new Int32(row ? 1 : 0) }, value: row ? projection(row.doc) : null, ok: 1 };
    }
    if (row) {
      const after = applyUpdate(changing, row.doc, false);
      change(call, name, row, changing, after);
      const lastErrorObject = { n: new Int32(1), updatedExisting: true };
      return { lastErrorObject, value: projection(answerNew ? after : row.doc), ok: 1 };
    }
    if (!upsert) return { lastErrorObject: { n: new Int32(0), updatedExisting: false }, value: null, ok: 1 };
    const doc = upsertedDocument(changing, condition);
    insertDocument(call.store, call.store.ensureCollection(call.db, name), doc);
    const lastErrorObject = { n: new Int32(1), updatedExisting: false, upserted: doc._id };
    return { lastErrorObject, value: answerNew ? projection(doc) : null, ok: 1 };
  },
};

/** Finds first and writes after, so that no change is met by the search that leads to it. */
function select(call: Call, name: string, condition: Condition, limit: number, sort: unknown): Found[] {
  const order = parseSort(sort);
  const collection = call.store.writing.catalog.get(`${call.db}.${name}`);
  const found: Found[] = [];
  for (const row of collection ? matching(() => call.store.writing, collection, { condition, sort: order }) : []) {
    found.push(row);
    if (found.length === limit) break;
  }
  return found;
}

function change(call: Call, name: string, row: Found, by: Update, after = applyUpdate(by, row.doc, false)): boolean {
  return replaceDocument(call.store, call.store.ensureCollection(call.db, name), row, row.doc, after);
}

/** Runs the statements of a batch; an error ends an ordered one and is one row of `writeErrors`. */
function each(call: Call, field: string, run: (statement: unknown, index: number) => void): Doc {
  const statements = call.body[field];
  if (!Array.isArray(statements) || statements.length === 0)
    throw new MongoError('BadValue', `'${field}' must be a nonempty array`);
  if (statements.length > 100_000)
    throw new MongoError('InvalidLength', 'Write batch sizes must be between 1 and 100000');
  const ordered = call.body.ordered === undefined || asFlag(call.body.ordered, 'ordered');
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (failure) {
      if (!(failure instanceof MongoError)) throw failure;
      writeErrors.push(failure.asWriteError(index));
      if (ordered || call.transaction) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}
