import fc from 'fast-check';
import mongoose from 'mongoose';
import { beforeEach, describe, expect, it } from 'vitest';
import { collection } from '../../models/collection.ts';
import { isTogether, writeOneByOne } from '../../models/database.ts';
import { list, mark, number, text, value } from '../../models/fields.ts';
import { writesMore } from '../../models/single-write.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { embeddedInEachRun } from '../../packages/embedded-store/test/stores.ts';
import { howOften } from '../support/how-often.ts';
import { askedIn } from './asked-in.ts';
import { useModels } from './store.ts';

const Rows = collection('togetherrows', {
  id: 'rowId',
  fields: {
    owner: text(),
    state: text<'OPEN' | 'CLOSED'>(),
    size: number(),
    tags: list<string>(),
    place: value<{ readonly kind: string; readonly at?: number | undefined }>().optional(),
  },
  own: { live: mark() },
  indexes: [[{ owner: 1 }, { unique: true, partialFilterExpression: { live: true } }]],
});
const Others = collection('togetherothers', { id: 'otherId', fields: { n: number() } });

const ROW = { owner: 'nok', state: 'OPEN', size: 1, tags: ['a'] } as const;

/** The two ways: together where the server has one command for it, and each as it comes. */
const ways = embeddedInEachRun().flatMap(({ name, uri }) => [
  { name: `as the ${name} server can`, uri, oneByOne: false },
  ...(uri === undefined ? [{ name: 'one by one', uri, oneByOne: true }] : []),
]);

describe.each(ways)('what a transaction writes, $name', ({ uri, oneByOne }) => {
  useModels(uri, { watched: true });
  const stored = () => mongoose.connection.collection<{ _id: string }>('togetherrows');
  let goesTogether = false;
  beforeEach(async () => {
    if (oneByOne) writeOneByOne();
    goesTogether = isTogether();
    await stored().deleteMany({});
    await mongoose.connection.collection('togetherothers').deleteMany({});
    await Rows.add({ ...ROW, rowId: 'one', live: true });
  });

  it('goes as one command, and what it changed is answered without it', async () => {
    const asked = await askedIn(async (tx) => {
      expect(await Rows.get('one', { tx })).toMatchObject({ size: 1 });
      const change = { set: { place: { kind: 'shop', at: undefined } }, inc: { size: 2 }, push: { tags: 'b' } };
      const changed = await Rows.change({ rowId: 'one', state: 'OPEN' }, change, { tx });
      expect(changed).toEqual({ ...ROW, rowId: 'one', size: 3, tags: ['a', 'b'], place: { kind: 'shop' } });
      await Others.addWithOthers([{ otherId: 'x', n: 1 }], tx);
      await Others.updateWithOthers([{ filter: { n: { $gte: 1 } }, change: { inc: { n: 1 } } }], tx, { all: true });
      expect(await Rows.get('one', { tx })).toEqual(changed);
    });
    const each = ['find', 'findAndModify', 'insert', 'update'];
    expect(asked).toEqual(goesTogether ? ['find', 'bulkWrite'] : each);
    expect(await stored().findOne({ _id: 'one' })).toMatchObject({
      size: 3,
      tags: ['a', 'b'],
      place: { kind: 'shop' },
    });
    expect(await Others.get('x')).toEqual({ otherId: 'x', n: 2 });
  });

  it('is seen by whatever is read after it in the same transaction', async () => {
    await inTransaction(async (tx) => {
      await Rows.addWithOthers([{ ...ROW, owner: 'bee', rowId: 'two' }], tx);
      expect(await Rows.count({ state: 'OPEN' }, { tx })).toBe(2);
      await Rows.updateWithOthers([{ filter: { state: 'OPEN' }, change: { set: { state: 'CLOSED' } } }], tx, {
        all: true,
      });
      expect(await Rows.find({ state: 'CLOSED' }, { tx })).toHaveLength(2);
      await Rows.updateWithOthers([{ filter: { rowId: 'two' }, change: { inc: { size: 1 } } }], tx);
      expect(await Rows.findOne({ owner: 'bee' }, { tx, only: ['size'] })).toEqual({ size: 2 });
      await Rows.updateWithOthers([{ filter: { rowId: 'one' }, change: { inc: { size: 9 } } }], tx);
      const first = await Rows.getFirst('one', { tx, ahead: [{ of: Rows, id: 'two' }] });
      expect([first?.size, (await Rows.get('two', { tx }))?.size]).toEqual([10, 2]);
      await Rows.updateWithOthers([{ filter: { rowId: 'one' }, change: { inc: { size: 1 } } }], tx);
      expect(await Rows.removeAll({ size: 11 }, { tx })).toBe(1);
    });
    expect(await Rows.find({})).toHaveLength(1);
  });

  it('is no write where there is nothing to write', async () => {
    await inTransaction(async (tx) => {
      await Others.addWithOthers([], tx);
      await Others.updateWithOthers([], tx);
      expect(writesMore(tx)).toBe(false);
    });
  });

  it('leaves nothing where its transaction fails', async () => {
    const failing = inTransaction(async (tx) => {
      await Rows.addWithOthers([{ ...ROW, owner: 'bee', rowId: 'two' }], tx);
      throw new Error('it is not to be');
    });
    await expect(failing).rejects.toThrow('it is not to be');
    await inTransaction(async (tx) => expect(await Rows.get('two', { tx })).toBeUndefined());
    expect(await Rows.find({})).toHaveLength(1);
  });

  it('is refused as by its own command where another record stands in its way', async () => {
    const adding = (refusedAs?: 'subject.stale') =>
      inTransaction(async (tx) => {
        await Others.addWithOthers([{ otherId: 'x', n: 1 }], tx);
        await Rows.addWithOthers([{ ...ROW, rowId: 'two', live: true }], tx, refusedAs);
        await Others.addWithOthers([{ otherId: 'y', n: 1 }], tx);
      });
    await expect(adding()).rejects.toMatchObject({ code: 'store.transient' });
    await expect(adding('subject.stale')).rejects.toMatchObject({ code: 'subject.stale' });
    expect(await Others.find({})).toEqual([]);
    await Rows.add({ ...ROW, owner: 'bee', rowId: 'two' });
    const becoming = inTransaction(async (tx) => {
      await Rows.get('two', { tx });
      await Rows.change({ rowId: 'two' }, { set: { owner: 'nok', live: true } }, { tx }).catch((error) => {
        throw Object.assign(new Error('at once'), { cause: error });
      });
    });
    await expect(becoming).rejects.toThrow('at once');
  });

  it('has lost the race where it meets nothing that it must meet', async () => {
    let tries = 0;
    const late = inTransaction(async (tx) => {
      tries += 1;
      await Others.addWithOthers([{ otherId: 'x', n: 1 }], tx);
      const filter = { rowId: 'one', size: 7 };
      await Rows.updateWithOthers([{ filter, change: { inc: { size: 1 } } }], tx, { mustMeet: true });
    });
    await expect(late).rejects.toMatchObject({ code: 'subject.lostRace' });
    expect([tries, await Others.find({})]).toEqual([3, []]);
    const swallowed = inTransaction(async (tx) => {
      await Others.addWithOthers([{ otherId: 'x', n: 1 }], tx);
      const lost = [{ filter: { rowId: 'one', size: 7 }, change: { inc: { size: 1 } } }];
      await Rows.updateWithOthers(lost, tx, { mustMeet: true });
      await Rows.find({ owner: 'nok' }, { tx }).catch(() => undefined);
    });
    if (goesTogether) await expect(swallowed).rejects.toMatchObject({ code: 'subject.lostRace' });
    else await swallowed.catch(() => undefined);
    expect(await Others.find({})).toEqual([]);
    const missed = inTransaction(async (tx) => {
      await Rows.get('one', { tx });
      return await Rows.change({ rowId: 'one', state: 'CLOSED' }, { inc: { size: 1 } }, { tx });
    });
    expect(await missed).toBeUndefined();
  });

  it('makes what is not there, and tells where it is', async () => {
    const made: boolean[] = [];
    const make = () =>
      inTransaction(async (tx) => {
        const isMade = await Others.makeWithOthers(
          { filter: { otherId: 'x' }, change: { setOnInsert: { n: 5 } } },
          [],
          tx,
        );
        made.push(isMade);
        if (isMade) await Others.addWithOthers([{ otherId: 'y', n: 1 }], tx);
      });
    await make();
    expect(await Others.find({}, { sort: { otherId: 1 } })).toEqual([
      { otherId: 'x', n: 5 },
      { otherId: 'y', n: 1 },
    ]);
    await make();
    expect(made).toEqual(goesTogether ? [true, true, false] : [true, false]);
  });

  it('of two at once that change what both have read, one comes after the other', async () => {
    const add = () =>
      inTransaction(async (tx) => {
        const { size = 0 } = (await Rows.get('one', { tx })) ?? {};
        const changed = await Rows.change({ rowId: 'one', size }, { set: { size: size + 1 } }, { tx });
        expect(changed?.size).toBe(size + 1);
      });
    await Promise.all([add(), add(), add(), add()]);
    expect((await Rows.get('one'))?.size).toBe(5);
  });
});

describe('on a server that has no such command any more', () => {
  useModels(undefined, { watched: true });
  it('the transaction is begun anew, and each write goes as it comes', async () => {
    const db = mongoose.connection.getClient().db('admin');
    const asks = Object.getPrototypeOf(db).command;
    Object.getPrototypeOf(db).command = async function (this: unknown, command: object, ...more: unknown[]) {
      const isNew = 'bulkWrite' in command;
      return await asks.call(this, isNew ? { bulkWriteNotKnown: 1 } : command, ...more);
    };
    try {
      const asked = await askedIn((tx) => Others.addWithOthers([{ otherId: 'x', n: 1 }], tx));
      expect(asked).toEqual(['bulkWriteNotKnown', 'abortTransaction', 'insert']);
    } finally {
      Object.getPrototypeOf(db).command = asks;
    }
    expect([await Others.get('x'), isTogether()]).toEqual([{ otherId: 'x', n: 1 }, false]);
  });
});

const id = fc.constantFrom('a', 'b', 'c', 'd');
const owner = fc.constantFrom('nok', 'bee');
const state = fc.constantFrom('OPEN' as const, 'CLOSED' as const);
const size = fc.integer({ min: -2, max: 3 });
const place = fc.record({ kind: fc.constantFrom('shop', 'spot'), at: fc.option(size, { nil: undefined }) });
const change = fc.oneof(
  fc.record({ set: fc.record({ state, place: fc.option(place, { nil: null }) }, { requiredKeys: [] }) }),
  fc.record({ inc: fc.record({ size, 'place.at': size }, { requiredKeys: ['size'] }) }),
  fc.record({ min: fc.record({ size }), push: fc.record({ tags: fc.constantFrom('x', 'y') }) }),
  fc.record({ max: fc.record({ size }), push: fc.constant({ tags: { $each: ['p', 'q'], $slice: -2 } }) }),
  fc.record({ set: fc.record({ owner }), setOnInsert: fc.constant({ place: { kind: 'spot' } }) }),
);
const filter = fc.record(
  {
    owner: fc.oneof(owner, fc.record({ $ne: owner }), fc.record({ $in: fc.array(owner, { maxLength: 2 }) })),
    state,
    tags: fc.oneof(fc.constant('x'), fc.constant({ $ne: 'x' })),
    place: fc.record({ $exists: fc.boolean() }),
    'place.kind': fc.constantFrom('shop', 'spot'),
    size: fc.oneof(size, fc.record({ $nin: fc.array(size, { maxLength: 3 }) }), fc.record({ $gte: size })),
  },
  { requiredKeys: [] },
);
type Step = (tx: Transaction) => Promise<unknown>;
const STEPS: fc.Arbitrary<Step> = fc.oneof(
  id.map(
    (rowId): Step =>
      (tx) =>
        Rows.get(rowId, { tx }),
  ),
  filter.map(
    (wanted): Step =>
      (tx) =>
        Rows.find(wanted, { tx, sort: { rowId: 1 } }),
  ),
  fc.array(id).map(
    (ids): Step =>
      (tx) =>
        Rows.find({ rowId: { $in: ids } }, { tx, sort: { rowId: 1 } }),
  ),
  filter.map(
    (wanted): Step =>
      (tx) =>
        Rows.count(wanted, { tx }),
  ),
  fc.tuple(id, filter, change).map(
    ([rowId, more, to]): Step =>
      (tx) =>
        Rows.change({ ...more, rowId }, to, { tx }),
  ),
  fc.tuple(filter, change).map(
    ([wanted, to]): Step =>
      (tx) =>
        Rows.updateWithOthers([{ filter: wanted, change: to }], tx, { all: true }),
  ),
  fc.tuple(id, filter, change).map(
    ([rowId, more, to]): Step =>
      (tx) =>
        Rows.updateWithOthers([{ filter: { ...more, rowId }, change: to }], tx),
  ),
  fc.tuple(id, change).map(
    ([rowId, to]): Step =>
      async (tx) =>
        void (await Rows.update({ rowId }, to, { tx })),
  ),
  fc.tuple(id, owner).map(
    ([rowId, by]): Step =>
      async (tx) => {
        if ((await Rows.get(rowId, { tx })) === undefined) await Rows.addWithOthers([{ ...ROW, owner: by, rowId }], tx);
      },
  ),
  fc.tuple(id, owner).map(
    ([rowId, by]): Step =>
      async (tx) =>
        await Rows.makeWithOthers({ filter: { rowId }, change: { setOnInsert: { ...ROW, owner: by } } }, [], tx),
  ),
  id.map(
    (rowId): Step =>
      (tx) =>
        Rows.removeAll({ rowId }, { tx }),
  ),
);

describe('in any order', () => {
  useModels(undefined, { watched: true });

  it('what a transaction is told and leaves is the same together as one by one', async () => {
    const play = async (steps: readonly Step[]): Promise<unknown> => {
      await Rows.removeAll({});
      for (const rowId of ['a', 'b']) await Rows.add({ ...ROW, rowId });
      let told: unknown[] = [];
      await inTransaction(async (tx) => {
        told = [];
        for (const step of steps) told.push(await step(tx));
      });
      return [told, await Rows.find({}, { sort: { rowId: 1 } })];
    };
    const plays: unknown[][] = [];
    const scripts = fc.sample(
      fc.array(STEPS, { minLength: 2, maxLength: 9 }),
      howOften({ inEachRun: 60, inFull: 3_000 }),
    );
    for (const steps of scripts) plays.push([await play(steps)]);
    writeOneByOne();
    for (const [index, steps] of scripts.entries()) plays[index]?.push(await play(steps));
    for (const [together, oneByOne] of plays) expect(together).toEqual(oneByOne);
  });
});
