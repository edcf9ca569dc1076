import { MovableClock } from '@field/kit/clock';
import { systemIds } from '@field/kit/ids';
import { createLog } from '@field/kit/log';
import { beforeEach, describe, expect, it } from 'vitest';
import { prepareStore } from '../../migrations/prepare-store.ts';
import { database } from '../../models/database.ts';
import { sealJson, unsealJson } from '../../models/sealing.ts';
import { servers } from '../../packages/embedded-store/test/stores.ts';
import { useModels } from '../models/store.ts';
import type { NamedRow } from './version-0.ts';

describe.each(servers())('a store from before photos were lists, on the $name server', ({ uri }) => {
  useModels(uri, { fresh: true });
  beforeEach(async () => {
    for (const name of ['drafts', 'spots', 'stores', 'storeversion']) await database().collection(name).drop();
  });
  const start = () =>
    prepareStore({ clock: new MovableClock(), ids: systemIds, log: createLog({ level: 'silent' }), alone: false });

  it('has its photos in lists by what they show, and asks for parts by their names, to the last', async () => {
    const [stores, spots, drafts] = ['stores', 'spots', 'drafts'].map((name) => database().collection<NamedRow>(name));
    const licence = { photoId: 'paper', sha256: 'x', at: 3 };
    const details = (merchant: object) => sealJson({ managerName: 'Malee', more: {}, merchant });
    await stores?.insertMany([
      {
        _id: 'shop',
        isoId: 'iso',
        normalizedKey: 'shop',
        storefrontPhoto: 'front',
        createdAt: 5,
        sealedDetails: details({ licence }),
      },
      {
        _id: 'other',
        isoId: 'iso',
        normalizedKey: 'other',
        storefrontPhoto: 'gate',
        createdAt: 6,
        sealedDetails: details({}),
      },
      { _id: 'newer', isoId: 'iso', normalizedKey: 'newer', photos: [{ slot: 'door', photoId: 'p', at: 9 }] },
    ]);
    await spots?.insertMany(
      Array.from({ length: 600 }, (_, n) => ({
        _id: `spot${n}`,
        contextPhoto: `c${n}`,
        closeupPhoto: `d${n}`,
        deployedAt: n,
      })),
    );
    const draft = (asks: readonly string[]) => sealJson({ answers: {}, modifies: { itemRef: 'spot1', asks } });
    await drafts?.insertMany([
      { _id: 'mends', storeKey: 'modify:spot1', version: 4, sealed: draft(['spotForm', 'context']) },
      { _id: 'promotes', storeKey: '', version: 1, sealed: sealJson({ answers: {} }) },
    ]);
    for (const _ of ['once', 'again']) {
      await start();
      expect(await stores?.findOne({ _id: 'shop' })).toMatchObject({
        photos: [
          { slot: 'storefront', photoId: 'front', at: 5 },
          { slot: 'licence', photoId: 'paper', at: 3 },
        ],
      });
      expect(await stores?.findOne({ _id: 'other' })).toMatchObject({
        photos: [{ slot: 'storefront', photoId: 'gate' }],
      });
      expect(await stores?.findOne({ _id: 'newer' })).toMatchObject({ photos: [{ slot: 'door' }] });
      expect(await spots?.countDocuments({ 'photos.1.slot': 'closeup' })).toBe(600);
      expect(await spots?.findOne({ _id: 'spot599' })).toMatchObject({
        photos: [
          { slot: 'context', photoId: 'c599', at: 599 },
          { slot: 'closeup', photoId: 'd599', at: 599 },
        ],
      });
      const mends = await drafts?.findOne({ _id: 'mends' });
      expect(unsealJson(String(mends?.sealed))).toMatchObject({ modifies: { asks: ['spots', 'context'] } });
      await database()
        .collection('storeversion')
        .updateOne({}, { $set: { writtenBy: 11 } });
    }
  });
});
