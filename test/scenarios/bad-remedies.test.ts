import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('A failed spot is put right in every wrong way until its time is over');
const DAY_MS = 86_400_000;

it("somebody else's result opens nothing, and changes nothing", async () => {
  await promote(nok, { shop: 'Baan Coffee', series: 'AA' });
  await nextDayFails(world, handedOverKey(world, 'SPOT'), ['SPOT_PHOTO_BLURRY']);
  await nok.sees('Fix Cashier 1');
  const fix = (await nok.card('Results up to')).buttons.find(({ label }) => label === 'Fix Cashier 1');
  await lek.says('menu');
  const own = await lek.card('Hi Lek');
  for (const action of ['review.open', 'review.modify', 'review.appeal', 'review.withdraw', 'review.cancelModify']) {
    const params = { ...fix?.params, action };
    await world.sandbox.tap(own.outTrackId, { userId: 'staff2', actionId: action, params });
    await world.untilIdle();
  }
  await lek.sees('Hi Lek');
  expect(await lek.has('Baan Coffee')).toBe(false);
  await nok.taps('Fix Cashier 1');
  await nok.sees('✗ Baan Coffee · Cashier 1', 'Modify by');
});

it('the failed photo itself and a foreign code are said to be that, and nothing else is asked for', async () => {
  await nok.taps('Modify');
  await nok.sees('Only this is needed: the close-up.');
  await nok.sends(await pictures.closeup(codeOf('AA', 0), { seed: 1 }));
  await nok.sees('This photo was used before. Take a new one here.');
  await nok.sends(await pictures.foreignCode());
  await nok.sees('This is a payment code. Send the code of the sticker.', 'Modify · Cashier 1');
});

it('Appeal from the card of before is refused politely while it is being modified', async () => {
  const card = await nok.card('✗ Baan Coffee · Cashier 1').catch(() => undefined);
  expect(card).toBeUndefined();
  await nok.says('menu');
  await nok.sees('! 1 failed spot');
  await nok.taps('Fix Cashier 1');
  await nok.sees('You have begun to modify it.', 'Resume', 'Cancel');
  const old = await nok.card('You have begun to modify it.');
  await nok.taps('Cancel');
  await nok.sees('✗ Baan Coffee · Cashier 1', 'Nothing was sent. You can begin again.');
  await nok.taps('Resume', { on: old });
  await nok.sees('Modify · Cashier 1', 'Only this is needed: the close-up.');
  await nok.taps('Cancel');
});

it('a reason that is empty or too long comes back as typed', async () => {
  await nok.taps('Appeal');
  await nok.fills({ why: '   ' });
  await nok.sees('Why: this is missing.');
  const long = `${'The code was there. '.repeat(26)}End`;
  await nok.fills({ why: long });
  await nok.sees('Why: keep it to 500 characters.', 'was there. End');
  await nok.fills({ why: 'The code was there.' });
  await nok.sees('“The code was there.”');
  await nok.taps('Back');
  await nok.sees('Appeal · Cashier 1', 'The code was there.');
  await nok.fills({});
});

it('a sixth photo is one too many and said so; what is no picture is not counted', async () => {
  for (const seed of [201, 202, 203, 204]) await nok.sends(await pictures.counter(seed));
  await nok.sees('✓ 4 photos kept.');
  await nok.sends(await pictures.counter(204));
  await nok.sees('You have sent this very photo already.', '✓ 4 photos kept.');
  await nok.sendsFile(Buffer.from('no picture'), 'photo.jpg');
  await nok.sees('This is not a picture.', '✓ 4 photos kept.');
  await nok.sends(await pictures.counter(205), await pictures.counter(206));
  await nok.sees('5 photos is the most. The last one is not taken.', '✓ 5 photos kept.');
  const draft = await nok.card('✓ 5 photos kept.');
  await nok.taps('Send appeal', { repeat: 3, atOnce: true });
  await nok.sees('✓ Appeal sent');
  const appeals = outgoingLines(world).filter(({ itemType }) => itemType === 'APPEAL');
  expect(appeals.map(({ photos }) => photos.length)).toEqual([5]);
  await nok.taps('Modify instead', { on: draft });
  await nok.sees('… Baan Coffee · Cashier 1', 'Your appeal is sent already.');
});

it('after the deadline both ways are closed, and the cards say that it is too late', async () => {
  await nok.taps('Withdraw', { on: await nok.card('✓ Appeal sent') });
  await nok.sees('✗ Baan Coffee · Cashier 1', 'Your appeal is taken back.');
  const open = await nok.card('✗ Baan Coffee · Cashier 1');
  await nok.taps('Modify', { on: open });
  await world.advance(4 * DAY_MS);
  await nok.says('menu');
  await nok.sees('Hi Nok');
  const menu = await nok.card('Hi Nok');
  for (const key of ['menu.failed', 'menu.failedSpots'] as const) await nok.doesNotSee(key, { on: menu });
  await nok.taps('Appeal', { on: open });
  await nok.sees('✗ Baan Coffee · Cashier 1', 'The time to do that is over.', 'The time to put it right is over.');
  await nok.sends(await pictures.closeup(codeOf('AA', 0), { seed: 44 }));
  await nok.sees(wordsOf('line.photoTooLate', { shop: 'Baan Coffee' }));
});
