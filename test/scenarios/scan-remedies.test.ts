import { expect } from 'vitest';
import type { CaptureAsk, CaptureState } from '../../src/web/capture/client/protocol.ts';
import { type CapturePhone, capturePhoneOf } from '../support/capture-phone.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], reached: true });
const it = story('What failed is modified and appealed for by the page beside the chat');

/** Her page as it is opened now, and what it asks for. */
async function pageOpened(): Promise<{
  readonly phone: CapturePhone;
  readonly state: CaptureState;
  readonly asks: readonly CaptureAsk[];
}> {
  const phone = capturePhoneOf(world, 'staff1');
  const state = await phone.opens();
  return { phone, state, asks: state.work?.asks ?? [] };
}

/** Whether the lowest card leads to the page. */
async function leadsToPage(): Promise<boolean> {
  const { buttons } = await nok.card();
  return buttons.some(({ url = '' }) => decodeURIComponent(url).includes('/go/scan?'));
}

it('Modify asks for the close-up: it is all that misses on the page, and the spot is sent again with it', async () => {
  await promote(nok, { spots: 1, series: 'SR' });
  await nextDayFails(world, handedOverKey(world, 'SPOT'), ['SPOT_PHOTO_BLURRY']);
  await nok.taps('Fix Cashier 1');
  await nok.taps('Modify');
  await nok.sees('Modify · Cashier 1', 'Only this is needed: the close-up.');
  expect(await leadsToPage()).toBe(true);
  const { phone, state, asks } = await pageOpened();
  // as on the card: what stands from before is there, and only the close-up is missing
  expect([state.work?.shop, asks.map(({ have }) => have), state.work?.forms]).toEqual(['Baan Coffee', [1, 0], []]);
  const closeup = asks.find(({ have }) => have === 0);
  if (closeup === undefined) throw new Error('nothing is asked for');
  await phone.takes(state, closeup, await pictures.closeup(codeOf('SR', 0), { seed: 91 }));
  await phone.leaves(state);
  await nok.sees('Modify · Cashier 1', 'Look at both. Send it again?');
  const before = outgoingLines(world).length;
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)', 'Cashier 1');
  const [line, ...others] = outgoingLines(world).slice(before);
  expect([line?.itemType, line?.revision, others]).toEqual(['SPOT', 2, []]);
});

it('what comes for it once it is sent again is too late, and is said to be', async () => {
  const { phone, state } = await pageOpened();
  expect([state.work, state.ticket]).toEqual([undefined, '']);
  expect(state.says).toBe('Open a shop or a task in the chat first, then come back here.');
  expect(await phone.leaves(state)).toBe(401);
});

it('an appeal takes photos that help from the page, says how many, and is sent with them', async () => {
  await promote(nok, { shop: 'Nine Mart', series: 'SA' });
  const spot = handedOverKey(world, 'SPOT');
  await nextDayFails(world, spot, ['SPOT_ALREADY_COVERED']);
  await nok.taps('Fix Cashier 1');
  await nok.taps('Appeal');
  await nok.fills({ why: 'The old sticker was taken off before.' });
  await nok.sees('Photos that help');
  expect(await leadsToPage()).toBe(true);
  const { phone, state, asks } = await pageOpened();
  expect(asks.map(({ slot, most, have }) => [slot, most, have])).toEqual([['evidence', 5, 0]]);
  const [evidence] = asks;
  if (evidence === undefined) throw new Error('nothing is asked for');
  for (const seed of [71, 72]) await phone.takes(state, evidence, await pictures.counter(seed));
  await phone.leaves(state);
  await nok.sees('Appeal · Cashier 1', '✓ 2 photos kept.');
  await nok.taps('Send appeal');
  await nok.sees('✓ Appeal sent');
  const line = outgoingLines(world).findLast(({ itemType }) => itemType === 'APPEAL');
  expect(line?.photos.map(({ role }) => role)).toEqual(['evidence', 'evidence']);
  const late = await phone.takes(state, evidence, await pictures.counter(73));
  expect(late.body.says).toMatch(/Nine Mart was submitted .*kept/);
  await nok.sees('Your photo for it is kept, not used.');
});
