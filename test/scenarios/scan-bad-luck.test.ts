import { setTimeout as after } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CaptureAsk, CaptureState } from '../../src/web/capture/client/protocol.ts';
import { capturePhoneOf } from '../support/capture-phone.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { promoteByPage } from '../support/conversations/promotion-by-page.ts';
import { howOften } from '../support/how-often.ts';
import { pictures } from '../support/pictures.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });

/** Nok has a new promotion before her, and her page open. */
async function begins(): Promise<CaptureState> {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  return await capturePhoneOf(world, 'staff1').opens();
}

function front({ work }: CaptureState): CaptureAsk {
  const ask = work?.asks.find(({ slot }) => slot.startsWith('store/'));
  if (ask === undefined) throw new Error('no photo of the front is asked for');
  return ask;
}

const store = (shop: string) => ({ ...SHOP, nameLocal: shop, consent: 'true' });

/** Nok has this shop in hand, by its first form. */
async function beginsShop(shop: string): Promise<CaptureState> {
  const state = await begins();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  const phone = capturePhoneOf(world, 'staff1');
  await phone.fills(state, form, store(shop));
  await phone.leaves(state);
  await world.untilIdle();
  return await phone.opens();
}

it('what was taken before its promotion was given on goes with it, what was taken afterwards does not', async () => {
  const state = await beginsShop('Given Cafe');
  const phone = capturePhoneOf(world, 'staff1');
  const [before, afterwards] = [await pictures.storefront(8_020), await pictures.storefront(8_021)];
  // the world's calendar goes on without the phone's clock: what was taken as the page was opened is older by that
  const takenAt = phone.now() - 3_600_000;
  const waiting = phone.seals(state, { slot: front(state).slot, takenAt }, before);
  await world.advance(60_000);
  await ploy.says('menu');
  for (const label of ['Team', 'People', 'Nok Suda', 'Give work…']) await ploy.taps(label);
  await ploy.fills({ to: 'Lek Boonmee' });
  await lek.sees('Given Cafe is yours now. Go on from the menu.');
  await world.advance(60_000);
  const early = await phone.sends(waiting);
  expect([early.body.done, early.body.says]).toEqual([true, undefined]);
  await world.untilIdle();
  await lek.says('menu');
  await lek.taps({ action: 'promotion.resume' });
  const theirs = await capturePhoneOf(world, 'staff2').opens();
  expect([theirs.work?.shop, front(theirs).have]).toEqual(['Given Cafe', 1]);
  const late = await phone.takes(state, front(state), afterwards);
  expect(late.body.says).toMatch(/That shop was over .*kept/);
  await world.untilIdle();
  const seen = await capturePhoneOf(world, 'staff2').opens();
  expect([front(seen).have, front(seen).checking, front(seen).says]).toEqual([1, 0, undefined]);
});

it('two devices fill one draft: the later answer stays, and each sees what the other sent', async () => {
  const state = await begins();
  const [one, other] = [capturePhoneOf(world, 'staff1'), capturePhoneOf(world, 'staff1')];
  await other.opens();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await one.fills(state, form, store('First Cafe'));
  await other.takes(state, front(state), await pictures.storefront(8_001));
  await world.untilIdle();
  await other.fills(state, form, { nameLocal: 'Second Cafe' });
  await world.untilIdle();
  const seen = await other.state();
  expect([seen.work?.shop, front(seen).have]).toEqual(['Second Cafe', 1]);
  expect(seen.work?.forms.some(({ slot }) => slot === form.slot)).toBe(false);
});

it('what waits on the phone while its promotion is submitted comes late: said on the page and in the chat, and nothing changes', async () => {
  const phone = capturePhoneOf(world, 'staff1');
  let early: CaptureState | undefined;
  const settles = async (): Promise<void> => {
    await world.untilIdle();
    early ??= await phone.opens();
  };
  await promoteByPage(nok, capturePhoneOf(world, 'staff1'), { shop: 'Gone Cafe', spots: 1, series: 'BL', settles });
  await nok.sees('Submitted', 'Gone Cafe');
  if (early === undefined) throw new Error('nothing was filled in');
  const before = outgoingLines(world);
  const slot = 'form:merchant::main';
  const form = await phone.sends(phone.seals(early, { kind: 'form', slot, values: { contactPhoneOrEmail: 'late' } }));
  expect(form.body.says).toContain('Gone Cafe');
  await world.untilIdle();
  await nok.sees('An answer came late for Gone Cafe');
  const photo = await phone.takes(early, front(early), await pictures.storefront(8_002));
  expect(photo.body.says).toContain('Gone Cafe');
  await world.untilIdle();
  await nok.sees('Your photo for it is kept, not used.');
  expect(outgoingLines(world)).toEqual(before);
});

/** As *Discard* of the last card does, which is further on. */
async function discards(): Promise<void> {
  const { outTrackId, buttons } = await nok.card();
  const params = { ...buttons[0]?.params, action: 'promotion.discard' };
  await world.sandbox.tap(outTrackId, { userId: 'staff1', actionId: 'discard', params });
  await nok.taps({ action: 'promotion.discardSure' });
}

it('what waits on the phone while its promotion is discarded comes late: said on the page and in the chat, and nothing is begun again', async () => {
  const early = await beginsShop('Dropped Cafe');
  await discards();
  const phone = capturePhoneOf(world, 'staff1');
  const photo = await phone.takes(early, front(early), await pictures.storefront(8_010));
  expect([photo.body.done, photo.body.says]).toEqual([
    true,
    expect.stringMatching(/Dropped Cafe was discarded .*kept/),
  ]);
  await world.untilIdle();
  await nok.sees('Dropped Cafe is discarded.', 'Your photo for it is kept, not used.');
  const code = await phone.scans(early, { ...front(early), slot: 'spots/s1/closeup' }, 'https://qr.example/m/LATE');
  expect(code.body.says).toMatch(/Dropped Cafe was discarded/);
  expect((await phone.opens()).work).toBeUndefined();
});

/** From before the last piece is written to after it was answered. */
const DYING_AFTER_MS = [40, 0, 80, 120, 160, 200, 240, 280].slice(0, howOften({ inEachRun: 1, inFull: 8 }));

it('a bot that is killed in the middle of an upload, or as its last piece comes, has it once', async () => {
  const state = await beginsShop('Killed Cafe');
  const phone = capturePhoneOf(world, 'staff1');
  for (const [kill, ms] of DYING_AFTER_MS.entries()) {
    const sealed = phone.seals(state, { slot: front(state).slot }, await pictures.storefront(8_030 + kill));
    await phone.begins(sealed);
    await phone.piece(sealed, 0, 20_000);
    const { have = 0 } = (await phone.piece(sealed, 20_000, 30_000)).body;
    await world.restartBot();
    expect((await phone.begins(sealed)).body).toMatchObject({ have, done: false });
    const dying = phone.sends(sealed).catch(() => undefined);
    await after(ms);
    await world.killBot();
    await dying;
    await world.startBot();
    expect((await phone.sends(sealed)).body.done).toBe(true);
    await world.untilIdle();
    const { inbox, photos } = await storedRows(world);
    const id = `capture:${sealed.hash}`;
    expect(inbox.filter(({ _id }) => _id === id)).toHaveLength(1);
    expect(photos.filter(({ _id }) => _id === id)).toHaveLength(1);
    expect(front(await phone.opens()).have).toBe(1);
  }
});

it('a picture that says it is larger than anything is not decoded, and that is said where it was taken', async () => {
  const state = await beginsShop('Bomb Cafe');
  const phone = capturePhoneOf(world, 'staff1');
  const { body } = await phone.takes(state, front(state), await pictures.bomb());
  expect(body.done).toBe(true);
  await world.untilIdle();
  const after = front(await phone.opens());
  expect([after.have, after.checking]).toEqual([0, 0]);
  expect(after.says).toMatch(wordsOf('note.photoTooBig'));
});

it('the same photo by the chat and by the page is one photo', async () => {
  const state = await begins();
  const phone = capturePhoneOf(world, 'staff1');
  await phone.opens();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await phone.fills(state, form, store('Twice Cafe'));
  await phone.leaves(state);
  await world.untilIdle();
  const photo = await pictures.storefront(8_003);
  await nok.sends(photo);
  await phone.takes(state, front(state), photo);
  await world.untilIdle();
  const after = front(await phone.state());
  expect([after.have, after.says]).toEqual([1, expect.stringMatching(wordsOf('note.samePhoto'))]);
});

it('a page that could not say that it was left keeps the chat waiting for a minute, and no longer', async () => {
  const state = await begins();
  const [form] = state.work?.forms ?? [];
  if (form === undefined) throw new Error('nothing is to be filled in');
  await capturePhoneOf(world, 'staff1').fills(state, form, store('Minute Cafe'));
  await world.advance(40_000);
  const before = (await nok.card()).outTrackId;
  await world.advance(30_000);
  expect((await nok.card()).outTrackId).not.toBe(before);
  await nok.sees('Storefront photo', 'Minute Cafe');
});
