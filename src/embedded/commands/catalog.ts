import { Int32 } from 'bson';
import type { Collection } from '../catalog.ts';
import { type Call, type Command, collectionName } from '../command.ts';
import { addEntries } from '../documents.ts';
import { parseFilter } from '../filter.ts';
import { checkedSpec, sameSpec } from '../index-spec.ts';
import { compileMatcher } from '../matcher.ts';
import { MongoError } from '../mongo-error.ts';
import { scan } from '../scan.ts';
import { asDoc, asFlag, type Doc, decode, encode } from '../values.ts';
import { firstBatch } from './find.ts';

const EVERYTHING = {
  source: 'all',
  ranges: [{ from: Buffer.alloc(0), to: Buffer.of(0xff) }],
  backward: false,
  sorted: true,
} as const;

export const create: Command = {
  access: 'write',
  inTransactions: false,
  fields: [],
  run(call) {
    const name = collectionName(call);
    if (call.store.writing.catalog.has(`${call.db}.${name}`)) {
      throw new MongoError('NamespaceExists', `Collection ${call.db}.${name} already exists.`);
    }
    call.store.ensureCollection(call.db, name);
    return { ok: 1 };
  },
};

export const dropDatabase: Command = {
  access: 'write',
  inTransactions: false,
  fields: [],
  run({ store, db }) {
    store.dropDatabase(db);
    return { dropped: db, ok: 1 };
  },
};

export const listCollections: Command = {
  access: 'read',
  inTransactions: false,
  fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
  run(call) {
    const matches = compileMatcher(parseFilter(asDoc(call.body.filter, 'filter')));
    const nameOnly = asFlag(call.body.nameOnly, 'nameOnly');
    const own = [...call.view().catalog.values()].filter(({ db }) => db === call.db);
    const infos = own.map(({ name }): Doc => {
      if (nameOnly) return { name, type: 'collection' };
      const idIndex = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };
      return { name, type: 'collection', options: {}, info: { readOnly: false }, idIndex };
    });
    return firstBatch(call, infos.filter(matches).map(encode).values(), `${call.db}.$cmd.listCollections`);
  },
};

export const listIndexes: Command = {
  access: 'read',
  inTransactions: false,
  fields: ['cursor'],
  run(call) {
    const name = collectionName(call);
    const collection = call.view().catalog.get(`${call.db}.${name}`);
    if (!collection) throw new MongoError('NamespaceNotFound', `ns does not exist: ${call.db}.${name}`);
    const idIndex = { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' };
    const specs = [idIndex, ...collection.indexes.map(({ spec }) => spec)];
    return firstBatch(call, specs.map(encode).values(), `${call.db}.${name}`);
  },
};

export const createIndexes: Command = {
  access: 'write',
  inTransactions: false,
  fields: ['indexes', 'commitQuorum'],
  run(call) {
    const name = collectionName(call);
    const specs = call.body.indexes;
    if (!Array.isArray(specs) || specs.length === 0)
      throw new MongoError('BadValue', 'Must specify at least one index');
    const existed = call.store.writing.catalog.has(`${call.db}.${name}`);
    let collection = call.store.ensureCollection(call.db, name);
    const before = collection.indexes.length + 1;
    for (const each of specs) collection = createIndex(call, collection, checkedSpec(each));
    return {
      numIndexesBefore: new Int32(before),
      numIndexesAfter: new Int32(collection.indexes.length + 1),
      createdCollectionAutomatically: !existed,
      ok: 1,
    };
  },
};

function createIndex({ store }: Call, collection: Collection, spec: Doc): Collection {
  const paths = Object.keys(asDoc(spec.key, 'key'));
  if (paths.length === 1 && paths[0] === '_id') return collection;
  for (const { spec: known } of collection.indexes) {
    const sameName = known.name === spec.name;
    if (!sameName && !sameSpec(known, spec, ['key'])) continue;
    if (sameName && sameSpec(known, spec)) return collection;
    if (sameName && !sameSpec(known, spec, ['key'])) {
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index: ${spec.name}`,
      );
    }
    throw new MongoError(
      'IndexOptionsConflict',
      `Index already exists with a different name or options: ${known.name}`,
    );
  }
  const { collection: grown, index } = store.addIndex(collection, spec);
  for (const { seq, raw } of scan(() => store.writing, grown, EVERYTHING)) {
    addEntries(store, grown, index, seq, decode(raw));
  }
  return store.writing.catalog.get(`${grown.db}.${grown.name}`) ?? grown;
}
