import { mongo } from 'mongoose';
import { expect, it } from 'vitest';
import { useDatabase } from './stores.ts';

type Things = mongo.Collection<{ _id: number } & mongo.Document>;
type Op = Readonly<Record<string, unknown>>;

const at = useDatabase();
let made = 0;

/** Two empty collections, and what asks the command of both: `0` is the first, `1` the other. */
function two(): { one: Things; other: Things; write: (ops: readonly Op[], more?: object) => Promise<mongo.Document> } {
  const one: Things = at.db.collection(`one${++made}`);
  const other: Things = at.db.collection(`other${made}`);
  const nsInfo = [one, other].map((things) => ({ ns: things.namespace }));
  const write = (ops: readonly Op[], more: object = {}): Promise<mongo.Document> =>
    at.client.db('admin').command({ bulkWrite: 1, ops, nsInfo, ...more });
  return { one, other, write };
}

it('writes several collections at once, in order, and tells what became of each', async () => {
  const { one, other, write } = two();
  const said = await write([
    { insert: 0, document: { _id: 1, n: 1 } },
    { insert: 1, document: { _id: 1 } },
    { update: 0, filter: { _id: 1 }, updateMods: { $inc: { n: 1 } } },
    { update: 1, filter: { _id: 7 }, updateMods: { $set: { a: 1 } }, upsert: true },
    { update: 1, filter: {}, updateMods: { $set: { a: 1 } }, multi: true },
    { update: 0, filter: { _id: 9 }, updateMods: { $set: { a: 1 } } },
    { delete: 1, filter: {} },
    { delete: 1, filter: {}, multi: true },
  ]);
  expect(said).toMatchObject({ ok: 1, nErrors: 0, nInserted: 2, nUpserted: 1, nMatched: 3, nModified: 2, nDeleted: 2 });
  expect(said.cursor).toEqual({
    id: mongo.Long.ZERO.toNumber(),
    ns: 'admin.$cmd.bulkWrite',
    firstBatch: [
      { ok: 1, idx: 0, n: 1 },
      { ok: 1, idx: 1, n: 1 },
      { ok: 1, idx: 2, n: 1, nModified: 1 },
      { ok: 1, idx: 3, n: 1, nModified: 0, upserted: { _id: 7 } },
      { ok: 1, idx: 4, n: 2, nModified: 1 },
      { ok: 1, idx: 5, n: 0, nModified: 0 },
      { ok: 1, idx: 6, n: 1 },
      { ok: 1, idx: 7, n: 1 },
    ],
  });
  expect(await one.find().toArray()).toEqual([{ _id: 1, n: 2 }]);
  expect(await other.countDocuments()).toBe(0);
});

it('stops at the first that is refused, or goes on where no order is asked for', async () => {
  const { one, other, write } = two();
  const ops = [1, 1, 2].map((_id) => ({ insert: 0, document: { _id } }));
  const refused = { ok: 0, idx: 1, n: 0, code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } };
  const ordered = await write(ops);
  expect(ordered).toMatchObject({ ok: 1, nErrors: 1, nInserted: 1 });
  expect(ordered.cursor.firstBatch).toEqual([{ ok: 1, idx: 0, n: 1 }, expect.objectContaining(refused)]);
  expect(await one.countDocuments()).toBe(1);
  const unordered = await write(
    [
      ...ops.map(({ document }) => ({ insert: 1, document })),
      { update: 1, filter: { _id: 1 }, updateMods: { $bad: 1 } },
    ],
    { ordered: false, errorsOnly: true },
  );
  expect(unordered).toMatchObject({ ok: 1, nErrors: 2, nInserted: 2 });
  expect(unordered.cursor.firstBatch).toMatchObject([refused, { ok: 0, idx: 3, n: 0, nModified: 0, code: 9 }]);
  expect(await other.countDocuments()).toBe(2);
});

it('is part of a transaction, which ends with what is refused in it', async () => {
  const { one, other } = two();
  const session = at.client.startSession();
  const nsInfo = [one, other].map(({ namespace: ns }) => ({ ns }));
  const inside = (ops: readonly Op[]): Promise<mongo.Document> =>
    at.client.db('admin').command({ bulkWrite: 1, ops, nsInfo }, { session });
  session.startTransaction();
  await inside([
    { insert: 0, document: { _id: 2 } },
    { insert: 1, document: { _id: 2 } },
  ]);
  expect(await other.countDocuments({}, { session })).toBe(1);
  expect(await other.countDocuments()).toBe(0);
  await session.commitTransaction();
  expect(await other.countDocuments()).toBe(1);
  session.startTransaction();
  const said = await inside([
    { insert: 1, document: { _id: 3 } },
    { insert: 0, document: { _id: 2 } },
  ]);
  expect(said).toMatchObject({ nErrors: 1 });
  await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
  expect(await other.countDocuments()).toBe(1);
  await session.endSession();
});

it('is the driver’s own: retried as one write, and said in its words', async () => {
  const { one, other } = two();
  const result = await at.client.bulkWrite<Record<string, { _id: number } & mongo.Document>>(
    [
      { name: 'insertOne', namespace: one.namespace, document: { _id: 1 } },
      { name: 'updateOne', namespace: other.namespace, filter: { _id: 2 }, update: { $set: { a: 1 } }, upsert: true },
      { name: 'deleteMany', namespace: one.namespace, filter: {} },
    ],
    { verboseResults: true },
  );
  expect(result).toMatchObject({ insertedCount: 1, upsertedCount: 1, matchedCount: 0, deletedCount: 1 });
  expect(result.updateResults?.get(1)).toMatchObject({ upsertedId: 2 });
  const twice = { name: 'insertOne', namespace: other.namespace, document: { _id: 2 } } as const;
  await expect(at.client.bulkWrite<Record<string, { _id: number }>>([twice])).rejects.toMatchObject({
    writeErrors: new Map([[0, expect.anything()]]),
  });
});

it('comes again with the number of a write that was done, and is not done twice', async () => {
  const { one } = two();
  const session = at.client.startSession();
  const numbered = async (number: number, ops: readonly Op[]): Promise<mongo.Document> => {
    const command = { bulkWrite: 1, ops, nsInfo: [{ ns: one.namespace }], txnNumber: mongo.Long.fromNumber(number) };
    return await at.client.db('admin').command(command, { session });
  };
  const ops = [{ update: 0, filter: { _id: 1 }, updateMods: { $inc: { n: 1 } }, upsert: true }];
  expect(await numbered(1_001, ops)).toEqual(await numbered(1_001, ops));
  expect(await one.find().toArray()).toEqual([{ _id: 1, n: 1 }]);
  const many = [{ update: 0, filter: {}, updateMods: { $inc: { n: 1 } }, multi: true }];
  await expect(numbered(1_002, many)).rejects.toMatchObject({ code: 72 });
  await session.endSession();
});

it('refuses to do nothing', async () => {
  await expect(two().write([])).rejects.toMatchObject({ code: 16 });
});

const REFUSED: readonly [string, Op, object, number][] = [
  ['a kind that there is not', { replace: 0, document: {} }, {}, 2],
  ['a namespace that is not named', { insert: 2, document: {} }, {}, 2],
  ['an insert of nothing', { insert: 0 }, {}, 40414],
  ['an update of whatever', { update: 0, updateMods: { $set: { a: 1 } } }, {}, 40414],
  ['what an op cannot say', { insert: 0, document: {}, filter: {} }, {}, 40415],
  ['a name that no collection has', { insert: 0, document: {} }, { nsInfo: [{ ns: 'a.b$' }] }, 73],
];
it.each(REFUSED)('refuses %s before anything is done', async (_name, op, more, code) => {
  const { one, write } = two();
  await expect(write([{ insert: 0, document: { _id: 1 } }, op], more)).rejects.toMatchObject({ code });
  expect(await one.countDocuments()).toBe(0);
});

it('is asked of the database admin', async () => {
  const asked = at.db.command({ bulkWrite: 1, ops: [{ insert: 0, document: {} }], nsInfo: [{ ns: 'a.b' }] });
  await expect(asked).rejects.toMatchObject({ code: 13 });
});
