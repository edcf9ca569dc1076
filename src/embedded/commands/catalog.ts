import { Int32 } from 'bson';
import type { Collection } from '../catalog.ts';
import { type Command, namespaceOf } from '../command.ts';
import { addEntries } from '../documents.ts';
import { parseFilter } from '../filter.ts';
import { checkedSpec, sameSpec } from '../index-spec.ts';
import { badValue, MongoError } from '../mongo-error.ts';
import { matching } from '../query.ts';
import type { Store } from '../store.ts';
import { asDoc, asFlag, type Doc, encode } from '../values.ts';
import { firstBatch } from './find.ts';

const ID_INDEX = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };

export const create: Command = {
  writes: true,
  inTransactions: false,
  options: [],
  run(call) {
    call.store.ensureCollection(call.db, namespaceOf(call).name);
    return { ok: 1 };
  },
};

export const dropDatabase: Command = {
  writes: true,
  inTransactions: false,
  options: [],
  run({ store, db }) {
    store.dropDatabase(db);
    return { dropped: db, ok: 1 };
  },
};

export const listCollections: Command = {
  writes: false,
  inTransactions: false,
  options: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  run(call) {
    const { test } = parseFilter(asDoc(call.body.filter, 'filter'));
    const own = [...call.view().catalog.values()].filter(({ db }) => db === call.db);
    const rest = asFlag(call.body.nameOnly, 'nameOnly')
      ? {}
      : { options: {}, info: { readOnly: false }, idIndex: ID_INDEX };
    const infos = own.map(({ name }) => ({ name, type: 'collection', ...rest })).filter(test);
    return firstBatch(call, infos.map(encode), `${call.db}.$cmd.listCollections`);
  },
};

export const listIndexes: Command = {
  writes: false,
  inTransactions: false,
  options: ['cursor'],
  run(call) {
    const { ns } = namespaceOf(call);
    const collection = call.view().catalog.get(ns);
    if (!collection) throw new MongoError(26, 'NamespaceNotFound', `ns does not exist: ${ns}`);
    return firstBatch(call, [ID_INDEX, ...collection.indexes.map(({ spec }) => spec)].map(encode), ns);
  },
};

export const createIndexes: Command = {
  writes: true,
  inTransactions: false,
  options: ['indexes', 'commitQuorum'],
  run(call) {
    const { name, ns } = namespaceOf(call);
    const { indexes } = call.body;
    if (!Array.isArray(indexes) || indexes.length === 0) throw badValue('Must specify at least one index to create');
    const createdCollectionAutomatically = !call.view().catalog.has(ns);
    let collection = call.store.ensureCollection(call.db, name);
    const numIndexesBefore = new Int32(collection.indexes.length + 1);
    for (const each of indexes) collection = createIndex(call.store, collection, checkedSpec(each));
    const numIndexesAfter = new Int32(collection.indexes.length + 1);
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically, ok: 1 };
  },
};

function createIndex(store: Store, collection: Collection, spec: Doc): Collection {
  if (Object.keys(asDoc(spec.key, 'key')).join() === '_id') return collection;
  for (const { spec: known } of collection.indexes) {
    const isSameName = known.name === spec.name;
    const isSameKey = sameSpec(known, spec, ['key']);
    if (isSameName && sameSpec(known, spec)) return collection;
    if (isSameName && !isSameKey) {
      throw new MongoError(86, 'IndexKeySpecsConflict', `An index named ${spec.name} exists with another key`);
    }
    if (isSameKey)
      throw new MongoError(85, 'IndexOptionsConflict', `The index exists as ${known.name}, or with other options`);
  }
  const { collection: grown, index } = store.addIndex(collection, spec);
  for (const { seq, doc } of matching(() => store.writing, collection, parseFilter({}), [])) {
    addEntries(store, grown, index, seq, doc);
  }
  return store.ensureCollection(grown.db, grown.name);
}
