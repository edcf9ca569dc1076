import { present } from '@field/kit/present';
import { Int32 } from 'bson';
import { type Doc, isDoc } from '../engine/doc.ts';
import { changeDocument, type Found, insertDocument } from '../engine/documents.ts';
import { type Filter, parseFilter } from '../engine/filter.ts';
import { badValue, failedToParse, MongoError, unnamed } from '../engine/mongo-error.ts';
import { namedAhead } from '../engine/named-ahead.ts';
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
  write: (call) => batch(call, 'documents', (doc) => insertOne(call, doc)),
};

export const update: Command = {
  options: 'updates ordered bypassDocumentValidation',
  *write(call) {
    const upserted: Doc[] = [];
    let nModified = 0;
    const fields = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint'];
    const ahead = namedAhead(call.store, call.body.updates);
    const reply = yield* batch(call, 'updates', function* (statement, index) {
      const said = asDoc(statement, 'update.updates', fields);
      queryIn(said.q, 'update.updates');
      const met = yield* updateSome(call, said, ahead(index, targetOf(call).collection));
      nModified += met.nModified;
      if (met.upserted) upserted.push({ index: new Int32(index), ...met.upserted });
      return met.n;
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
      return yield* removeSome(call, { q: queryIn(q, 'delete.deletes'), multi: most === 0, hint });
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

export function insertOne(call: WriteCall, doc: unknown): number {
  if (!isDoc(doc)) throw badValue('a document to insert must be an object');
  insertDocument(call.store, made(call), withIdFirst(doc));
  return 1;
}

/** Changes the first that matches, with `multi` all, or makes one with `upsert`, and counts them. `named`: all that can match, read already. */
export function* updateSome(
  call: WriteCall,
  { q, u, upsert, arrayFilters, hint, multi: ofAll }: Doc,
  named?: Found,
): Slices<{ n: number; nModified: number; upserted?: Doc }> {
  const changes = parseUpdate(u, call.now, arrayFilters);
  const multi = asFlag(ofAll, 'multi');
  if (multi && 'replacement' in changes)
    throw failedToParse('multi update is not supported for replacement-style update');
  const filter = parseFilter(q);
  let nModified = 0;
  const change = (row: Found): void => {
    if (changeDocument(call.store, made(call), row, updated(changes, filter, row.doc))) nModified++;
  };
  const wanted = { filter, hint };
  const n = yield* multi ? forEachFound(call, wanted, change) : withFirst(call, wanted, change, named);
  if (n > 0 || !asFlag(upsert, 'upsert')) return { n, nModified };
  const doc = upsertedDocument(changes, filter);
  insertDocument(call.store, made(call), doc);
  return { n: 1, nModified, upserted: { _id: doc._id } };
}

/** Removes the first that matches, with `multi` all, and gives how many they were. */
export function* removeSome(call: WriteCall, { q, multi, hint }: Doc): Slices<number> {
  const wanted = { filter: parseFilter(q), hint };
  const change = (row: Found): void => void changeDocument(call.store, made(call), row);
  return yield* multi === true ? forEachFound(call, wanted, change) : withFirst(call, wanted, change);
}

/** A found document after an update; `$` is where the filter found its element. Two arrays that say different places are refused. */
function updated(changes: Update, { places }: Filter, doc: Doc): Doc {
  const pointsAt = 'steps' in changes && changes.steps.some(({ path }) => path.includes('$'));
  const [place, other] = pointsAt ? new Set(places(doc)) : [];
  if (other !== undefined) throw badValue('the filter finds elements at several places: $ would mean any of them');
  return applyUpdate(changes, doc, { place });
}

/** What a change is of, which is never left open. */
export function queryIn(q: unknown, where: string, name = 'q'): unknown {
  if (q !== undefined && q !== null) return q;
  throw unnamed(40414, `BSON field '${where}.${name}' is missing but a required field`);
}

function made(call: WriteCall): Collection {
  return call.store.ensureCollection(call.db, targetOf(call).name);
}

function* withFirst(call: Call, wanted: Wanted, change: (found: Found) => void, named?: Found): Slices<number> {
  const found = named ?? (yield* findFirst(call, wanted));
  if (!found || (named && !wanted.filter.test(named.doc))) return 0;
  change(found);
  return 1;
}

/** Runs statements that give how many documents they met; an error is a row, and ends an ordered batch or a transaction. */
function* batch(
  call: Call,
  field: string,
  run: (statement: unknown, index: number) => number | Slices<number>,
): Slices<Doc> {
  targetOf(call);
  const statements = statementsIn(call, field);
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

/** What a batch is to do. */
export function statementsIn({ body }: Call, field: string): readonly unknown[] {
  const { [field]: statements } = body;
  if (!Array.isArray(statements) || statements.length === 0 || statements.length > MOST_AT_ONCE)
    throw new MongoError(16, 'InvalidLength', `a batch has between 1 and ${MOST_AT_ONCE} statements`);
  return statements;
}
