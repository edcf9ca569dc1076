import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { forgetEverything } from '../../models/database.ts';
import { useModels } from '../models/store.ts';
import { CREATE, UPDATE } from './delivery-on-sandbox.ts';
import { aPhoto, EMPTY, photoCards, picturesIn, someImages, UPLOAD } from './pictures-on-sandbox.ts';

useModels(undefined);
beforeEach(forgetEverything);

const FRONT = await aPhoto(1);
const DOOR = await aPhoto(2);
const GONE = 'f'.repeat(64);
const VIEWS = {
  plain: {},
  front: { photos: [FRONT] },
  both: { photos: [FRONT, DOOR] },
  beforeFront: { soon: [FRONT] },
  empty: { photos: [EMPTY] },
  emptyAndFront: { photos: [EMPTY, FRONT] },
  gone: { photos: [GONE] },
  frontWithForm: { photos: [FRONT], form: true },
} as const;

let at: Awaited<ReturnType<typeof photoCards>>;
beforeEach(async () => {
  at = await photoCards(VIEWS);
  const { delivery, images } = at;
  onTestFinished(async () => {
    await delivery.close();
    await images.close();
  });
});

it('delivers a card with its picture, by one upload and no redraw', async () => {
  await at.workOn('front');
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toHaveLength(1);
  expect(await at.calls()).toMatchObject({ [CREATE]: 1, [UPLOAD]: 1 });
  expect((await at.calls())[UPDATE]).toBeUndefined();
});

it('answers a tap without waiting for an upload; one redraw brings the picture', async () => {
  await at.workOn('plain');
  await at.untilDelivered();
  const letThrough = at.holdUploads();
  expect(picturesIn(await at.tap('front'))).toEqual([]);
  expect((await at.calls())[UPLOAD]).toBeUndefined();
  letThrough();
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toHaveLength(1);
  expect(await at.calls()).toMatchObject({ [UPLOAD]: 1, [UPDATE]: 1 });
});

it.each(['delivered', 'tapped'])('has the pictures of the next card ready once a card is %s', async (how) => {
  await at.workOn(how === 'delivered' ? 'beforeFront' : 'plain');
  await at.untilDelivered();
  if (how === 'tapped') await at.tap('beforeFront');
  await at.untilDelivered();
  expect((await at.calls())[UPLOAD]).toBe(1);
  expect(picturesIn(await at.tap('front'))).toHaveLength(1);
  await at.untilDelivered();
  expect((await at.calls())[UPDATE]).toBeUndefined();
});

it('uploads a photo once, for however many cards', async () => {
  await Promise.all(['one', 'two', 'three'].map((outTrackId) => at.send(outTrackId, { about: 'front' })));
  await at.untilDelivered();
  await at.send('four', { about: 'both' });
  await at.untilDelivered();
  expect((await at.calls())[UPLOAD]).toBe(2);
  const [front] = await at.picturesOf('one');
  for (const outTrackId of ['two', 'three', 'four']) expect((await at.picturesOf(outTrackId))[0]).toBe(front);
});

it('keeps one of two uploads that two processes made at once', async () => {
  const photo = { kind: 'photo', sha256: FRONT } as const;
  const processes = [someImages(at), someImages(at)];
  await Promise.all(processes.map((images) => images.getReady([photo], 'iso')));
  expect((await at.calls())[UPLOAD]).toBeLessThanOrEqual(2);
  const shown = await Promise.all(
    processes.map(async (images) => [...(await images.find([photo])).addresses.values()]),
  );
  expect(shown[0]).toHaveLength(1);
  expect(shown[1]).toEqual(shown[0]);
});

it('uploads once more after an upload that was done but never answered, and brings the picture', async () => {
  await at.fault('gatewayTimeout', { path: '/media/upload', done: true });
  await at.workOn('front');
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toHaveLength(1);
  expect(await at.calls()).toMatchObject({ [CREATE]: 1, [UPLOAD]: 2, [UPDATE]: 1 });
});

it('lets a card go without a picture that takes too long, and brings it later', async () => {
  const letThrough = at.holdUploads();
  at.waitForPictures(20);
  await at.workOn('front');
  await expect.poll(() => at.chat()).toEqual(['c1']);
  expect(await at.picturesOf('c1')).toEqual([]);
  letThrough();
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toHaveLength(1);
  expect(await at.calls()).toMatchObject({ [CREATE]: 1, [UPLOAD]: 1, [UPDATE]: 1 });
});

it('leaves out what DingTalk refuses to take, and asks no more', async () => {
  await at.workOn('empty');
  await at.untilDelivered();
  await at.tap('emptyAndFront');
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toHaveLength(1);
  expect(at.logged().match(/upload\.givenUp/g)).toHaveLength(1);
  expect(await at.calls()).toMatchObject({ [UPLOAD]: 1, [UPDATE]: 1 });
});

it('leaves out a photo that is gone', async () => {
  await at.workOn('gone');
  await at.untilDelivered();
  expect(await at.picturesOf('c1')).toEqual([]);
  expect((await at.calls())[UPLOAD]).toBeUndefined();
});

it('brings no picture under somebody who may be typing', async () => {
  await at.workOn('plain');
  await at.untilDelivered();
  expect(picturesIn(await at.tap('frontWithForm'))).toEqual([]);
  await at.untilDelivered();
  expect(await at.calls()).toMatchObject({ [UPLOAD]: 1 });
  expect((await at.calls())[UPDATE]).toBeUndefined();
});

it('uploads an example of ours as it does a photo', async () => {
  const example = { kind: 'example', name: 'closeup' } as const;
  await at.images.getReady([example], 'iso');
  expect((await at.images.find([example])).addresses.get('example:closeup')).toMatch(/^@lAL/);
  expect((await at.calls())[UPLOAD]).toBe(1);
});
