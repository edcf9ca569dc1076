import { Int32 } from 'bson';
import { type Call, type Command, namespaceOf } from '../command.ts';
import { insertDocument, removeDocument, replaceDocument } from '../documents.ts';
import { type Filter, parseFilter } from '../filter.ts';
import { badValue, failedToParse, MongoError, typeMismatch } from '../mongo-error.ts';
import { compileProjection } from '../projection.ts';
import { type Found, matching, parseSort } from '../query.ts';
import type { Store } from '../store.ts';
import { applyUpdate, parseUpdate, upsertedDocument } from '../update.ts';
import { asDoc, asFlag, asInteger, type Doc, isDoc, withIdFirst } from '../values.ts';

const MAX_BATCH = 100_000;

export const insert: Command = {
  writes: true,
  inTransactions: true,
  options: ['documents', 'ordered', 'bypassDocumentValidation'],
  run(call) {
    const target = new Target(call);
    let n = 0;
    const writeErrors = batch(call, 'documents', (doc) => {
      if (!isDoc(doc)) throw typeMismatch('a document to insert must be an object');
      target.insert(withIdFirst(doc));
      n++;
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const update: Command = {
  writes: true,
  inTransactions: true,
  options: ['updates', 'ordered', 'bypassDocumentValidation'],
  run(call) {
    const target = new Target(call);
    const upserted: Doc[] = [];
    let [n, nModified] = [0, 0];
    const writeErrors = batch(call, 'updates', (statement, index) => {
      const { q, u, multi, upsert } = asDoc(statement, 'update.updates', ['q', 'u', 'multi', 'upsert']);
      const changing = parseUpdate(u);
      const isMulti = asFlag(multi, 'multi');
      if (isMulti && 'replacement' in changing) throw failedToParse('multi update is not supported for replacements');
      const filter = parseFilter(asDoc(q, 'q'));
      const found = target.select(filter, isMulti ? 0 : 1);
      for (const row of found) if (target.replace(row, applyUpdate(changing, row.doc, false))) nModified++;
      n += found.length;
      if (found.length > 0 || !asFlag(upsert, 'upsert')) return;
      const doc = upsertedDocument(changing, filter);
      target.insert(doc);
      upserted.push({ index: new Int32(index), _id: doc._id });
      n++;
    });
    const added = upserted.length > 0 ? { upserted } : {};
    return { n: new Int32(n), nModified: new Int32(nModified), ...added, ...writeErrors, ok: 1 };
  },
};

export const remove: Command = {
  writes: true,
  inTransactions: true,
  options: ['deletes', 'ordered'],
  run(call) {
    const target = new Target(call);
    let n = 0;
    const writeErrors = batch(call, 'deletes', (statement) => {
      const { q, limit } = asDoc(statement, 'delete.deletes', ['q', 'limit']);
      const most = asInteger(limit, 'limit');
      if (most !== 0 && most !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
      for (const row of target.select(parseFilter(asDoc(q, 'q')), most)) {
        target.remove(row);
        n++;
      }
    });
    return { n: new Int32(n), ...writeErrors, ok: 1 };
  },
};

export const findAndModify: Command = {
  writes: true,
  inTransactions: true,
  options: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'bypassDocumentValidation'],
  run(call) {
    const { query, sort, fields, update: change, ...flags } = call.body;
    const target = new Target(call);
    const filter = parseFilter(asDoc(query, 'query'));
    const project = compileProjection(asDoc(fields, 'fields')) ?? ((doc: Doc) => doc);
    const removing = asFlag(flags.remove, 'remove');
    const answersNew = asFlag(flags.new, 'new');
    const upsert = asFlag(flags.upsert, 'upsert');
    if (removing === (change !== undefined)) throw failedToParse('Either an update or remove=true must be specified');
    if (removing && (upsert || answersNew)) throw failedToParse('remove goes with neither upsert nor new');
    const changing = removing ? undefined : parseUpdate(change);
    const [row] = target.select(filter, 1, sort);
    if (row) {
      const after = changing ? applyUpdate(changing, row.doc, false) : row.doc;
      if (changing) target.replace(row, after);
      else target.remove(row);
      const lastErrorObject = { n: new Int32(1), ...(changing ? { updatedExisting: true } : {}) };
      return { lastErrorObject, value: project(answersNew ? after : row.doc), ok: 1 };
    }
    const none = { n: new Int32(0), ...(changing ? { updatedExisting: false } : {}) };
    if (!changing || !upsert) return { lastErrorObject: none, value: null, ok: 1 };
    const doc = upsertedDocument(changing, filter);
    target.insert(doc);
    const lastErrorObject = { n: new Int32(1), updatedExisting: false, upserted: doc._id };
    return { lastErrorObject, value: answersNew ? project(doc) : null, ok: 1 };
  },
};

/** The collection that a write goes to, as its SQLite transaction sees it; made by the first insert. */
class Target {
  readonly #store: Store;
  readonly #db: string;
  readonly #name: string;

  constructor(call: Call) {
    this.#store = call.store;
    this.#db = call.db;
    this.#name = namespaceOf(call).name;
  }

  insert(doc: Doc): void {
    insertDocument(this.#store, this.#store.ensureCollection(this.#db, this.#name), doc);
  }

  replace(row: Found, after: Doc): boolean {
    return replaceDocument(this.#store, this.#store.ensureCollection(this.#db, this.#name), row, row.doc, after);
  }

  remove({ seq, doc }: Found): void {
    removeDocument(this.#store, this.#store.ensureCollection(this.#db, this.#name), seq, doc);
  }

  /** Finds everything before anything is written, so that no change is met by the search that leads to it. */
  select(filter: Filter, limit: number, sort?: unknown): Found[] {
    const order = parseSort(sort);
    const collection = this.#store.writing.catalog.get(`${this.#db}.${this.#name}`);
    const found: Found[] = [];
    for (const row of collection ? matching(() => this.#store.writing, collection, filter, order) : []) {
      found.push(row);
      if (found.length === limit) break;
    }
    return found;
  }
}

/** Runs the statements of a batch; an error is one row of `writeErrors`, and ends an ordered batch or a transaction. */
function batch({ body, transaction }: Call, field: string, run: (statement: unknown, index: number) => void): Doc {
  const statements = body[field];
  if (!Array.isArray(statements)) throw badValue(`'${field}' must be an array`);
  if (statements.length === 0 || statements.length > MAX_BATCH) {
    throw new MongoError(16, 'InvalidLength', `Write batch sizes must be between 1 and ${MAX_BATCH}`);
  }
  const isOrdered = asFlag(body.ordered ?? true, 'ordered');
  const writeErrors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (failure) {
      if (!(failure instanceof MongoError)) throw failure;
      writeErrors.push(failure.asWriteError(index));
      if (isOrdered || transaction) break;
    }
  }
  return writeErrors.length > 0 ? { writeErrors } : {};
}
