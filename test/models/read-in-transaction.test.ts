import { describe, expect, it } from 'vitest';
import { collection } from '../../models/collection.ts';
import { isTogether } from '../../models/database.ts';
import { list, number, text } from '../../models/fields.ts';
import { readAll } from '../../models/read-together.ts';
import { inTransaction, type Transaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { askedIn } from './asked-in.ts';
import { useModels } from './store.ts';

const Here = collection('askedhere', { id: 'hereId', fields: { owner: text(), size: number(), tags: list<string>() } });
const There = collection('askedthere', { id: 'thereId', fields: { of: text(), note: text().optional() } });

describe.each(servers())('what a transaction asks at one moment on the $name server', ({ uri }) => {
  useModels(uri, { watched: true });
  const here = (hereId: string, size: number) => ({ hereId, owner: 'nok', size, tags: ['a'] });

  async function stored(): Promise<void> {
    await Here.removeAll({});
    await There.removeAll({});
    await Here.addAll([here('one', 1), here('two', 2), here('three', 3)]);
    await There.addAll([
      { thereId: 'x', of: 'one', note: 'first' },
      { thereId: 'y', of: 'one' },
    ]);
  }

  const questions = (tx: Transaction) =>
    [
      () => Here.find({ owner: 'nok' }, { sort: { size: -1 }, limit: 2, only: ['hereId'], tx }),
      () => Here.find({ size: { $gte: 2 } }, { sort: { hereId: 1 }, tx }),
      () => There.count({ of: 'one' }, { tx }),
      () => There.count({ of: 'two' }, { tx }),
      () => There.get('x', { tx }),
      () => There.get('nobody', { tx }),
      async () => await Here.get((await There.findOne({ note: { $exists: true } }, { tx }))?.of ?? '', { tx }),
    ] as const;

  const ANSWERS = [
    [{ hereId: 'three' }, { hereId: 'two' }],
    [here('three', 3), here('two', 2)],
    2,
    0,
    { thereId: 'x', of: 'one', note: 'first' },
    undefined,
    here('one', 1),
  ];

  it('is one command once it has read a row, and one more for what follows from that', async () => {
    await stored();
    const asked = await askedIn(async (tx) => {
      await Here.get('two', { tx });
      expect(await readAll(...questions(tx))).toEqual(ANSWERS);
    });
    expect(asked).toEqual(['find', 'aggregate', 'find']);
  });

  it('is read with what it names elsewhere by one command, as it is written in it', async () => {
    await stored();
    await There.add({ thereId: 'a', of: 'three' });
    const byTags = { of: There, by: 'tags', at: 'thereId', only: ['thereId', 'of'] } as const;
    const names = { of: Here, by: 'of', at: 'hereId', only: ['size'] } as const;
    const all = { sort: { thereId: -1 }, limit: 2, only: ['thereId'] } as const;
    const found = [
      { record: { thereId: 'y' }, joined: [{ size: 1 }] },
      { record: { thereId: 'x' }, joined: [{ size: 1 }] },
    ];
    expect(await There.findWith({}, names, all)).toEqual(found);
    const asked = await askedIn(async (tx) => {
      await Here.get('two', { tx });
      const [big, last] = await readAll(
        () => Here.findWith({ size: { $gt: 2 } }, byTags, { tx }),
        () => There.findWith({}, names, { ...all, tx }),
      );
      expect([big, last]).toEqual([[{ record: here('three', 3), joined: [{ thereId: 'a', of: 'three' }] }], found]);
      // what came with it is known
      expect(await There.get('a', { tx })).toEqual({ thereId: 'a', of: 'three' });
      await There.change({ thereId: 'a' }, { set: { of: 'two' } }, { tx });
      const [again] = await Here.findWith({ size: { $gt: 2 } }, byTags, { tx });
      expect(again?.joined).toEqual([{ thereId: 'a', of: 'two' }]);
    });
    expect(asked.filter((name) => name === 'find' || name === 'aggregate')).toEqual(['find', 'aggregate', 'aggregate']);
    // together with others outside of a transaction
    const [ofThree, none, count] = await Promise.all([
      Here.findWith({ hereId: 'three' }, byTags, { only: ['size'] }),
      There.findWith({ thereId: { $in: [] } }, names),
      There.count({ of: 'one' }),
    ]);
    expect([ofThree, none, count]).toEqual([[{ record: { size: 3 }, joined: [{ thereId: 'a', of: 'two' }] }], [], 2]);
  });

  it('is known with all that was joined to it, until any of either is written', async () => {
    await stored();
    const asked = await askedIn(async (tx) => {
      const withThem = () => Here.findWith({ size: { $lte: 2 } }, { of: There, by: 'hereId', at: 'of' }, { tx });
      const joinedTo = async () => (await withThem()).map(({ joined }) => joined.length).toSorted();
      await Here.get('three', { tx });
      expect([await joinedTo(), await joinedTo()]).toEqual([
        [0, 2],
        [0, 2],
      ]);
      // all that there is of one, and nothing of two
      const ofBoth = () => There.find({ of: { $in: ['one', 'two'] } }, { tx });
      expect(await ofBoth()).toHaveLength(2);
      await There.addWithOthers([{ thereId: 'z', of: 'two' }], tx);
      expect([(await ofBoth()).length, await joinedTo()]).toEqual([3, [1, 2]]);
    });
    if (isTogether()) expect(asked).toEqual(['find', 'aggregate', 'bulkWrite', 'aggregate']);
  });

  it('is known of what is new, where all of it was added', async () => {
    await stored();
    const asked = await askedIn(async (tx) => {
      await Here.get('two', { tx });
      const added = ['v', 'w'].map((thereId) => ({ thereId, of: 'nothing before' }));
      await There.addWithOthers(added, tx, undefined, 'of');
      expect(await There.find({ of: 'nothing before' }, { sort: { thereId: -1 }, tx })).toEqual(added.toReversed());
    });
    if (isTogether()) expect(asked).toEqual(['find', 'bulkWrite']);
  });

  it('is asked one after the other where nothing was read, with the same answers', async () => {
    await stored();
    await inTransaction(async (tx) => expect(await readAll(...questions(tx))).toEqual(ANSWERS));
  });

  it('is asked one after the other where it is too much for one answer', async () => {
    await stored();
    const much = 'x'.repeat(6_000_000);
    for (const thereId of ['a', 'b', 'c']) await There.add({ thereId, of: 'two', note: much });
    let tries = 0;
    await inTransaction(async (tx) => {
      tries += 1;
      await Here.get('two', { tx });
      const [found, count] = await readAll(
        () => There.find({ of: 'two' }, { tx }),
        () => There.count({ of: 'two' }, { tx }),
      );
      expect([found.map(({ note }) => note?.length), count]).toEqual([Array(3).fill(much.length), 3]);
    });
    expect(tries).toBeLessThanOrEqual(2);
  });

  it('is not asked again in it, until something is written of which that cannot be told', async () => {
    await stored();
    const asked = await askedIn(async (tx) => {
      const own = () => Here.find({ owner: 'nok' }, { tx });
      const big = () => Here.count({ size: { $gte: 2 } }, { tx });
      const nobodys = () => Here.findOne({ owner: 'nobody' }, { tx });
      const notes = () => There.find({ of: 'one' }, { tx });
      await Here.get('two', { tx });
      await readAll(own, big, nobodys, notes);
      expect([(await own()).length, await big(), await nobodys(), (await notes()).length]).toEqual([
        3,
        2,
        undefined,
        2,
      ]);
      await Here.change({ hereId: 'two' }, { set: { size: 0 } }, { tx });
      // it is of somebody else, before and after
      expect(await nobodys()).toBeUndefined();
      expect(await notes()).toHaveLength(2);
      expect([(await own()).map(({ size }) => size).toSorted(), await big()]).toEqual([[0, 1, 3], 1]);
      await Here.change({ hereId: 'two' }, { set: { owner: 'nobody' } }, { tx });
      expect((await nobodys())?.hereId).toBe('two');
      await There.addWithOthers([{ thereId: 'z', of: 'one' }], tx);
      expect(await notes()).toHaveLength(3);
    });
    // of whole rows it is told what is written; what is counted by a size, and the first of some, is asked again
    const again = ['bulkWrite', 'aggregate', 'bulkWrite', 'find', 'bulkWrite'];
    if (isTogether()) expect(asked).toEqual(['find', 'aggregate', ...again]);
  });

  it('is not asked again by what writes once, without a transaction', async () => {
    await stored();
    const mayBeSingle = { isLikely: () => true, was: () => undefined };
    const writesOnce = async (tx: Transaction): Promise<void> => {
      const own = () => Here.find({ owner: 'nok' }, { sort: { size: 1 }, tx });
      expect(await own()).toEqual(await own());
      expect(await Here.get('two', { tx })).toEqual(here('two', 2));
      await Here.change({ hereId: 'two', size: 2 }, { set: { size: 0 } }, { tx, isLast: true });
      expect((await own()).map(({ size }) => size)).toEqual([0, 1, 3]);
    };
    expect(await askedIn(writesOnce, { mayBeSingle })).toEqual(['find', 'findAndModify', 'find']);
  });

  it('has what waits to be written written before, and fails with it', async () => {
    await stored();
    await inTransaction(async (tx) => {
      await Here.get('two', { tx });
      await There.addWithOthers([{ thereId: 'z', of: 'one' }], tx);
      const both = await readAll(
        () => There.count({ of: 'one' }, { tx }),
        () => Here.count({ owner: 'nok' }, { tx }),
      );
      expect(both).toEqual([3, 3]);
    });
    const failing = inTransaction(async (tx) => {
      await Here.get('two', { tx });
      await There.addWithOthers([{ thereId: 'z', of: 'two' }], tx, 'subject.stale');
      await readAll(
        () => There.count({ of: 'one' }, { tx }),
        () => Here.count({ owner: 'nok' }, { tx }),
      );
    });
    await expect(failing).rejects.toMatchObject({ code: 'subject.stale' });
  });
});
