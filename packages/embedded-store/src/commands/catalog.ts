import { Int32 } from 'bson';
import { encode } from '../engine/bson-writer.ts';
import { parseFilter } from '../engine/filter.ts';
import { unnamed } from '../engine/mongo-error.ts';
import { asFlag, asInteger } from '../engine/values.ts';
import { type Command, targetOf } from './command.ts';
import { firstBatch, mapped } from './find.ts';
import { ID_INDEX } from './indexes.ts';

export const create: Command = {
  options: '',
  write(call) {
    call.store.ensureCollection(call.db, targetOf(call).name);
    return { ok: 1 };
  },
};

/** A collection that is not there is dropped already, as MongoDB says since 7.0. */
export const drop: Command = {
  options: '',
  write(call) {
    const { ns, collection } = targetOf(call);
    if (!collection) return { ok: 1 };
    call.store.dropCollection(collection);
    return { nIndexesWas: new Int32(collection.indexes.length + 1), ns, ok: 1 };
  },
};

export const dropDatabase: Command = {
  options: '',
  write({ store, db, body }) {
    if (asInteger(body.dropDatabase, 'dropDatabase') !== 1)
      throw unnamed(5255100, "Have to pass 1 as 'drop' parameter");
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
    return firstBatch(call, `${call.db}.$cmd.listCollections`, mapped(told, encode));
  },
};
