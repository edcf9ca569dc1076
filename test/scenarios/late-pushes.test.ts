import { describe, expect, test } from 'vitest';
import { findDraft, openDraftsOf } from '../../models/drafts.ts';
import { contentHashesOf } from '../../models/photos.ts';
import { whereIs } from '../flow/shop.ts';
import { codeOf, SHOP, startPromotion } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });

const DOWNLOAD = '/v1.0/robot/messageFiles/download';
/** DingTalk pushes a message that was not acknowledged again after a minute. */
const PUSHED_AGAIN_MS = 61_000;
/** The longest that a photo waits for its next try. */
const TRIED_AGAIN_MS = 5 * 60_000;
/** Long enough for another tap to overtake this one. */
const SLOW_MS = 3_000;

/** Nok sends this, and its first push never arrives. Answers the ids of the photos. */
async function pushIsLost(...photos: readonly Uint8Array[]): Promise<readonly string[]> {
  await world.fault({ kind: 'dropPush', on: 'message', userId: 'staff1', times: 1 });
  const { msgId } = await world.sandbox.sendPictures('staff1', photos);
  return photos.map((_, index) => `${msgId}#${index}`);
}

async function isPushedAgain(): Promise<void> {
  await world.advance(PUSHED_AGAIN_MS);
  await world.untilIdle();
}

/** While this is done, no photo that Nok sends can be fetched, and nothing comes to rest. Answers the id of the first one. */
async function whileNotFetched(photo: Uint8Array, work: () => Promise<void>): Promise<string> {
  await world.fault({ kind: 'gatewayTimeout', path: DOWNLOAD });
  const { msgId } = await world.sandbox.sendPictures('staff1', [photo]);
  await work();
  await world.noFaults();
  await world.advance(TRIED_AGAIN_MS);
  await world.untilIdle();
  return `${msgId}#0`;
}

const comesToSee = (words: RegExp) => expect.poll(() => nok.has(words)).toBe(true);

/** The next tap is slow on its way: what is done meanwhile overtakes it. */
async function overtaken(slow: () => Promise<unknown>, faster: () => Promise<unknown>): Promise<void> {
  await world.fault({ kind: 'delayPush', on: 'tap', userId: 'staff1', delayMs: SLOW_MS, times: 1 });
  const late = slow();
  await expect.poll(() => world.sandbox.get('/faults')).toEqual([]);
  await faster();
  await late;
  await world.untilIdle();
}

/** Which slots of the open promotion of this shop these photos fill. */
const slotsIn = (shop: string, photoIds: readonly string[]) =>
  behindTheScenes(world, async () => {
    const open = await openDraftsOf('staff1');
    const found = open.find(({ draft }) => draft.answers.store?.nameLocal === shop);
    const { draft } = (found && (await findDraft(found.draftId))) ?? {};
    return (
      draft && photoIds.filter((id) => draft.photos.some((one) => one.photoId === id)).map((id) => whereIs(draft, id))
    );
  });

const handedOver = (shop: string) => outgoingLines(world).filter(({ values }) => values.nameLocal === shop);
const hashesOf = (photoIds: readonly string[]) =>
  behindTheScenes(world, async () => [...(await contentHashesOf(photoIds)).values()]);

describe('a photo whose push was lost, pushed again a minute later', () => {
  test('is evidence of the shop that was in hand when it was sent, not of the one begun since', async () => {
    await reach(nok, 'storefront', { shop: 'Baan Coffee' });
    const sent = await pushIsLost(await pictures.storefront(1));
    await reach(nok, 'storefront', { shop: 'Som Tam House' });
    await isPushedAgain();
    await nok.sees('Storefront photo', 'Som Tam House', wordsOf('line.photoCameLate', { shop: 'Baan Coffee' }));
    expect(await slotsIn('Baan Coffee', sent)).toEqual(['storefront']);
    expect(await slotsIn('Som Tam House', sent)).toEqual([]);
  });

  test('is kept with its shop’s name when that was submitted meanwhile', async () => {
    await startPromotion(nok, { shop: 'Nine Mart', series: 'BB' });
    const sent = await pushIsLost(await pictures.closeup(codeOf('CC', 0)));
    await nok.taps('Submit');
    await reach(nok, 'storefront', { shop: 'Krua Thai' });
    await isPushedAgain();
    await nok.sees('Krua Thai', wordsOf('line.photoTooLate', { shop: 'Nine Mart' }));
    expect(await slotsIn('Krua Thai', sent)).toEqual([]);
    expect(await hashesOf(sent)).toHaveLength(1);
  });
});

test('photos that come in time take their places, also right after the calendar was moved on for a bot that was away', async () => {
  await world.stopBot();
  await world.advance(PUSHED_AGAIN_MS);
  await world.startBot();
  for (const text of ['hi', 'menu', 'hello']) await world.sandbox.say('staff1', text);
  await world.idle();
  await reach(nok, 'storefront', { shop: 'Krua Apsorn' });
  const front = await nok.sends(await pictures.storefront(31));
  const counter = await nok.sends(await pictures.counter(31));
  await nok.fills({ fixedSecurely: true, howMany: '1' });
  expect(await slotsIn('Krua Apsorn', [`${front}#0`, `${counter}#0`])).toEqual(['storefront', 's1.context']);
});

test('Submit waits for a photo that replaces another, says which, and hands that one over', async () => {
  await startPromotion(nok, { shop: 'Moon Bar', series: 'DD' });
  const ready = await nok.card('Check and submit');
  await nok.taps('Change…');
  await nok.taps('Storefront photo');
  const better = await whileNotFetched(await pictures.storefront(55), async () => {
    await expect.poll(() => nok.has('Checking')).toBe(true);
    await nok.taps('Back', { withoutWaiting: true });
    await comesToSee(wordsOf('summary.waiting', { photo: 'Front photo' }));
    await nok.taps('Submit', { on: ready, withoutWaiting: true });
    expect(handedOver('Moon Bar')).toEqual([]);
  });
  await nok.sees('Everything is there.');
  await nok.taps('Submit');
  const [store] = handedOver('Moon Bar');
  expect(store?.photos.map(({ sha256 }) => sha256)).toEqual(await hashesOf([better]));
});

test('an older answer that comes after a newer one does not undo it, and is told as typed', async () => {
  await reach(nok, 'store');
  const form = await nok.card(/Name on the sign/);
  const fill = (nameLocal: string) => nok.fills({ ...SHOP, nameLocal }, { on: form, withoutWaiting: true });
  await overtaken(
    () => fill('FIRST'),
    () => fill('SECOND'),
  );
  await nok.sees('SECOND', wordsOf('note.answerLate', { field: 'Name on the sign', typed: 'FIRST' }));
});

describe('what failed the review', () => {
  test('a resubmission waits for a photo that replaces another, and sends that one', async () => {
    await nextDayFails(world, handedOverKey(world, 'SPOT', 1), ['SPOT_PHOTO_BLURRY']);
    await nok.taps(/^Fix /);
    await nok.taps('Modify');
    await nok.sends(await pictures.closeup(codeOf('DD', 0), { seed: 91 }));
    await nok.sees('Send it again?');
    const ready = await nok.card('Send it again?');
    await nok.taps('Change…');
    await nok.taps(/photos/i);
    const before = outgoingLines(world).length;
    const better = await whileNotFetched(await pictures.closeup(codeOf('DD', 0), { seed: 92 }), async () => {
      await expect.poll(() => nok.has('Checking')).toBe(true);
      await nok.taps('Resubmit', { on: ready, withoutWaiting: true });
      expect(outgoingLines(world)).toHaveLength(before);
    });
    await nok.taps('Next');
    await nok.taps('Resubmit');
    const [line, ...others] = outgoingLines(world).slice(before);
    expect(others).toEqual([]);
    expect(line?.photos.map(({ sha256 }) => sha256)).toEqual(expect.arrayContaining(await hashesOf([better])));
    await world.nextDay();
  });

  test('a reason of an appeal that comes after a newer one does not undo it', async () => {
    await startPromotion(nok, { shop: 'Rose Spa', series: 'EE' });
    await nok.taps('Submit');
    await nextDayFails(world, handedOverKey(world, 'SPOT'), ['SPOT_ALREADY_COVERED']);
    await nok.taps(/^Fix /);
    await nok.taps('Appeal');
    const form = await nok.card('Tell the reviewer');
    const say = (why: string) => nok.fills({ why }, { on: form, withoutWaiting: true });
    await overtaken(
      () => say('FIRST: the old sticker was gone.'),
      () => say('SECOND: it was taken off before.'),
    );
    await nok.sees('SECOND: it was taken off before.', wordsOf('note.saidLater'));
  });

  test('a photo of an appeal that is pushed again after the person went on belongs to the appeal', async () => {
    const sent = await pushIsLost(await pictures.counter(77));
    await reach(nok, 'storefront', { shop: 'Lotus Inn' });
    await isPushedAgain();
    expect(await slotsIn('Lotus Inn', sent)).toEqual([]);
    await nok.sees('Lotus Inn', wordsOf('line.photoCameLate', { shop: 'Rose Spa' }));
    await nok.taps(/^Fix /);
    await nok.taps({ action: 'review.appeal' });
    await nok.taps('Send appeal');
    await nok.sees('✓ Appeal sent');
    const line = outgoingLines(world).findLast(({ itemType }) => itemType === 'APPEAL');
    expect(line).toMatchObject({ values: { statement: 'SECOND: it was taken off before.' } });
    expect(line?.photos.map(({ sha256 }) => sha256)).toEqual(await hashesOf(sent));
  });
});
