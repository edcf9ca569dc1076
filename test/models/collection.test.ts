import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { collection, type RecordOf } from '../../models/collection.ts';
import { flag, list, mark, number, sealed, sealedValue, text, value } from '../../models/fields.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from './store.ts';

const Things = collection('things', {
  id: 'thingId',
  fields: {
    owner: text(),
    state: text<'OPEN' | 'CLOSED'>(),
    size: number(),
    tags: list<string>(),
    name: sealed(),
    answers: sealedValue<Readonly<Record<string, string>>>('sealed').optional(),
    place: value<{ readonly kind: string; readonly id?: string | undefined }>().optional(),
    note: text().optional(),
  },
  own: { pending: flag(), live: mark() },
  indexes: [
    [
      { owner: 1, thingId: 1 },
      { unique: true, partialFilterExpression: { live: true } },
    ],
  ],
});
type Thing = RecordOf<typeof Things>;

const Unnamed = collection('unnamed', { fields: { what: text() } });

const THING = { owner: 'nok', state: 'OPEN', size: 1, tags: ['a'], name: 'Nok Jaidee', pending: true } as const;

/** As a filter looks whose value the compiler was told to be there: read from a file, or through a cast. */
const lost = (): string => JSON.parse('{}').missing;

describe.each(servers())('a collection on the $name server', ({ uri }) => {
  useModels(uri);
  const stored = () => mongoose.connection.collection<{ _id: string }>('things');

  it('keeps what is declared and nothing that is undefined, and hands it out as it was', async () => {
    const place = { kind: 'shop', id: undefined };
    await Things.add({ ...THING, thingId: 'kept', answers: { q: 'a' }, place, note: undefined });
    const row = await stored().findOne({ _id: 'kept' });
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ['_id', 'owner', 'pending', 'place', 'sealed', 'sealedName', 'size', 'state', 'tags'].sort(),
    );
    expect(row).toMatchObject({ place: { kind: 'shop' } });
    expect(JSON.stringify(row)).not.toMatch(/Jaidee|"q"/);
    const { pending, ...said } = THING;
    const thing: Thing | undefined = await Things.get('kept');
    expect(thing).toEqual({ ...said, thingId: 'kept', answers: { q: 'a' }, place: { kind: 'shop' } });
  });

  it('hands out what is its own only where that is asked for by name', async () => {
    await Things.add({ ...THING, thingId: 'own' });
    expect(await Things.get('own')).not.toHaveProperty('pending');
    expect(await Things.get('own', { only: ['pending', 'size'] })).toEqual({ pending: true, size: 1 });
    const changed = await Things.change({ thingId: 'own' }, { inc: { size: 1 } }, { also: ['pending'] });
    expect(changed).toMatchObject({ thingId: 'own', size: 2, pending: true });
  });

  it('refuses a filter with an undefined value, however deep, and changes nothing', async () => {
    await Things.add({ ...THING, thingId: 'all', owner: 'bee' });
    const refused = { code: 'bug.unexpected' };
    await expect(Things.find({ owner: lost() })).rejects.toMatchObject(refused);
    await expect(Things.find({ size: { $lt: 5 }, owner: { $in: ['bee', lost()] } })).rejects.toMatchObject(refused);
    await expect(Things.find({ $or: [{ owner: 'bee' }, { owner: { $ne: lost() } }] })).rejects.toMatchObject(refused);
    await expect(Things.updateAll({ owner: lost() }, { set: { size: 9 } })).rejects.toMatchObject(refused);
    await expect(Things.removeAll({ owner: lost() })).rejects.toMatchObject(refused);
    await expect(Things.get(lost())).rejects.toMatchObject(refused);
    expect(await Things.count({ size: 9 })).toBe(0);
    expect(await Things.find({ owner: 'bee' })).toHaveLength(1);
  });

  it('looks for nothing by a field that is not declared, and stores none, though a wider type passes the compiler', async () => {
    const wide = { owner: 'wide', colour: 'red' };
    await expect(Things.find(wide)).rejects.toMatchObject({ code: 'bug.unexpected' });
    await Things.add({ ...THING, ...wide, thingId: 'wide' });
    await Things.update({ thingId: 'wide' }, { set: { ...wide, size: 2 } });
    expect(await stored().findOne({ _id: 'wide' })).toMatchObject({ owner: 'wide', size: 2 });
    expect(await stored().findOne({ _id: 'wide' })).not.toHaveProperty('colour');
  });

  it('leaves what an update says is undefined, and takes away what it says is null', async () => {
    await Things.add({ ...THING, thingId: 'changed', note: 'new', answers: {} });
    await Things.update({ thingId: 'changed' }, { set: { note: undefined, answers: null, size: 3 } });
    expect(await Things.get('changed')).toMatchObject({ note: 'new', size: 3, answers: undefined });
    expect(await stored().findOne({ _id: 'changed' })).not.toHaveProperty('sealed');
  });

  it('says whom an update of nothing meant, and changes nothing', async () => {
    await Things.add({ ...THING, thingId: 'still' });
    const nothing = { set: { note: undefined } };
    expect(await Things.update({ thingId: 'still' }, nothing)).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await Things.change({ thingId: 'still' }, nothing)).toMatchObject({ thingId: 'still', size: 1 });
    expect(await Things.change({ thingId: 'nobody' }, nothing)).toBeUndefined();
    expect(await Things.updateEach([{ filter: { thingId: 'still' }, change: nothing }])).toMatchObject({
      matchedCount: 1,
    });
  });

  it('counts many updates of one transaction as it does few, and refuses all where one is refused', async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({ ...THING, thingId: `many${n}` }));
    await Things.addAll(many);
    const place = { kind: 'shop', id: undefined };
    const resized = (size: number) =>
      many.map(({ thingId }) => ({ filter: { thingId }, change: { set: { size, place } } }));
    const { size: _, ...unsized } = THING;
    const made = { filter: { thingId: 'fresh' }, change: { setOnInsert: unsized, set: { size: 5 } }, upsert: true };
    const written = await inTransaction((tx) => Things.updateEach([...resized(2), made], { tx }));
    expect(written).toEqual({ matchedCount: 60, modifiedCount: 60, upsertedCount: 1 });
    expect((await Things.get('fresh'))?.size).toBe(5);
    const row = await stored().findOne({ _id: 'many1' });
    expect(row).toHaveProperty('place.kind', 'shop');
    expect(row).not.toHaveProperty('place.id');
    // there is one of that name, which is not closed
    const taken = {
      filter: { thingId: 'many0', state: 'CLOSED' as const },
      change: { set: { size: 4 } },
      upsert: true,
    };
    const refused = inTransaction((tx) => Things.updateEach([...resized(3), taken], { tx }));
    await expect(refused).rejects.toMatchObject({ code: 'store.transient', cause: { code: 11000 } });
    expect((await Things.get('many1'))?.size).toBe(2);
  });

  it('gives what nobody names a name of its own, and leaves what is handed in as it was', async () => {
    const thing = { ...THING, thingId: 'handed' };
    await Things.addAll([thing]);
    expect(thing).toEqual({ ...THING, thingId: 'handed' });
    await Unnamed.add({ what: 'a' });
    await Unnamed.addAll([{ what: 'b' }, { what: 'c' }]);
    expect((await Unnamed.find({}, { sort: { what: 1 } })).map(({ what }) => what)).toEqual(['a', 'b', 'c']);
  });

  it('makes the indexes that it declares, by the names that stand in the store', async () => {
    expect(await stored().indexes()).toContainEqual(
      expect.objectContaining({ key: { owner: 1, _id: 1 }, unique: true, partialFilterExpression: { live: true } }),
    );
  });
});

it('does not compile with what it would refuse', () => {
  // the compiler proves it: each of these is an error, and one that is none any more is an error, too
  const refused = (maybe: string | undefined): readonly Promise<unknown>[] => [
    // @ts-expect-error: an undefined value in a filter
    Things.find({ owner: maybe }),
    // @ts-expect-error: within an operator, too
    Things.find({ owner: { $in: [maybe] } }),
    // @ts-expect-error: no such field
    Things.find({ colour: 'red' }),
    // @ts-expect-error: no such state
    Things.find({ state: 'LOST' }),
    // @ts-expect-error: sealed, so that nothing finds it
    Things.find({ name: 'Nok' }),
    // @ts-expect-error: no such field below
    Things.find({ 'place.colour': 'red' }),
    // @ts-expect-error: no such field
    Things.update({ owner: 'nok' }, { set: { colour: 'red' } }),
    // @ts-expect-error: a record must have it
    Things.update({ owner: 'nok' }, { set: { size: null } }),
    // @ts-expect-error: not a number
    Things.update({ owner: 'nok' }, { inc: { owner: 1 } }),
  ];
  expect(refused).toBeTypeOf('function');
});
