import type { mongo } from 'mongoose';
import { beforeAll, describe, expect, it } from 'vitest';
import { servers, useDatabase } from './stores.ts';

type Thing = { _id: number } & mongo.Document;

describe.each(servers())('stages that change documents, on the $name server', ({ uri }) => {
  const at = useDatabase(uri);

  beforeAll(async () => {
    await at.db.collection<Thing>('people').insertMany([
      { _id: 1, name: 'Somchai', tags: ['a', 'b'], at: { city: 'Bangkok', zones: [1, 2] } },
      { _id: 2, name: 'Ploy', tags: [], at: { city: 'Chiang Mai' } },
      { _id: 3, name: 'Anan', tags: null },
      { _id: 4, name: 'Malee', tags: 'c', at: null, rows: [{ x: 1 }, { x: 2, y: 1 }, 7] },
    ]);
    await at.db.collection<Thing>('visits').insertMany([
      { _id: 1, person: 1, tag: 'a' },
      { _id: 2, person: 1, tag: 'c' },
      { _id: 3, person: null, tag: 'b' },
      { _id: 4, tag: ['a', 'z'] },
    ]);
  });

  // PostgreSQL with DocumentDB has codes of its own here
  const refusal = (code: number) => (uri === undefined ? { code } : { code: expect.any(Number) });
  const ran = (...stages: mongo.Document[]): Promise<mongo.Document[]> =>
    at.db.collection('people').aggregate(stages).toArray();
  const of = (_id: number): mongo.Document => ({ $match: { _id } });
  const BY_ID = { $sort: { _id: 1 } };

  it('$unwind gives one for each element, and leaves out what has none unless it is asked to keep it', async () => {
    const short = { $project: { tags: 1 } };
    expect(await ran(BY_ID, short, { $unwind: '$tags' })).toEqual([
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 4, tags: 'c' },
    ]);
    expect(await ran(BY_ID, short, { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } })).toEqual([
      { _id: 1, tags: 'a' },
      { _id: 1, tags: 'b' },
      { _id: 2 },
      { _id: 3, tags: null },
      { _id: 4, tags: 'c' },
    ]);
    expect(await ran(BY_ID, { $project: { at: 1 } }, { $unwind: '$at.zones' })).toEqual([
      { _id: 1, at: { city: 'Bangkok', zones: 1 } },
      { _id: 1, at: { city: 'Bangkok', zones: 2 } },
    ]);
    expect(await ran({ $unwind: '$rows.x' })).toEqual([]);
  });

  it('$addFields and $set add fields, inside of others and of elements, and $unset takes them away', async () => {
    const added = { $addFields: { city: '$at.city', at: { zones: null, land: 'TH' }, 'new.one': 1, gone: '$none' } };
    expect(await ran(of(1), added)).toEqual([
      {
        _id: 1,
        name: 'Somchai',
        tags: ['a', 'b'],
        at: { city: 'Bangkok', zones: null, land: 'TH' },
        city: 'Bangkok',
        new: { one: 1 },
      },
    ]);
    expect(await ran(of(4), { $set: { 'rows.z': true, 'name.first': '$name', at: '$none' } })).toEqual([
      {
        _id: 4,
        name: { first: 'Malee' },
        tags: 'c',
        rows: [{ x: 1, z: true }, { x: 2, y: 1, z: true }, { z: true }],
      },
    ]);
    expect(await ran(of(4), { $unset: ['rows.x', 'at', 'tags'] })).toEqual([
      { _id: 4, name: 'Malee', rows: [{}, { y: 1 }, 7] },
    ]);
    expect(await ran(of(2), { $unset: 'at.city' }, { $project: { at: 1 } })).toEqual([{ _id: 2, at: {} }]);
  });

  it('$replaceRoot and $replaceWith go on with a part, or with something new', async () => {
    expect(await ran(of(1), { $replaceRoot: { newRoot: '$at' } })).toEqual([{ city: 'Bangkok', zones: [1, 2] }]);
    const made = { person: '$name', where: { city: '$at.city' }, none: '$none', kind: 'x' };
    expect(await ran(of(2), { $replaceWith: made })).toEqual([
      { person: 'Ploy', where: { city: 'Chiang Mai' }, kind: 'x' },
    ]);
    await expect(ran({ $replaceRoot: { newRoot: '$name' } })).rejects.toMatchObject(refusal(40228));
  });

  it('$lookup finds what belongs to each, with nothing for what is missing', async () => {
    const visits = { from: 'visits', localField: '_id', foreignField: 'person', as: 'visits' };
    const found = await ran(BY_ID, { $lookup: visits }, { $project: { 'visits._id': 1 } });
    expect(found).toEqual([
      { _id: 1, visits: [{ _id: 1 }, { _id: 2 }] },
      { _id: 2, visits: [] },
      { _id: 3, visits: [] },
      { _id: 4, visits: [] },
    ]);
    const byTags = { from: 'visits', localField: 'tags', foreignField: 'tag', as: 'seen.at' };
    const ids = async (stage: mongo.Document, field: string) =>
      (await ran(BY_ID, { $lookup: stage }, { $unwind: `$${field}` }, { $replaceRoot: { newRoot: `$${field}` } })).map(
        ({ _id }) => _id,
      );
    expect((await ids(byTags, 'seen.at')).toSorted()).toEqual([1, 2, 3, 4]);
    const missing = { from: 'visits', localField: 'nothing', foreignField: 'person', as: 'v' };
    expect(await ids(missing, 'v')).toEqual([3, 4, 3, 4, 3, 4, 3, 4]);
    const nowhere = { from: 'nowhere', localField: '_id', foreignField: 'x', as: 'v' };
    expect(await ran(of(3), { $lookup: nowhere })).toEqual([{ _id: 3, name: 'Anan', tags: null, v: [] }]);
  });

  it('$lookup by a pipeline finds the same for each, in its own order', async () => {
    const latest = {
      from: 'visits',
      pipeline: [{ $match: { _id: { $gte: 2 } } }, { $sort: { _id: -1 } }, { $limit: 2 }],
    };
    const counted = { from: 'visits', pipeline: [{ $match: { person: 1 } }, { $count: 'n' }], as: 'n' };
    const none = { from: 'nowhere', pipeline: [{ $match: { person: 1 } }], as: 'none' };
    const shown = { $project: { 'seen.last._id': 1, n: 1, none: 1 } };
    const stages = [{ $lookup: { ...latest, as: 'seen.last' } }, { $lookup: counted }, { $lookup: none }, shown];
    const found = { seen: { last: [{ _id: 4 }, { _id: 3 }] }, n: [{ n: 2 }], none: [] };
    expect(await ran({ $match: { _id: { $lte: 2 } } }, BY_ID, ...stages)).toEqual([
      { _id: 1, ...found },
      { _id: 2, ...found },
    ]);
    expect(await ran(of(99), { $lookup: counted })).toEqual([]);
  });

  it('$lookup takes an empty array for what is missing', async () => {
    const things = at.db.collection<{ _id: number; tags?: string[]; tag?: string | null }>('empty');
    await things.insertMany([
      { _id: 1, tags: [] },
      { _id: 2, tag: 'a' },
      { _id: 3, tag: null },
    ]);
    const own = { from: 'empty', localField: 'tags', foreignField: 'tag', as: 'found' };
    const [first] = await things.aggregate([{ $match: { _id: 1 } }, { $lookup: own }]).toArray();
    expect(first?.found.map(({ _id }: { _id: number }) => _id).toSorted()).toEqual([1, 3]);
  });

  it('$lookup finds what a list of documents names, and refuses one in which some name nothing', async () => {
    const things = at.db.collection<{ _id: string; by?: { of?: string | string[] }[] }>('listed');
    await things.insertMany([
      { _id: 'a', by: [{ of: 'b' }, { of: ['c', 'd'] }] },
      { _id: 'b', by: [] },
      { _id: 'c' },
      { _id: 'd', by: [{ of: 'a' }, {}] },
    ]);
    const named = { from: 'listed', localField: 'by.of', foreignField: '_id', as: 'found' };
    const found = (_id: string) =>
      things.aggregate([{ $match: { _id } }, { $lookup: named }, { $project: { 'found._id': 1 } }]).toArray();
    const [first] = await found('a');
    expect(first?.found.map(({ _id }: { _id: string }) => _id).toSorted()).toEqual(['b', 'c', 'd']);
    expect(await found('b')).toEqual([{ _id: 'b', found: [] }]);
    expect(await found('c')).toEqual([{ _id: 'c', found: [] }]);
    // where such a list is of whatever else, servers do not agree
    if (uri === undefined) await expect(found('d')).rejects.toMatchObject(refusal(2));
  });

  it('$unionWith gives what another collection has, in its own order, after what there is', async () => {
    const visits = {
      coll: 'visits',
      pipeline: [{ $match: { _id: { $gte: 2 } } }, { $sort: { _id: -1 } }, { $limit: 2 }],
    };
    const more = [{ $unionWith: visits }, { $unionWith: 'nowhere' }, { $project: { _id: 1 } }];
    expect(await ran(of(1), ...more)).toEqual([{ _id: 1 }, { _id: 4 }, { _id: 3 }]);
    expect(await ran(of(99), ...more)).toEqual([{ _id: 4 }, { _id: 3 }]);
    const counted = { coll: 'visits', pipeline: [{ $match: { person: 1 } }, { $count: 'n' }, { $set: { of: 1 } }] };
    expect(await ran(of(99), { $unionWith: counted })).toEqual([{ n: 2, of: 1 }]);
  });

  it
    .runIf(uri === undefined)
    .each([
      { $unionWith: 'visits' },
      { $facet: { here: [{ $count: 'n' }], all: [{ $unionWith: 'visits' }] } },
      { $lookup: { from: 'people', pipeline: [{ $unionWith: 'visits' }], as: 'all' } },
    ])('%o is refused within a transaction, since it would read what is not part of it', async (stage) => {
    const session = at.db.client.startSession();
    const within = session.withTransaction(() => at.db.collection('people').aggregate([stage], { session }).toArray());
    await expect(within).rejects.toMatchObject({ code: 263 });
    await session.endSession();
  });

  it('$facet runs several over the same, also over nothing', async () => {
    const parts = {
      count: [{ $count: 'n' }],
      names: [{ $match: { _id: { $gt: 2 } } }, BY_ID, { $project: { name: 1, _id: 0 } }],
      cities: [{ $match: { 'at.city': { $exists: true } } }, { $group: { _id: '$at.city', n: { $sum: 1 } } }, BY_ID],
    };
    expect(await ran({ $facet: parts })).toEqual([
      {
        count: [{ n: 4 }],
        names: [{ name: 'Anan' }, { name: 'Malee' }],
        cities: [
          { _id: 'Bangkok', n: 1 },
          { _id: 'Chiang Mai', n: 1 },
        ],
      },
    ]);
    expect(await ran({ $match: { _id: 99 } }, { $facet: { all: [{ $match: {} }] } })).toEqual([{ all: [] }]);
    await expect(ran({ $facet: { a: [{ $facet: { b: [] } }] } })).rejects.toMatchObject(refusal(40600));
  });

  it('$group goes by several fields', async () => {
    const pairs = at.db.collection<Thing>('pairs');
    await pairs.insertMany([
      { _id: 1, a: 1, b: 'x' },
      { _id: 2, a: 1, b: 'x' },
      { _id: 3, a: 1, b: 'y' },
    ]);
    const by = { $group: { _id: { a: '$a', b: '$b' }, n: { $sum: 1 } } };
    expect(await pairs.aggregate([by, { $sort: { n: -1 } }]).toArray()).toEqual([
      { _id: { a: 1, b: 'x' }, n: 2 },
      { _id: { a: 1, b: 'y' }, n: 1 },
    ]);
  });
});
