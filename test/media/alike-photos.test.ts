import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { addPhoto, photoReleased, storedPhotosAbout } from '../../models/photos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { embeddedInEachRun } from '../../packages/embedded-store/test/stores.ts';
import { createAlikePhotos } from '../../src/media/alike-photos.ts';
import { checkPhoto } from '../../src/media/check-photo.ts';
import { readCodes } from '../../src/media/read-codes.ts';
import { useModels } from '../models/store.ts';
import { pictures } from '../support/pictures.ts';
import { StillClock } from '../support/still-clock.ts';

const NOW = 1_000_000;

const clock = new StillClock(NOW);
const files = new Map<string, Buffer>();
const photos = { get: async (hash: string) => files.get(hash) };

async function checked(picture: Buffer) {
  const verdict = await checkPhoto(picture, { readCodes });
  if (!verdict.kept || verdict.looks === undefined) throw new Error('not compared');
  return { ...verdict, looks: verdict.looks };
}

async function kept(photoId: string, picture: Buffer, { isoId = 'iso', keptAt = 1 } = {}): Promise<void> {
  const { jpeg, contentHash, originalHash, looks } = await checked(picture);
  files.set(contentHash, jpeg);
  const about = { kind: 'draft', id: photoId } as const;
  const size = { width: 1, height: 1, found: { codes: [], weaknesses: [] } };
  const photo = { photoId, isoId, userId: 'nok', about, sentAt: 1, keptAt, contentHash, originalHash, looks, ...size };
  await inTransaction((tx) => addPhoto(photo, tx));
}

const smaller = async (picture: Buffer) => sharp(picture).resize(1_000).jpeg({ quality: 50 }).toBuffer();

describe.each(embeddedInEachRun())('photos that look alike, on the $name server', ({ uri }) => {
  useModels(uri);
  beforeEach(forgetEverything);

  test('an earlier photo is found by a copy, within its ISO, also one that was entered since, or before a start', async () => {
    const front = await pictures.storefront(1);
    const copy = await checked(await smaller(front));
    await kept('first', front);
    await kept('counter', await pictures.counter(2));
    await kept('foreign', front, { isoId: 'other' });
    const alike = createAlikePhotos({ photos, clock });
    expect(await alike.find('iso', copy.looks, copy.jpeg)).toEqual(['first']);
    await kept('second', await smaller(front), { keptAt: 500_000 });
    await kept('late', front, { keptAt: 499_000 });
    for (const finds of [alike, createAlikePhotos({ photos, clock })]) {
      expect((await finds.find('iso', copy.looks, copy.jpeg)).toSorted()).toEqual(['first', 'late', 'second']);
      expect(await finds.find('third', copy.looks, copy.jpeg)).toEqual([]);
    }
    const other = await checked(await pictures.counter(5));
    expect(await alike.find('iso', other.looks, other.jpeg)).toEqual([]);
  });

  test('one whose bytes are gone is found no more, nor one that an earlier release kept', async () => {
    const front = await pictures.storefront(1);
    const { looks, jpeg, contentHash, originalHash } = await checked(front);
    await kept('first', front);
    const about = { kind: 'draft', id: 'old' } as const;
    const size = { width: 1, height: 1, found: { codes: [], weaknesses: [] } };
    const old = { photoId: 'old', isoId: 'iso', userId: 'nok', about, sentAt: 1, contentHash, originalHash, ...size };
    await inTransaction((tx) => addPhoto(old, tx));
    const alike = createAlikePhotos({ photos, clock });
    expect(await alike.find('iso', looks, jpeg)).toEqual(['first']);
    const [first] = await storedPhotosAbout('first');
    if (first !== undefined) await photoReleased(first);
    files.delete(contentHash);
    expect(await alike.find('iso', looks, jpeg)).toEqual([]);
    expect(await createAlikePhotos({ photos, clock }).find('iso', looks, jpeg)).toEqual([]);
  });

  test('what is entered once the clock was set back is found, too', async () => {
    const front = await pictures.storefront(1);
    const copy = await checked(await smaller(front));
    await kept('ahead', front, { keptAt: NOW });
    let at = NOW;
    const alike = createAlikePhotos({ photos, clock: { now: () => at } });
    expect(await alike.find('iso', copy.looks, copy.jpeg)).toEqual(['ahead']);
    at = 10_000;
    await kept('after', await smaller(front), { keptAt: at });
    expect((await alike.find('iso', copy.looks, copy.jpeg)).toSorted()).toEqual(['after', 'ahead']);
  });

  test('of several ISOs the one that was asked for least lately makes room, and is read again', async () => {
    const front = await pictures.storefront(1);
    const { looks, jpeg } = await checked(front);
    for (const isoId of ['one', 'two']) await kept(isoId, front, { isoId });
    const alike = createAlikePhotos({ photos, clock, most: { ofOne: 10, ofAll: 1 } });
    for (const isoId of ['one', 'two', 'one']) expect(await alike.find(isoId, looks, jpeg)).toEqual([isoId]);
  });
});
