import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../migrations/list.ts';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { readVersion } from '../../migrations/store-version.ts';
import { openAsksOf } from '../../models/account-asks.ts';
import { database } from '../../models/database.ts';
import { addPhoto, deployPhotos, photosDeployedElsewhere } from '../../models/photos.ts';
import { seal } from '../../models/sealing.ts';
import { accountNamed, accountsOf } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import { type NamedRow, olderPhoto, type PhotoRow, storeOlderPhotos } from './version-0.ts';
import '../../models/appeals.ts';
import '../../models/digests.ts';
import '../../models/items.ts';
import '../../models/outbox.ts';

const clock = new MovableClock();
const log = createLog({ level: 'silent' });

const EMPTIED = [
  'photos',
  'digests',
  'cards',
  'outbox',
  'peoples',
  'items',
  'appeals',
  'accounts',
  'accountasks',
  'drafts',
  'inspectiontasks',
  'programmes',
  'submissions',
  'storeversion',
];

describe.each(servers())('a store from before there were versions, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  beforeEach(async () => {
    for (const name of EMPTIED) await database().collection(name).drop();
  });
  const start = () => prepareStore({ clock, ids: systemIds, log, alone: false });
  const deployed = async () => {
    const found = database().collection<PhotoRow>('photos').find({ deployed: true }).sort({ _id: 1 });
    return (await found.toArray()).map(({ _id }) => _id);
  };

  it('opens, and has the version of this release', async () => {
    await storeOlderPhotos([]);
    await start();
    expect(await readVersion(database())).toEqual({ writtenBy: MIGRATIONS.length, readableFrom: 0 });
  });

  it('lets a photo that an older release submitted back no other shop', async () => {
    await storeOlderPhotos([olderPhoto('old')]);
    const { _id: _, aboutKind, aboutId, backs: __, ...again } = olderPhoto('old');
    const about = { kind: aboutKind, id: aboutId };
    await inTransaction((tx) => addPhoto({ ...again, photoId: 'again', about } as Parameters<typeof addPhoto>[0], tx));
    expect(await inTransaction((tx) => photosDeployedElsewhere(['again'], tx))).toEqual([]);
    await start();
    expect(await inTransaction((tx) => photosDeployedElsewhere(['again'], tx))).toEqual(['again']);
    const twice = inTransaction((tx) => deployPhotos([{ photoId: 'again', backs: 'another/closeup' }], tx));
    await expect(twice).rejects.toMatchObject({ code: 'store.transient', cause: { code: 11000 } });
  });

  it('marks one of several with the same bytes, and only what a promotion has submitted', async () => {
    await storeOlderPhotos([
      olderPhoto('a'),
      olderPhoto('b', { originalHash: 'the same' }),
      olderPhoto('c', { originalHash: 'the same' }),
      olderPhoto('d', { originalHash: 'the same', isoId: 'another' }),
      olderPhoto('e', { originalHash: 'newer', deployed: true }),
      olderPhoto('f', { originalHash: 'newer' }),
      olderPhoto('inspected', { aboutKind: 'inspection' }),
      { ...olderPhoto('kept'), backs: undefined },
    ]);
    await database()
      .collection<PhotoRow>('photos')
      .updateOne({ _id: 'kept' }, { $unset: { backs: 1 } });
    await start();
    const marked = await deployed();
    expect(marked.filter((name) => name === 'b' || name === 'c')).toHaveLength(1);
    expect(marked.filter((name) => name !== 'b' && name !== 'c')).toEqual(['a', 'd', 'e']);
  });

  it('has the rest of a batch marked of which a unique index refuses one', async () => {
    await storeOlderPhotos(['nok', 'nok', 'lek'].map((userId, n) => olderPhoto(`photo${n}`, { userId })));
    const onlyOne = { unique: true, partialFilterExpression: { deployed: true } };
    await database().collection('photos').createIndex({ userId: 1 }, onlyOne);
    await start();
    expect(await deployed()).toEqual(['photo0', 'photo2']);
  });

  it('has its photos marked to the last, batch by batch, and again from its middle', async () => {
    const names = Array.from({ length: 1_100 }, (_, n) => `photo${String(n).padStart(4, '0')}`);
    await storeOlderPhotos(names.map((name) => olderPhoto(name)));
    await start();
    expect(await deployed()).toEqual(names);
    await database()
      .collection('photos')
      .updateMany({}, { $unset: { deployed: 1 } });
    const begun = { id: 1, checkpoint: 'photo0999' };
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 0, begun, done: [] } });
    await start();
    expect(await deployed()).toEqual(names.slice(1_000));
  });

  it('has lost the indexes that no query used', async () => {
    await storeOlderPhotos([]);
    await start();
    const names = async (name: string) => (await database().collection(name).indexes()).map((index) => index.name);
    // one that `aboutId` alone had
    expect(await names('photos')).not.toContain('aboutId_1');
    expect(await names('digests')).not.toContain('isoId_1_dataDate_-1');
  });

  it('has lost the indexes that others took the place of', async () => {
    const names = async (name: string) => (await database().collection(name).indexes()).map((index) => index.name);
    await database().collection('items').createIndex({ isoId: 1, submittedAt: 1 });
    await database().collection('appeals').createIndex({ state: 1 });
    expect(await names('items')).toContain('isoId_1_submittedAt_1');
    await start();
    expect(await names('items')).not.toContain('isoId_1_submittedAt_1');
    expect(await names('items')).toContain('isoId_1_state_1_submittedAt_1');
    expect(await names('appeals')).not.toContain('state_1');
  });

  it('has the cards of today where another name stood, once and again', async () => {
    const [cards, people] = [database().collection<NamedRow>('cards'), database().collection<NamedRow>('peoples')];
    const moving = (view: string) => ({ move: { dueAt: 1, photos: 2, content: { view, subject: { kind: 'item' } } } });
    const older = ['item-history', 'fraud', 'promotion', 'festival-lottery', 'results', 'item'];
    await cards.insertMany(older.map((view, n) => ({ _id: `card${n}`, view, wanted: n })));
    await people.insertMany([{ _id: 'lek' }, { _id: 'nok', ...moving('item') }, { _id: 'dao', ...moving('menu') }]);
    const newer = ['review.history', 'review.fraud', 'promotion', 'festival-lottery', 'review.mine', 'review.item'];
    for (const _ of ['once', 'again']) {
      await start();
      expect(await cards.find({}).sort({ _id: 1 }).toArray()).toEqual(
        newer.map((view, n) => ({ _id: `card${n}`, view, wanted: n, at: 0 })),
      );
      expect(await people.find({}).sort({ _id: 1 }).toArray()).toEqual([
        { _id: 'dao', ...moving('menu') },
        { _id: 'lek' },
        { _id: 'nok', ...moving('review.item') },
      ]);
      await database()
        .collection('storeversion')
        .updateOne({}, { $set: { writtenBy: 2 } });
    }
  });

  it('has its cards renamed to the last, batch by batch', async () => {
    const cards = database().collection<NamedRow>('cards');
    const names = ['submitted', 'waiting', 'help'];
    const rows = Array.from({ length: 1_200 }, (_, n) => ({ _id: `card${n}`, view: names[n % 3] ?? '' }));
    await cards.insertMany(rows);
    await start();
    for (const view of ['promotion.submitted', 'association.waiting', 'help']) {
      expect(await cards.countDocuments({ view })).toBe(400);
    }
  });

  it('has every card with buttons drawn anew, to the last, and no other', async () => {
    const cards = database().collection<NamedRow>('cards');
    const open = { kind: 'record', delivered: true, wanted: 1, stale: false };
    const rows = Array.from({ length: 1_200 }, (_, n) => ({ _id: `card${n}`, ...open }));
    await cards.insertMany([
      ...rows,
      { _id: 'folded', ...open, folded: { key: 'folded.continued' } },
      { _id: 'line', ...open, kind: 'line' },
      { _id: 'coming', ...open, delivered: false },
    ]);
    await start();
    const anew = await cards.find({ stale: true, wanted: 2 }).toArray();
    expect(anew.map(({ _id }) => _id).sort()).toEqual(rows.map(({ _id }) => _id).sort());
    expect(await cards.countDocuments({ stale: false, wanted: 1 })).toBe(3);
  });

  it('knows which photos are kept, and since when each card stands there, to the last', async () => {
    await storeOlderPhotos(Array.from({ length: 700 }, (_, n) => olderPhoto(`photo${n}`)));
    const [cards, outbox] = [database().collection<NamedRow>('cards'), database().collection<NamedRow>('outbox')];
    await outbox.insertMany([700, 701, 900].map((dueAt) => ({ _id: `card${dueAt}`, view: '', dueAt })));
    const rows = Array.from({ length: 600 }, (_, n) => ({ _id: `card${n + 200}`, view: 'help' }));
    await cards.insertMany([
      ...rows,
      { _id: 'folded', view: 'help', folded: {} },
      { _id: 'newer', view: 'help', at: 5 },
    ]);
    await start();
    expect(await database().collection('photos').countDocuments({ stored: true })).toBe(700);
    const since = async (_id: string) => (await cards.findOne({ _id }))?.at;
    expect(await since('card700')).toBe(700);
    expect(await since('card701')).toBe(701);
    // without its delivery, and folded nobody knows when: as if it were now
    expect([await since('card500'), await since('folded'), await since('newer')]).toEqual([900, 900, 5]);
    expect(await cards.countDocuments({ at: { $exists: false } })).toBe(0);
  });

  it('has every invitation to be sent again that another ISO held up, and no other changed', async () => {
    const associations = database().collection<NamedRow & { problem?: string }>('associations');
    const rows = Array.from({ length: 600 }, (_, n) => ({ _id: `held${n}`, view: '', problem: 'worksElsewhere' }));
    await associations.insertMany([...rows, { _id: 'bad', view: '', problem: 'badNumber' }, { _id: 'fine', view: '' }]);
    await start();
    expect(await associations.countDocuments({ problem: 'refused' })).toBe(600);
    expect(await associations.findOne({ _id: 'bad' })).toMatchObject({ problem: 'badNumber' });
    expect(await associations.countDocuments({ problem: { $exists: false } })).toBe(1);
  });

  it('has what an outage ended pending again, as far as it is still wanted', async () => {
    const [cards, people] = [database().collection<NamedRow>('cards'), database().collection<NamedRow>('peoples')];
    const outbox = database().collection<NamedRow>('outbox');
    const card = (_id: string, kind: string, view = 'menu', more = {}) => ({ _id, kind, view, viewer: 'nok', ...more });
    await cards.insertMany([
      card('older', 'working'),
      card('newest', 'working'),
      card('folded', 'working', 'menu', { folded: { key: 'folded.continued' } }),
      card('line', 'line', 'line'),
      card('monday', 'record', 'review.day'),
      card('tuesday', 'record', 'review.day'),
      card('submitted', 'record', 'promotion.submitted'),
      card('refused', 'record', 'promotion.submitted'),
      card('waiting', 'record', 'digest', { viewer: 'room', inGroup: true }),
    ]);
    await people.insertOne({ _id: 'nok', workingCard: 'newest' });
    const dead = (_id: string, dueAt: number, more = {}) => {
      const given = { state: 'DEAD', tries: 12, error: 'dingtalk.unreachable', leaseUntil: 0, rank: 1 };
      return { _id, outTrackId: _id, dueAt, ...given, ...more };
    };
    const { outTrackId: _, ...invitation } = dead('invitation', 9);
    await outbox.insertMany([
      ...['older', 'newest', 'folded', 'line', 'monday', 'tuesday', 'submitted', 'gone'].map((name, n) =>
        dead(name, n),
      ),
      { ...invitation, errand: { kind: 'invitation', id: 'request' } },
      dead('refused', 8, { error: 'dingtalk.refused' }),
      dead('waiting', 10, { state: 'PENDING', tries: 3 }),
    ]);
    await start();
    const found = async (state: string) =>
      (await outbox.find({ state }).toArray()).map(({ _id, error }) => (state === 'DROPPED' ? `${_id} ${error}` : _id));
    expect((await found('PENDING')).sort()).toEqual(['invitation', 'newest', 'submitted', 'tuesday', 'waiting']);
    const dropped = ['folded overtaken', 'gone gone', 'line late', 'monday overtaken', 'older overtaken'];
    expect((await found('DROPPED')).sort()).toEqual(dropped);
    expect(await outbox.findOne({ _id: 'refused' })).toMatchObject({ state: 'DEAD', to: 'nok', deadAt: 8 });
    expect(await outbox.findOne({ _id: 'newest' })).toMatchObject({ tries: 0, to: 'nok' });
    expect(await outbox.findOne({ _id: 'waiting' })).toMatchObject({ tries: 3, to: 'room', series: 'digest/room' });
  });

  it('says in whose hands items and appeals are, to the last, from its middle, and of what has been given on nothing', async () => {
    const [items, appeals] = [database().collection<NamedRow>('items'), database().collection<NamedRow>('appeals')];
    const older = Array.from({ length: 1_100 }, (_, n) => ({ _id: `item${n}`, staffId: n % 2 === 0 ? 'nok' : 'lek' }));
    await items.insertMany([
      ...older,
      { _id: 'given', staffId: 'nok', ownerId: 'dao', formerId: 'nok' },
      { _id: 'left', staffId: 'nok', formerId: 'nok' },
    ]);
    await appeals.insertMany([{ _id: 'appeal', userId: 'nok', itemRef: 'item0', againstRevision: 1 }]);
    await start();
    const owned = (ownerId: string) => items.countDocuments({ ownerId });
    expect([await owned('nok'), await owned('lek'), await owned('dao')]).toEqual([550, 550, 1]);
    expect(await items.findOne({ _id: 'left' })).toMatchObject({ staffId: 'nok', formerId: 'nok' });
    expect(await items.countDocuments({ _id: 'left', ownerId: { $exists: true } })).toBe(0);
    expect(await appeals.findOne({ _id: 'appeal' })).toMatchObject({ ownerId: 'nok' });
    // ended in the middle: what stands before its checkpoint was written meanwhile by the release before, and is read as it is
    await items.updateMany({ staffId: 'lek' }, { $unset: { ownerId: 1 } });
    const begun = { id: 9, checkpoint: 'items/item5' };
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 8, begun } });
    await start();
    const after = older.filter(({ _id, staffId }) => staffId === 'lek' && _id > 'item5');
    expect(await owned('lek')).toBe(after.length);
  });

  it('lists test accounts as they were given, one a name and one a person, and what is asked for', async () => {
    const people = database().collection<NamedRow>('peoples');
    const at = (userId: string, isoId: string, state = 'ACTIVE') => ({ _id: userId, isoId, state, role: 'STAFF' });
    await people.insertMany([
      at('nok', 'iso'),
      at('lek', 'iso'),
      at('mali', 'iso', 'PAUSED'),
      at('som', 'iso'),
      at('dao', 'other'),
    ]);
    const old = database().collection<NamedRow>('testaccounts');
    const asked = (userId: string, more: object = {}) => ({
      _id: userId,
      isoId: 'iso',
      version: 1,
      askedAt: 5,
      ...more,
    });
    const given = (userId: string, alias: string, givenAt: number) =>
      asked(userId, { sealedAlias: seal(alias), givenBy: 'ploy', givenAt });
    const rows = [
      given('lek', 'th-04', 8),
      given('mali', 'TH-05', 6),
      given('nok', 'TH-04', 7),
      given('dao', 'TH-06', 6),
    ];
    await old.insertMany([...rows, asked('som')]);
    await start();
    expect(await old.countDocuments({})).toBe(0);
    const accounts = await accountsOf('iso');
    expect(accounts.map(({ name, state, holderId }) => [name, state, holderId]).sort()).toEqual([
      ['TH-05', 'RETURNED', undefined],
      ['TH-06', 'RETURNED', undefined],
      ['th-04', 'GIVEN', 'lek'],
    ]);
    expect(await accountNamed('iso', 'TH-05')).toMatchObject({ back: 'left', lastHolderId: 'mali' });
    expect((await openAsksOf('iso')).map(({ userId, askedAt }) => [userId, askedAt])).toEqual([['som', 5]]);
    // begun again after it was ended with everything written and nothing removed
    await old.insertMany([...rows, asked('som')]);
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 9, begun: { id: 10 } } });
    await start();
    expect(await accountsOf('iso')).toEqual(accounts);
    expect(await openAsksOf('iso')).toHaveLength(1);
  });

  it('says under which programme something was submitted, to the last, and again from its middle', async () => {
    const rows = (name: string) => database().collection<NamedRow>(name);
    await rows('programmes').insertMany(
      [1, 2, 3].map((version) => ({ _id: `v${version}`, version, at: version * 10 })),
    );
    const items = Array.from({ length: 1_100 }, (_, n) => ({ _id: `item${n}`, staffId: 'nok', submittedAt: n % 40 }));
    await rows('items').insertMany([...items, { _id: 'said', staffId: 'nok', submittedAt: 35, programme: 1 }]);
    const against = { userId: 'nok', againstRevision: 1 };
    await rows('appeals').insertMany([
      { _id: 'late', itemRef: 'item25', startedAt: 99, ...against },
      { _id: 'of-none', itemRef: 'gone', startedAt: 99, ...against },
    ]);
    await rows('drafts').insertMany([
      { _id: 'mends', storeKey: 'modify:item31' },
      { _id: 'promotes', storeKey: 'iso|baan' },
    ]);
    await rows('inspectiontasks').insertMany([
      { _id: 'sent', isoId: 'iso', sourceKey: 'a', submittedAt: 22 },
      { _id: 'begun', isoId: 'iso', sourceKey: 'b' },
    ]);
    await rows('submissions').insertMany([5, 10, 40].map((at) => ({ _id: `line${at}#1`, submittedAt: at })));
    const versionIn = async (name: string, _id: string) => (await rows(name).findOne({ _id }))?.programme;
    await start();
    const said = (version: number) => rows('items').countDocuments({ programme: version });
    // before the first was applied, it is the first
    expect([await said(1), await said(2), await said(3)]).toEqual([561, 270, 270]);
    expect([await versionIn('appeals', 'late'), await versionIn('appeals', 'of-none')]).toEqual([2, 1]);
    expect([await versionIn('drafts', 'mends'), await versionIn('drafts', 'promotes')]).toEqual([3, undefined]);
    expect(await versionIn('inspectiontasks', 'sent')).toBe(2);
    expect(await versionIn('inspectiontasks', 'begun')).toBeUndefined();
    const lines = await Promise.all([5, 10, 40].map((at) => versionIn('submissions', `line${at}#1`)));
    expect(lines).toEqual([1, 1, 3]);
    // ended in the middle
    for (const name of ['items', 'submissions']) await rows(name).updateMany({}, { $unset: { programme: 1 } });
    const begun = { id: 11, checkpoint: '1 items/item5' };
    await database()
      .collection('storeversion')
      .updateOne({}, { $set: { writtenBy: 10, begun } });
    await start();
    expect(await rows('items').countDocuments({ programme: { $exists: false } })).toBe(
      items.filter(({ _id }) => _id <= 'item5').length,
    );
    expect(await versionIn('submissions', 'line40#1')).toBe(3);
  });
});
