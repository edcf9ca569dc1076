import { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { useDatabase } from './stores.ts';
import { body, message, sequence, talk } from './talk.ts';

const one = { updates: [{ q: { _id: 1 }, u: { $set: { a: 1 } } }] };
const many = { updates: [{ q: {}, u: { $set: { a: 1 } }, multi: true }] };
const lsid = { id: new mongo.UUID().toBinary() };
const long = (n: number) => mongo.Long.fromNumber(n);
const TIME = new mongo.Timestamp({ t: 1, i: 1 });

/** `{ _id: 1, a: 1, a: 2 }`, which no driver sends. */
const TWICE = Buffer.from(mongo.BSON.serialize({ _id: 1, a: 1, b: 2 })).map((byte) => (byte === 0x62 ? 0x61 : byte));

describe('what a command carries besides its own options is kept, or refused', () => {
  const at = useDatabase();
  /** As it is sent: the driver would check some of it itself. */
  const refused: [string, mongo.Document, number][] = [
    ['a level that is none', { find: 'x', readConcern: { level: 'bogus' } }, 2],
    ['a snapshot outside a transaction', { find: 'x', readConcern: { level: 'snapshot' } }, 72],
    ['majority for a write', { update: 'x', ...one, readConcern: { level: 'majority' } }, 72],
    ['an unknown field of a read concern', { find: 'x', readConcern: { atClusterTime: 1 } }, 40415],
    [
      'a time of a cluster',
      { find: 'x', readConcern: { afterClusterTime: new mongo.Timestamp({ t: 4e9, i: 1 }) } },
      72,
    ],
    ['a negative w', { update: 'x', ...one, writeConcern: { w: -1 } }, 9],
    ['a w of another type', { update: 'x', ...one, writeConcern: { w: true } }, 9],
    ['a write concern that is no document', { update: 'x', ...one, writeConcern: 1 }, 14],
    ['an unknown field of a write concern', { update: 'x', ...one, writeConcern: { x: 1 } }, 40415],
    ['a write concern of a read', { find: 'x', writeConcern: { w: 1 } }, 72],
    ['a negative time', { find: 'x', maxTimeMS: -1 }, 2],
    ['a time that is none', { find: 'x', maxTimeMS: 'x' }, 2],
    ['a number without a session', { update: 'x', ...one, txnNumber: long(1) }, 72],
    ['a number with many documents', { update: 'x', ...many, lsid, txnNumber: long(1) }, 72],
    ['a number of a read', { find: 'x', lsid, txnNumber: long(1) }, 50768],
    ['a negative number', { update: 'x', ...one, lsid, txnNumber: long(-1) }, 72],
    ['a short number', { update: 'x', ...one, lsid, txnNumber: new mongo.BSON.Int32(1) }, 14],
    ['a transaction that commits by itself', { find: 'x', lsid, txnNumber: long(2), autocommit: true }, 72],
    ['a start without autocommit', { find: 'x', lsid, txnNumber: long(2), startTransaction: true }, 72],
    ['a session with more than its id', { find: 'x', lsid: { ...lsid, x: 1 } }, 40415],
    ['a write concern inside a transaction', { ...inTransaction(1), writeConcern: { w: 1 } }, 72],
    ['the least level in a transaction', { ...inTransaction(2), readConcern: { level: 'available' } }, 72],
    ['a collection of the system', { find: 'system.foo' }, 73],
    ['a collection with a dot in front', { find: '.x' }, 73],
    ['_id with a name that begins with $', { insert: 'x', documents: [{ _id: { $a: 1 } }] }, 52],
    ['too many levels', { insert: 'x', documents: [nested(185)] }, 15],
    ['an index of _id in another order', { createIndexes: 'x', indexes: [{ key: { _id: -1 }, name: 'd' }] }, 2],
    [
      'an index of _id with an option',
      { createIndexes: 'x', indexes: [{ key: { _id: 1 }, name: '_id_', unique: true }] },
      197,
    ],
    ['a quorum that is none', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a' }], commitQuorum: 'x' }, 2],
    ['a quorum of more servers', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: 'a' }], commitQuorum: 3 }, 278],
    ['the name of the index of _id', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: '_id_' }] }, 2],
    ['an index called as all are', { createIndexes: 'x', indexes: [{ key: { a: 1 }, name: '*' }] }, 67],
    ['a read preference that is none', { find: 'x', $readPreference: { mode: 'bogus' } }, 9],
    ['a read preference that is no document', { find: 'x', $readPreference: 'primary' }, 14],
    ['a time of a cluster that is none', { ping: 1, $clusterTime: 5 }, 14],
    ['a time for another batch', { getMore: long(1), collection: 'x', maxTimeMS: 5 }, 2],
    ['a flag that is none', { find: 'x', allowDiskUse: 'yes' }, 14],
    ['another flag that is none', { insert: 'x', documents: [{}], bypassDocumentValidation: [] }, 14],
    ['an update of nobody knows what', { update: 'x', updates: [{ u: { $set: { a: 1 } } }] }, 40414],
    ['a removal of nobody knows what', { delete: 'x', deletes: [{ q: null, limit: 0 }] }, 40414],
    ['a removal with filters of elements', { findAndModify: 'x', remove: true, arrayFilters: [{ 'e.a': 1 }] }, 9],
    ['more than a batch may have', { delete: 'x', deletes: Array(100_001).fill({ q: {}, limit: 1 }) }, 16],
    ['a whole database, not quite', { dropDatabase: 0 }, 5255100],
    ['sessions that are none', { endSessions: 'x' }, 14],
    ['all sessions at once', { killSessions: [] }, 14],
    ['cursors that are none', { killCursors: 'x', cursors: ['x'] }, 14],
    ['the end of a transaction elsewhere', { commitTransaction: 1, lsid, txnNumber: long(9), autocommit: false }, 13],
    ['a new name that is none', { renameCollection: 'wire.x', to: 1.5, $db: 'admin' }, 73],
    ['a new name in no database', { renameCollection: 'wire.x', to: 'a b.c', $db: 'admin' }, 73],
    ['a long database', { ping: 1, $db: 'é'.repeat(40) }, 73],
    ['how an unknown command is done', { explain: { ping: 1 } }, 59],
    ['how an unknown option is done', { explain: { find: 'x', tailable: true } }, 40415],
    ['another way to explain', { explain: { find: 'x' }, verbosity: 'bogus' }, 9],
    ['to count a timestamp up', { findAndModify: 'x', upsert: true, update: { $inc: { a: TIME } } }, 14],
    ['to skip a time', { find: 'x', skip: TIME }, 2],
    ['a sort by nothing', { aggregate: 'x', cursor: {}, pipeline: [{ $sort: {} }] }, 15976],
  ];

  function inTransaction(number: number): mongo.Document {
    return { find: 'x', lsid, txnNumber: long(number), autocommit: false, startTransaction: true };
  }

  function nested(levels: number): mongo.Document {
    return levels === 0 ? {} : { a: nested(levels - 1) };
  }

  const port = (): number => Number(new URL(at.store.uri).port);
  const sent = (command: mongo.Document) => talk(port(), message([body(command)]));

  it.each(refused)('%s', async (_name, command, code) => {
    const reply = Object(await sent(command));
    expect(reply.writeErrors?.[0] ?? reply).toMatchObject({ code });
  });

  it('a document with the same field twice', async () => {
    const reply = await talk(port(), message([body({ insert: 'x' }), sequence('documents', [Buffer.from(TWICE)])]));
    expect(reply).toMatchObject({ code: 2, errmsg: "the field 'a' is there twice: only one can be kept" });
  });

  it('a database whose name is none', async () => {
    await expect(at.client.db('a b').command({ ping: 1 })).rejects.toMatchObject({ code: 73 });
  });

  it('a write that more servers should have is done, and says that they have it not', async () => {
    const reply = await sent({ insert: 'w', documents: [{ _id: 1 }], writeConcern: { w: 5, wtimeout: 1 } });
    expect(reply).toMatchObject({ n: 1, writeConcernError: { code: 100, codeName: 'UnsatisfiableWriteConcern' } });
    const tagged = await sent({ insert: 'w', documents: [{ _id: 2 }], writeConcern: { w: 'far' } });
    expect(tagged).toMatchObject({ n: 1, writeConcernError: { code: 79 } });
    expect(await sent({ count: 'w' })).toMatchObject({ n: 2 });
  });

  it('a search that takes longer than it may is ended', async () => {
    const rows = at.db.collection('many');
    await rows.insertMany(Array.from({ length: 20_000 }, (_, n) => ({ n })));
    expect(await sent({ find: 'many', $db: at.db.databaseName, filter: { x: 1 }, maxTimeMS: 1 })).toMatchObject({
      code: 50,
    });
  });
});

describe('what is stored comes back as it was', () => {
  const at = useDatabase();

  it('in the order of its fields, numbers among them, after an update too', async () => {
    const kept = at.db.collection('order');
    const names = ['_id', 'b', '10', '9', 'a', '__proto__x', '1'];
    const sent = new Map<string, unknown>(names.map((name, n) => [name, n]));
    await at.db.command({ insert: 'order', documents: [sent] });
    await kept.updateOne({ _id: 0 as never }, { $set: { c: { '2': 1, a: 1, '1': 1 } } });
    const raw = await kept.find({}, { raw: true }).toArray();
    const bytes = Buffer.from(raw[0] as unknown as Uint8Array).toString('latin1');
    const places = [...names, 'c'].map((name) => bytes.indexOf(`\x10${name}\0`)).slice(0, names.length);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(await kept.countDocuments({ '10': 2 })).toBe(1);
  });

  it.each([
    ['a reference', { $ref: 'c', $id: 5, z: 1, $db: 'd' }],
    ['a timestamp', new mongo.Timestamp({ t: 5, i: 1 })],
    ['the least and the most', [new mongo.MinKey(), new mongo.MaxKey()]],
    ['code', new mongo.Code('f', { a: 1 })],
  ])('%s', async (name, value) => {
    const kept = at.db.collection<{ _id: string; value: unknown }>('types');
    const raw = mongo.BSON.serialize({ _id: name, value });
    const port = Number(new URL(at.store.uri).port);
    const insert = body({ insert: 'types', $db: at.db.databaseName });
    await talk(port, message([insert, sequence('documents', [Buffer.from(raw)])]));
    const [back] = await kept.find({ _id: name }, { raw: true }).toArray();
    expect(Buffer.from(back as unknown as Uint8Array).equals(Buffer.from(raw))).toBe(true);
  });
});
