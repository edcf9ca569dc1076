import { join } from 'node:path';
import { Int32 } from 'bson';
import type { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { Store } from '../src/engine/store.ts';
import { checkStore } from '../src/index.ts';
import { newFolder, useDatabase } from './stores.ts';

type Thing = { _id: number; n: number; state: string };
type Things = mongo.Collection<Thing>;

const MANY = 400;
const things = (state: string): Thing[] => Array.from({ length: MANY }, (_, _id) => ({ _id, n: 0, state }));

/** The names of what is done, in the order in which it ends. */
async function order(works: Record<string, () => Promise<unknown>>): Promise<string[]> {
  const ended: string[] = [];
  const all = Object.entries(works).map(([name, work]) => work().then(() => ended.push(name)));
  await Promise.all(all);
  return ended;
}

describe('work on many documents, which gives way', () => {
  const at = useDatabase(undefined, { sliceMs: 0 });
  const filled = async (name: string, state = 'OPEN'): Promise<Things> => {
    const collection = at.db.collection<Thing>(name);
    await collection.insertMany(things(state));
    return collection;
  };
  /** Others that write one thing after another until the work is done; gives what it came to and how often they got in. */
  const beside = async (
    collection: Things,
    work: Promise<unknown>,
    write: (turn: number) => Promise<unknown>,
  ): Promise<{ came: unknown; turns: number }> => {
    let over = false;
    const done = work
      .catch((failure: unknown) => failure)
      .finally(() => {
        over = true;
      });
    let turns = 0;
    while (!over) await write(turns++);
    await collection.countDocuments();
    return { came: await done, turns };
  };

  it('lets a write of somebody else in: an update, a removal, a new index', async () => {
    const collection = await filled('lets');
    const elsewhere = at.db.collection<Thing>('elsewhere');
    const write = (_id: number) => () => elsewhere.insertOne({ _id, n: 0, state: '' });
    expect(await order({ update: () => collection.updateMany({}, { $inc: { n: 1 } }), write: write(1) })).toEqual([
      'write',
      'update',
    ]);
    expect(await collection.countDocuments({ n: 1 })).toBe(MANY);
    expect(await order({ index: () => collection.createIndex({ n: 1 }), write: write(2) })).toEqual(['write', 'index']);
    expect(await order({ remove: () => collection.deleteMany({ n: 1 }), write: write(3) })).toEqual([
      'write',
      'remove',
    ]);
    expect(await collection.countDocuments()).toBe(0);
  });

  it('leaves out what does not match any more when its turn comes', async () => {
    const collection = await filled('again');
    const work = collection.updateMany({ state: 'OPEN' }, { $inc: { n: 1 } });
    const { came, turns } = await beside(collection, work, (turn) =>
      collection.updateOne({ _id: MANY - 1 - (turn % MANY) }, { $set: { state: 'DONE', n: 100 } }),
    );
    const left = await collection.find().toArray();
    expect(left.filter(({ n, state }) => n !== (state === 'DONE' ? 100 : 1))).toEqual([]);
    expect(turns).toBeGreaterThan(1);
    expect(came).toMatchObject({ acknowledged: true });
  });

  it('is all of it or nothing in a transaction', async () => {
    const collection = await filled('whole');
    const session = at.client.startSession();
    session.startTransaction();
    await collection.updateMany({}, { $inc: { n: 1 } }, { session });
    expect(await collection.countDocuments({ n: 1 })).toBe(0);
    await session.abortTransaction();
    expect(await collection.countDocuments({ n: 0 })).toBe(MANY);
    await session.endSession();
  });

  it('touches nothing of a collection that took the place of the one it began with', async () => {
    const collection = await filled('replaced');
    const work = collection.updateMany({}, { $inc: { n: 1 } }).catch((failure: unknown) => failure);
    await collection.drop();
    await collection.insertMany(things('NEW'));
    await work;
    expect(await collection.countDocuments({ n: 0, state: 'NEW' })).toBe(MANY);
  });

  it('makes an index that holds what was written meanwhile', async () => {
    const collection = await filled('built');
    await collection.insertMany(
      things('MORE').flatMap((thing) =>
        Array.from({ length: 8 }, (_, at) => ({ ...thing, _id: 10_000 + 8 * thing._id + at })),
      ),
    );
    const { turns } = await beside(collection, collection.createIndex({ state: 1, _id: 1 }), async (turn) => {
      await collection.updateOne({ _id: turn % MANY }, { $set: { state: `x${turn}` } });
      await collection.updateOne({ _id: MANY - 1 - (turn % 50) }, { $set: { state: `y${turn}` } });
      await collection.deleteOne({ _id: 200 + (turn % 100) });
      await collection.insertOne({ _id: MANY + turn, n: 0, state: 'z' });
      expect(await collection.countDocuments({ state: 'z' })).toBe(turn + 1);
    });
    const by = (hint: string): Promise<number[]> =>
      collection
        .find({ state: { $gt: '' } }, { hint, sort: { state: 1, _id: 1 } })
        .map(({ _id }) => _id)
        .toArray();
    expect(await by('state_1__id_1')).toEqual(await by('_id_'));
    expect(turns).toBeGreaterThan(1);
  });

  it('refuses a unique one, and leaves nothing of it, when one comes meanwhile that is there already', async () => {
    const collection = at.db.collection<Thing>('unique');
    await collection.insertMany(things('').map((thing) => ({ ...thing, state: `s${thing._id}` })));
    const work = collection.createIndex({ state: 1 }, { unique: true });
    const { came } = await beside(collection, work, (turn) =>
      collection.insertOne({ _id: MANY + turn, n: 0, state: `s${MANY - 1}` }).catch((failure: unknown) => failure),
    );
    expect(came).toMatchObject({ code: 11000 });
    expect(await collection.indexes()).toHaveLength(1);
    await collection.insertOne({ _id: -1, n: 0, state: 's0' });
  });

  it('waits for another that makes the same index', async () => {
    const collection = await filled('twice');
    const [first, second] = await Promise.all([collection.createIndex({ n: 1 }), collection.createIndex({ n: 1 })]);
    expect([first, second]).toEqual(['n_1', 'n_1']);
    expect(await collection.indexes()).toHaveLength(2);
  });

  it('ends with the index when somebody drops it meanwhile', async () => {
    const collection = await filled('dropped');
    const work = collection.createIndex({ n: 1 }).catch((failure: unknown) => failure);
    const drop = async (): Promise<unknown> => collection.dropIndex('n_1').catch(() => undefined);
    await expect.poll(async () => (await drop()) !== undefined).toBe(true);
    expect([276, undefined]).toContain(Reflect.get(Object(await work), 'code'));
    expect(await collection.indexes()).toHaveLength(1);
  });
});

describe('an index that was never finished', () => {
  const { folder, remove } = newFolder();

  it('is gone after the next start, and nothing reads by it', async () => {
    const file = join(folder, 'mongo.db');
    const store = new Store(file);
    store.begin();
    store.commit(() =>
      store.addIndex(store.ensureCollection('app', 'things'), { name: 'n_1', key: { n: new Int32(1) } }, false),
    );
    store.close();
    const again = new Store(file);
    expect(again.committed.catalog.get('app.things')?.indexes).toEqual([]);
    again.close();
    expect(await checkStore(folder)).toMatchObject({ damage: [] });
    remove();
  });
});
