import { Int32 } from 'bson';
import { type Command, targetOf } from '../command.ts';
import { addEntries } from '../documents.ts';
import { parseFilter } from '../filter.ts';
import { badValue, MongoError } from '../mongo-error.ts';
import { parseOrder } from '../order.ts';
import { matching } from '../query.ts';
import type { Collection, Store } from '../store.ts';
import { asDoc, asFlag, asInteger, type Doc, encode } from '../values.ts';
import { firstBatch } from './find.ts';

const INDEX_FIELDS = ['key', 'name', 'unique', 'partialFilterExpression', 'expireAfterSeconds'];
const MAX_EXPIRY_SECONDS = 2 ** 31 - 1;
const ID_INDEX = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };

export const create: Command = {
  options: '',
  write(call) {
    call.store.ensureCollection(call.db, targetOf(call).name);
    return { ok: 1 };
  },
};

export const dropDatabase: Command = {
  options: '',
  write({ store, db }) {
    store.dropDatabase(db);
    return { dropped: db, ok: 1 };
  },
};

export const listCollections: Command = {
  options: 'filter nameOnly cursor authorizedCollections',
  read(call) {
    const { test } = parseFilter(call.body.filter);
    const own = [...call.view().catalog.values()].filter(({ db }) => db === call.db);
    const info = { options: {}, info: { readOnly: false }, idIndex: ID_INDEX };
    const rest = asFlag(call.body.nameOnly, 'nameOnly') ? {} : info;
    const told = own.map(({ name }) => ({ name, type: 'collection', ...rest })).filter(test);
    return firstBatch(call, `${call.db}.$cmd.listCollections`, told.map(encode));
  },
};

export const listIndexes: Command = {
  options: 'cursor',
  read(call) {
    const { ns, collection } = targetOf(call);
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${ns}`);
    return firstBatch(call, ns, [ID_INDEX, ...collection.indexes.map(({ spec }) => spec)].map(encode));
  },
};

export const createIndexes: Command = {
  options: 'indexes commitQuorum',
  write(call) {
    const { name, collection } = targetOf(call);
    const { indexes } = call.body;
    if (!Array.isArray(indexes) || indexes.length === 0) throw badValue('Must specify at least one index to create');
    const latest = (): Collection => call.store.ensureCollection(call.db, name);
    const numIndexesBefore = new Int32(latest().indexes.length + 1);
    for (const each of indexes) createIndex(call.store, latest(), checkedSpec(each));
    const numIndexesAfter = new Int32(latest().indexes.length + 1);
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !collection, ok: 1 };
  },
};

function createIndex(store: Store, collection: Collection, spec: Doc): void {
  const key = asDoc(spec.key, 'key');
  if (Object.keys(key).join() === '_id' && Object.keys(spec).length === Object.keys(ID_INDEX).length) return;
  for (const { name, spec: known } of collection.indexes) {
    if (encode(known).equals(encode(spec))) return;
    if (encode(asDoc(known.key, 'key')).equals(encode(key)))
      throw new MongoError(85, 'IndexOptionsConflict', `it exists as ${name}, or with other options`);
    if (name === spec.name) throw new MongoError(86, 'IndexKeySpecsConflict', `${name} exists with another key`);
  }
  const index = store.addIndex(collection, spec);
  const all = matching(() => store.writing, collection, parseFilter({}), []);
  for (const found of all) addEntries(store, collection, index, found);
}

/** Checks a requested index and gives it as `listIndexes` tells it; error 67 for kinds of index outside the cut. */
function checkedSpec(request: unknown): Doc {
  const { key, name, ...asked } = asDoc(request, 'createIndexes.indexes', INDEX_FIELDS);
  const fields = parseOrder(key, refused);
  const seconds = asInteger(asked.expireAfterSeconds, 'expireAfterSeconds', 0);
  const partial = asked.partialFilterExpression;
  if (typeof name !== 'string' || name === '' || fields.length === 0) throw refused('an index needs a name and fields');
  if (partial !== undefined && !parseFilter(partial).exact) throw refused('unsupported expression in partial index');
  if (seconds !== undefined && (fields.length > 1 || seconds > MAX_EXPIRY_SECONDS))
    throw refused('TTL indexes have a single field, and seconds within 31 bits');
  return {
    v: new Int32(2),
    key: Object.fromEntries(fields.map(({ path, direction }) => [path.join('.'), new Int32(direction)])),
    name,
    ...(asFlag(asked.unique, 'unique') ? { unique: true } : {}),
    ...(partial === undefined ? {} : { partialFilterExpression: partial }),
    ...(seconds === undefined ? {} : { expireAfterSeconds: new Int32(seconds) }),
  };
}

function refused(message: string): MongoError {
  return new MongoError(67, 'CannotCreateIndex', message);
}
