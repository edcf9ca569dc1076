import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findDraft, openDraftsOf } from '../../models/drafts.ts';
import { whereIs } from '../flow/shop.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { howOften } from '../support/how-often.ts';
import { seeded } from '../support/picture-canvas.ts';
import { pictures } from '../support/pictures.ts';
import { behindTheScenes } from '../support/world/behind.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';

const SEED = Number(process.env.CRASH_SEED ?? 20_261_127);
const CHECKS = howOften({ inEachRun: 1, inFull: 3 });
const MOVES = howOften({ inEachRun: 1, inFull: 2 });
/** From before a photo is recorded to after its verdict is applied. */
const CHECKED_MS = 1_500;
/** From before a tap is applied to after it. */
const APPLIED_MS = 400;
/** A message that nobody took is pushed again after a minute. */
const PUSHED_AGAIN_MS = 61_000;

const { world, nok } = sharedWorld({ joined: ['staff1'] });

/** What is done is met by a power cut after so many milliseconds; then the bot is there again, and all has come to rest. */
async function cutAfter(ms: number, doing: Promise<unknown>): Promise<void> {
  const done = doing.catch(() => undefined);
  await after(ms);
  await world.killBot();
  await done;
  await world.startBot();
  await world.advance(PUSHED_AGAIN_MS);
  await world.untilIdle();
}

/** In which place of which open promotion a photo is. */
const placesOf = (photoId: string) =>
  behindTheScenes(world, async () => {
    const places: string[] = [];
    for (const { draftId } of await openDraftsOf('staff1')) {
      const { draft } = (await findDraft(draftId)) ?? {};
      if (draft?.photos.some((one) => one.photoId === photoId)) {
        places.push(`${draft.answers.store?.nameLocal}: ${whereIs(draft, photoId)}`);
      }
    }
    return places;
  });

test(`a photo is in its place once, whenever a power cut meets its check (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  for (let round = 0; round < CHECKS; round += 1) {
    const shop = `Front ${round + 1}`;
    await reach(nok, 'storefront', { shop });
    const photo = await pictures.storefront(300 + round);
    const sent = world.sandbox.sendPictures('staff1', [photo]);
    await cutAfter(random() * CHECKED_MS, sent);
    const photoId = `${(await sent).msgId}#0`;
    expect(await placesOf(photoId)).toEqual([`${shop}: storefront`]);
    expect((await storedRows(world)).photos.filter(({ _id }) => _id === photoId)).toHaveLength(1);
    await nok.sees('Step 2 of 4', shop);
  }
});

test(`a photo is in one of two shops, whenever a power cut meets its move (seed ${SEED})`, async () => {
  const random = seeded(SEED + 1);
  for (let round = 0; round < MOVES; round += 1) {
    const [from, to] = [`Wrong ${round + 1}`, `Right ${round + 1}`];
    await reach(nok, 'photos', { shop: to });
    await nok.sends(await pictures.counter(400 + round));
    await reach(nok, 'photos', { shop: from });
    await nok.sends(await pictures.counter(500 + round));
    const photoId = `${await nok.sends(await pictures.closeup(codeOf('BC', round)))}#0`;
    await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
    await nok.taps('See photos');
    await nok.taps(/Cashier 1 · Close-up/);
    const { outTrackId, buttons } = await nok.card('Which shop is it of?');
    const button = buttons.find(({ label }) => label.startsWith(to));
    if (button === undefined) throw new Error(`no ${to}`);
    const tap = () =>
      world.sandbox.tap(outTrackId, { userId: 'staff1', actionId: button.actionId, params: button.params });
    await cutAfter(random() * APPLIED_MS, tap());
    const left = await placesOf(photoId);
    expect([[`${from}: s1.closeup`], [`${to}: s1.closeup`]]).toContainEqual(left);
    if (left[0]?.startsWith(from)) {
      // it was told to try again, or nothing
      await tap();
      await world.untilIdle();
    }
    expect(await placesOf(photoId)).toEqual([`${to}: s1.closeup`]);
    expect((await storedRows(world)).photos.filter(({ _id }) => _id === photoId)).toHaveLength(1);
  }
});
