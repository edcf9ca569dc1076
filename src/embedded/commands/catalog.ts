import { Int32 } from 'bson';
import { type Command, targetOf } from '../command.ts';
import { addEntries } from '../documents.ts';
import { parseFilter } from '../filter.ts';
import { checkedSpec, sameSpec } from '../index-spec.ts';
import { badValue, MongoError } from '../mongo-error.ts';
import { matching } from '../query.ts';
import type { Collection, Store } from '../store.ts';
import { asDoc, asFlag, type Doc, encode } from '../values.ts';
import { firstBatch } from './find.ts';

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
    const { test } = parseFilter(asDoc(call.body.filter, 'filter'));
    const own = [...call.view().catalog.values()].filter(({ db }) => db === call.db);
    const rest = asFlag(call.body.nameOnly, 'nameOnly')
      ? {}
      : { options: {}, info: { readOnly: false }, idIndex: ID_INDEX };
    const infos = own.map(({ name }) => ({ name, type: 'collection', ...rest })).filter(test);
    return firstBatch(call, `${call.db}.$cmd.listCollections`, infos.map(encode));
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
    const count = (): Int32 => new Int32(call.store.ensureCollection(call.db, name).indexes.length + 1);
    const numIndexesBefore = count();
    for (const each of indexes) createIndex(call.store, call.store.ensureCollection(call.db, name), checkedSpec(each));
    return { numIndexesBefore, numIndexesAfter: count(), createdCollectionAutomatically: !collection, ok: 1 };
  },
};

function createIndex(store: Store, collection: Collection, spec: Doc): void {
  if (Object.keys(asDoc(spec.key, 'key')).join() === '_id') return;
  for (const { spec: known } of collection.indexes) {
    const isSameName = known.name === spec.name;
    const isSameKey = sameSpec(known, spec, ['key']);
    if (isSameName && sameSpec(known, spec)) return;
    if (isSameName && !isSameKey)
      throw new MongoError(86, 'IndexKeySpecsConflict', `${spec.name} exists with another key`);
    if (isSameKey)
      throw new MongoError(85, 'IndexOptionsConflict', `it exists as ${known.name}, or with other options`);
  }
  const index = store.addIndex(collection, spec);
  for (const found of matching(() => store.writing, collection, parseFilter({}), [])) {
    addEntries(store, collection, index, found);
  }
}
