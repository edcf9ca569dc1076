import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { findDraft } from '../../models/drafts.ts';
import type { CaptureAsk, CaptureForm, CaptureHeader } from '../../src/web/capture/client/protocol.ts';
import { type CapturePhone, capturePhoneOf } from '../support/capture-phone.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { aBadRoad } from './support/bad-road.ts';
import { aPhone, aPhoto, isKept, photographsAt } from './support/scan-phone.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

/** A shop with so many spots in hand, said on another phone. */
async function begins(shop: string, spots: number): Promise<CapturePhone> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const other = capturePhoneOf(world, 'staff1');
  await other.opens();
  await fills(other, { ...SHOP, nameLocal: shop, consent: 'true' });
  await fills(other, { spotType: 'CASHIER_COUNTER', fixedSecurely: 'true', howMany: String(spots) });
  return other;
}

async function fills(other: CapturePhone, values: CaptureHeader['values']): Promise<void> {
  const state = await other.state();
  const form = state.work?.forms.find((one: CaptureForm) => one.isNext) ?? state.work?.forms[0];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await other.fills(state, form, values);
  await other.leaves(state);
  await world.untilIdle();
}

async function asksOf(other: CapturePhone): Promise<readonly CaptureAsk[]> {
  return (await other.state()).work?.asks ?? [];
}

/** A phone of hers, by a road that can be bad. */
async function herPhone(other: CapturePhone) {
  const road = await aBadRoad(world.botUrl);
  const phone = await aPhone(`${road.url}/go/scan?corpId=demo-corp`);
  await phone.isOf(other.session);
  return { road, phone };
}

/** Which bytes lie in which place of the shop that is in hand, as they were taken. */
async function photosBySlot(shop: string): Promise<ReadonlyMap<string, string>> {
  const { drafts, photos } = await storedRows(world);
  const taken = new Map(photos.map(({ _id, originalHash }) => [String(_id), String(originalHash)]));
  const found = await behindTheScenes(world, () => Promise.all(drafts.map(({ _id }) => findDraft(String(_id)))));
  const draft = found.find((one) => JSON.stringify(one?.draft.answers).includes(shop))?.draft;
  return new Map(
    (draft?.photos ?? []).map(({ photoId, aim, where }) => {
      const { name, spot = '' } = where.kind === 'slot' ? where.slot : { name: where.kind };
      return [`${aim.step ?? ''}/${spot}/${name}`, taken.get(photoId) ?? photoId];
    }),
  );
}

const hashOf = (photo: Buffer): string => createHash('sha256').update(photo).digest('hex');

it('left in the middle of its uploads, its worker goes on, and the chat shows all of it at once', async () => {
  const other = await begins('Left Cafe', 1);
  const { road, phone } = await herPhone(other);
  const page = await phone.opens();
  await page.getByText('Left Cafe').first().waitFor();
  await isKept(page);
  const asks = await asksOf(other);
  expect(asks).toHaveLength(3);
  const before = (await nok.card()).outTrackId;
  road.bad.bytesPerS = 40_000;
  for (const [nth, { slot }] of asks.entries()) await photographsAt(page, slot, await aPhoto(20 + nth, 480));
  await expect.poll(() => road.pieces.length).toBeGreaterThan(0);
  await page.goto('about:blank');
  road.bad.bytesPerS = 0;
  const have = async () => (await asksOf(other)).map((ask) => ask.have + ask.checking);
  await expect.poll(have, { interval: 500 }).toEqual([1, 1, 1]);
  await world.idle();
  expect((await nok.card()).outTrackId).not.toBe(before);
});

it('bot and browser killed in the middle of an upload, it goes on from there, and is there once', async () => {
  const other = await begins('Killed Cafe', 1);
  const [front] = await asksOf(other);
  if (front === undefined) throw new Error('nothing is asked for');
  const { road, phone } = await herPhone(other);
  const page = await phone.opens();
  await page.getByText('Killed Cafe').first().waitFor();
  const network = await phone.context().newCDPSession(page);
  const slow = { offline: false, latency: 50, downloadThroughput: 60_000, uploadThroughput: 60_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  const photo = await aPhoto(1, 700);
  await photographsAt(page, front.slot, photo);
  await expect.poll(() => road.pieces.length).toBeGreaterThan(1);
  await world.killBot();
  await phone.isKilled();
  const before = road.pieces.length;
  await world.startBot();
  await phone.isOf(other.session);
  const again = await phone.opens();
  await again.getByText('All of it is sent.').waitFor();
  // not one piece that had arrived is sent again
  expect(road.pieces[before]).toBeGreaterThan(0);
  expect(road.pieces.every((from, at) => at === 0 || from > (road.pieces[at - 1] ?? 0))).toBe(true);
  await expect.poll(async () => (await asksOf(other))[0]?.have, { interval: 500 }).toBe(1);
  expect([...(await photosBySlot('Killed Cafe'))]).toEqual([[front.slot, hashOf(photo)]]);
});
