import { present } from '@field/kit/present';
import { Int32 } from 'bson';
import { type Doc, isDoc } from '../engine/doc.ts';
import { changeDocument, type Found, insertDocument } from '../engine/documents.ts';
import { type Filter, parseFilter } from '../engine/filter.ts';
import { badValue, failedToParse, MongoError, unnamed } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { compileProjection } from '../engine/projection.ts';
import type { Slices } from '../engine/slices.ts';
import type { Collection } from '../engine/store.ts';
import { applyUpdate, parseUpdate, type Update, upsertedDocument, withIdFirst } from '../engine/update.ts';
import { asDoc, asFlag, asInteger } from '../engine/values.ts';
import { type Call, type Command, findFirst, forEachFound, targetOf, type Wanted, type WriteCall } from './command.ts';
import { MOST_AT_ONCE } from './session.ts';

export const insert: Command = {
  options: 'documents ordered bypassDocumentValidation',
  write: (call) =>
    batch(call, 'documents', (doc) => {
      if (!isDoc(doc)) throw badValue('a document to insert must be an object');
      insertDocument(call.store, made(call), withIdFirst(doc));
      return 1;
    }),
};

export const update: Command = {
  options: 'updates ordered bypassDocumentValidation',
  *write(call) {
    const upserted: Doc[] = [];
    let nModified = 0;
    const fields = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint'];
    const reply = yield* batch(call, 'updates', function* (statement, index) {
      const { q, u, upsert, arrayFilters, hint, ...flags } = asDoc(statement, 'update.updates', fields);
      const changes = parseUpdate(u, call.now, arrayFilters);
      const multi = asFlag(flags.multi, 'multi');
      if (multi && 'replacement' in changes)
        throw failedToParse('multi update is not supported for replacement-style update');
      const filter = parseFilter(queryIn(q, 'update.updates'));
      const change = (row: Found): void => {
        if (changeDocument(call.store, made(call), row, updated(changes, filter, row.doc))) nModified++;
      };
      const count = yield* multi
        ? forEachFound(call, { filter, hint }, change)
        : withFirst(call, { filter, hint }, change);
      if (count > 0 || !asFlag(upsert, 'upsert')) return count;
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
    batch(call, 'deletes', function* (statement) {
      const { q, limit, hint } = asDoc(statement, 'delete.deletes', ['q', 'limit', 'hint']);
      const most = asInteger(limit, 'limit');
      if (most !== 0 && most !== 1) throw failedToParse('The limit field in delete objects must be 0 or 1.');
      const wanted = { filter: parseFilter(queryIn(q, 'delete.deletes')), hint };
      const change = (row: Found): void => void changeDocument(call.store, made(call), row);
      return yield* most === 0 ? forEachFound(call, wanted, change) : withFirst(call, wanted, change);
    }),
};

export const findAndModify: Command = {
  options: 'query sort remove update new fields upsert bypassDocumentValidation arrayFilters hint',
  *write(call) {
    const { query, sort, fields, update: change, arrayFilters, hint, ...flags } = call.body;
    const removing = asFlag(flags.remove, 'remove');
    const answersNew = asFlag(flags.new, 'new');
    const upsert = asFlag(flags.upsert, 'upsert');
    if (removing === (change !== undefined)) throw failedToParse('Either an update or remove=true must be specified');
    if (removing && (upsert || answersNew || arrayFilters !== undefined))
      throw failedToParse('remove goes with neither upsert, new nor arrayFilters');
    const changes = removing ? undefined : parseUpdate(change, call.now, arrayFilters);
    const project = compileProjection(fields) ?? ((doc: Doc) => doc);
    const filter = parseFilter(query);
    const row = yield* findFirst(call, { filter, order: parseOrder(sort), hint });
    const added = !row && changes && upsert ? upsertedDocument(changes, filter) : undefined;
    const after = row && changes ? updated(changes, filter, row.doc) : added;
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

/** A found document after an update; `$` is where the filter found its element. Two arrays that say different places are refused. */
function updated(changes: Update, { places }: Filter, doc: Doc): Doc {
  const pointsAt = 'steps' in changes && changes.steps.some(({ path }) => path.includes('$'));
  const [place, other] = pointsAt ? new Set(places(doc)) : [];
  if (other !== undefined) throw badValue('the filter finds elements at several places: $ would mean any of them');
  return applyUpdate(changes, doc, { place });
}

/** What a change is of, which is never left open. */
function queryIn(q: unknown, where: string): unknown {
  if (q !== undefined && q !== null) return q;
  throw unnamed(40414, `BSON field '${where}.q' is missing but a required field`);
}

function made(call: WriteCall): Collection {
  return call.store.ensureCollection(call.db, targetOf(call).name);
}

function* withFirst(call: Call, wanted: Wanted, change: (found: Found) => void): Slices<number> {
  const found = yield* findFirst(call, wanted);
  if (found) change(found);
  return found ? 1 : 0;
}

/** Runs statements that give how many documents they met; an error is a row, and ends an ordered batch or a transaction. */
function* batch(
  call: Call,
  field: string,
  run: (statement: unknown, index: number) => number | Slices<number>,
): Slices<Doc> {
  const statements: unknown = call.body[field];
  targetOf(call);
  if (!Array.isArray(statements) || statements.length === 0 || statements.length > MOST_AT_ONCE)
    throw new MongoError(16, 'InvalidLength', `a batch has between 1 and ${MOST_AT_ONCE} statements`);
  const isOrdered = asFlag(call.body.ordered ?? true, 'ordered');
  const writeErrors: Doc[] = [];
  let n = 0;
  for (const [index, statement] of statements.entries()) {
    try {
      const met = run(statement, index);
      n += typeof met === 'number' ? met : yield* met;
      yield false;
    } catch (failure) {
      if (!(failure instanceof MongoError)) throw failure;
      writeErrors.push({ index: new Int32(index), errmsg: failure.message, ...failure.told });
      if (isOrdered || call.transaction) break;
    }
  }
  return present({ n: new Int32(n), writeErrors: writeErrors.length > 0 ? writeErrors : undefined, ok: 1 });
}
