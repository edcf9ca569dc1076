import { present } from '@field/kit/present';
import { Int32, Long } from 'bson';
import { encode } from '../engine/bson-writer.ts';
import { type Doc, isDoc } from '../engine/doc.ts';
import { addEntry } from '../engine/documents.ts';
import { parseFilter } from '../engine/filter.ts';
import { badValue, invalidOptions, MongoError, TRANSIENT, typeMismatch, unnamed } from '../engine/mongo-error.ts';
import { parseOrder } from '../engine/order.ts';
import { matchingPages } from '../engine/query.ts';
import type { Slices } from '../engine/slices.ts';
import type { Collection, Index, Store } from '../engine/store.ts';
import { asDoc, asFlag, asInteger, isNumber } from '../engine/values.ts';
import { type Call, type Command, keyText, targetOf } from './command.ts';
import { firstBatch, mapped } from './find.ts';

const INDEX_FIELDS = ['key', 'name', 'unique', 'partialFilterExpression', 'expireAfterSeconds'];
const MAX_EXPIRY_SECONDS = 2 ** 31 - 1;
export const ID_INDEX = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };

export const listIndexes: Command = {
  options: 'cursor',
  read(call) {
    const { ns, indexes } = existing(call);
    const told = [ID_INDEX, ...indexes.filter(({ isReady }) => isReady).map(({ spec }) => spec)];
    return firstBatch(call, ns, mapped(told, encode));
  },
};

export const createIndexes: Command = {
  options: 'indexes commitQuorum',
  *write(call) {
    const { name, ns, collection } = targetOf(call);
    const { indexes, commitQuorum } = call.body;
    if (isNumber(commitQuorum) && !(asInteger(commitQuorum, 'commitQuorum', 0) === 0 || Number(commitQuorum) === 1))
      throw new MongoError(278, 'UnsatisfiableCommitQuorum', 'Not enough data-bearing nodes');
    if (!isNumber(commitQuorum) && ![undefined, 'majority', 'votingMembers'].some((known) => known === commitQuorum))
      throw badValue(`there is no commitQuorum ${String(commitQuorum)}`);
    if (!Array.isArray(indexes) || indexes.length === 0) throw badValue('Must specify at least one index to create');
    if (call.transaction && collection && firstIn(call.store, collection))
      throw new MongoError(263, 'OperationNotSupportedInTransaction', 'Cannot index documents in a transaction.');
    const latest = (): Collection => call.store.ensureCollection(call.db, name);
    const { builds } = call.store;
    while (builds.has(latest().id)) {
      if (call.transaction) throw new MongoError(112, 'WriteConflict', `${ns} gets an index`, TRANSIENT);
      yield true;
    }
    call.store.dropUnfinished(latest());
    const { id, indexes: before } = latest();
    try {
      builds.add(id);
      for (const each of indexes) yield* createIndex(call.store, latest(), checkedSpec(each));
    } catch (failure) {
      const made = latest().indexes.filter((index) => !before.some((known) => known.id === index.id));
      for (const index of made) call.store.dropIndex(index);
      if (made.length > 0 && !call.transaction) yield true;
      throw failure;
    } finally {
      builds.delete(id);
    }
    const numIndexesAfter = new Int32(latest().indexes.length + 1);
    const numIndexesBefore = new Int32(before.length + 1);
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !collection, ok: 1 };
  },
};

/** By name, by a list of names, by key, or `*` for all but that of `_id`; of a list with one that is not there, none goes. */
export const dropIndexes: Command = {
  options: 'index',
  write(call) {
    const { ns, indexes } = existing(call);
    const { index: asked } = call.body;
    if (asked === undefined) throw unnamed(40414, "BSON field 'dropIndexes.index' is missing but a required field");
    const dropped = asked === '*' ? indexes : [asked].flat().map((one) => indexNamed(indexes, one, ns));
    for (const index of dropped) call.store.dropIndex(index);
    const told = asked === '*' ? { msg: 'non-_id indexes dropped for collection' } : {};
    return { nIndexesWas: new Int32(indexes.length + 1), ...told, ok: 1 };
  },
};

/** Changes how long a TTL index keeps documents, or makes one of an index of one field; nothing else can be changed here. */
export const collMod: Command = {
  options: 'index',
  write(call) {
    const { ns, indexes } = existing(call);
    if (call.body.index === undefined) return { ok: 1 };
    const fields = ['name', 'keyPattern', 'expireAfterSeconds'];
    const { name, keyPattern, expireAfterSeconds } = asDoc(call.body.index, 'collMod.index', fields);
    if ((name === undefined) === (keyPattern === undefined))
      throw invalidOptions('Must specify either index name or key pattern, and not both.');
    if (expireAfterSeconds === undefined)
      throw invalidOptions('no expireAfterSeconds, hidden, unique, or prepareUnique field');
    const index = indexNamed(indexes, name ?? keyPattern, ns);
    const after = asSeconds(expireAfterSeconds, invalidOptions);
    if (index.fields.length > 1) throw invalidOptions('TTL indexes are single-field indexes');
    const { expireAfterSeconds: before } = index.spec;
    call.store.changeIndex(index, { ...index.spec, expireAfterSeconds: new Int32(after) });
    const old = before === undefined ? {} : { expireAfterSeconds_old: Long.fromNumber(Number(before)) };
    return { ...old, expireAfterSeconds_new: Long.fromNumber(after), ok: 1 };
  },
};

function existing(call: Call): { ns: string; indexes: readonly Index[] } {
  const { ns, collection } = targetOf(call);
  if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${ns}`);
  return { ns, indexes: collection.indexes };
}

/** The one index with that name or key; 27 when there is none, 181 when a key is that of several, 72 for that of `_id`. */
function indexNamed(indexes: readonly Index[], asked: unknown, ns: string): Index {
  if (typeof asked !== 'string' && !isDoc(asked)) throw typeMismatch('an index is named by a string, or by its key');
  const isAsked = (known: Doc): boolean =>
    typeof asked === 'string' ? known.name === asked : keyText(known.key) === keyText(asked);
  if (isAsked(ID_INDEX)) throw invalidOptions('the index of _id can neither be dropped nor changed');
  const [index, second] = indexes.filter(({ spec }) => isAsked(spec));
  const told = typeof asked === 'string' ? asked : keyText(asked);
  if (!index) throw new MongoError(27, 'IndexNotFound', `cannot find index ${told} for ns ${ns}`);
  if (!second) return index;
  throw new MongoError(181, 'AmbiguousIndexKeyPattern', `several indexes have the key ${told}: name one instead`);
}

/**
 * What makes an index another one, as MongoDB has it since 5.0: its key, whether it is unique, what it holds. Two with the same
 * signature cannot stand beside each other (85); two with different ones can, under different names (86).
 */
function signatureOf({ key, unique, partialFilterExpression }: Doc): Buffer {
  return encode({ key, unique: unique === true, partial: partialFilterExpression ?? null });
}

function firstIn({ writing }: Store, { id }: Collection): unknown {
  return writing.sql.first(`SELECT seq FROM d${id} LIMIT 1`);
}

/** Others may write while a collection with documents gets an index; none reads by it before it is whole. */
function* createIndex(store: Store, collection: Collection, spec: Doc): Slices<void> {
  if (keyText(spec.key) === keyText(ID_INDEX.key) && Object.keys(spec).length === Object.keys(ID_INDEX).length) return;
  if (collection.indexes.some((known) => encode(known.spec).equals(encode(spec)))) return;
  const signature = signatureOf(spec);
  const namesake = collection.indexes.find(({ name }) => name === spec.name);
  if (namesake && !signatureOf(namesake.spec).equals(signature))
    throw new MongoError(86, 'IndexKeySpecsConflict', `An existing index has the same name: ${namesake.name}`);
  const twin = collection.indexes.find((known) => signatureOf(known.spec).equals(signature));
  if (twin)
    throw new MongoError(85, 'IndexOptionsConflict', `Index already exists as ${twin.name}, or with other options`);
  const first = firstIn(store, collection);
  const index = store.addIndex(collection, spec, !first);
  for (const page of first ? matchingPages(() => store.writing, collection, { filter: parseFilter({}) }) : []) {
    for (const found of page) addEntry(store, collection, index, found);
    yield false;
    const now = store.writing.catalog.get(`${collection.db}.${collection.name}`);
    if (!now?.indexes.some(({ id }) => id === index.id))
      throw new MongoError(276, 'IndexBuildAborted', `the index ${index.name} was dropped while it was built`);
  }
  if (first) store.changeIndex(index, spec);
}

/** Checks a requested index and gives it as `listIndexes` tells it; error 67 for kinds of index outside the cut. */
function checkedSpec(request: unknown): Doc {
  const { key, name, ...asked } = asDoc(request, 'createIndexes.indexes', INDEX_FIELDS);
  const fields = parseOrder(key, refused);
  if (fields.length === 1 && fields[0]?.path.join('.') === '_id') assertIdIndex(fields[0].direction, asked);
  else if (name === '_id_') throw badValue("The index name '_id_' is reserved for the _id index");
  if (name === '*') throw refused("The index name '*' is not valid: it is how dropIndexes names all");
  const seconds = asked.expireAfterSeconds === undefined ? undefined : asSeconds(asked.expireAfterSeconds, refused);
  const partial = asked.partialFilterExpression;
  if (typeof name !== 'string' || name === '' || fields.length === 0) throw refused('an index needs a name and fields');
  if (partial !== undefined && !parseFilter(partial).exact) throw refused('unsupported expression in partial index');
  if (seconds !== undefined && fields.length > 1) throw refused('TTL indexes are single-field indexes');
  return present({
    v: new Int32(2),
    key: Object.fromEntries(fields.map(({ path, direction }) => [path.join('.'), new Int32(direction)])),
    name,
    unique: asFlag(asked.unique, 'unique') ? true : undefined,
    partialFilterExpression: partial,
    expireAfterSeconds: seconds === undefined ? undefined : new Int32(seconds),
  });
}

/** Of the index of `_id` there is one kind. */
function assertIdIndex(direction: number, { v: _version, ...others }: Doc): void {
  if (direction !== 1) throw badValue("The field 'key' for an _id index must be {_id: 1}, but got {_id: -1}");
  const [other] = Object.keys(others);
  if (other === undefined) return;
  const text = `The field '${other}' is not valid for an _id index specification`;
  throw new MongoError(197, 'InvalidIndexSpecificationOption', text);
}

/** How long a TTL index keeps documents; 14 for what is no number, the given refusal for one out of range. */
function asSeconds(value: unknown, refusal: (message: string) => MongoError): number {
  const seconds = isNumber(value) ? asInteger(value, 'expireAfterSeconds') : undefined;
  if (seconds === undefined) throw typeMismatch("Field 'expireAfterSeconds' must be a number");
  if (seconds >= 0 && seconds <= MAX_EXPIRY_SECONDS) return seconds;
  throw refusal("TTL index 'expireAfterSeconds' option must be within 0 and 2^31 - 1");
}

function refused(message: string): MongoError {
  return new MongoError(67, 'CannotCreateIndex', message);
}
