import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { handedOverKey, nextDayFails } from '../support/conversations/results.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('The spots of one submission are judged, modified and appealed for');

/** A story of a few days that is told whole by *My month*. */
async function beginEarlyInAMonth(): Promise<void> {
  const { now } = await world.advance(0);
  const day = new Date(now).getUTCDate();
  if (day > 20) await world.advance((34 - day) * 86_400_000);
}

it('the day after, one card says how many stores and spots were promoted, approved and failed', async () => {
  await beginEarlyInAMonth();
  await promote(nok, { spots: 2 });
  await nextDayFails(world, handedOverKey(world, 'SPOT', 2), ['SPOT_PHOTO_BLURRY']);
  await nok.sees(
    'Results up to',
    'Stores: 1 promoted, 1 approved.',
    'Spots: 2 promoted, 1 approved, 1 failed.',
    'Baan Coffee · Cashier 2: photo too dark',
    /Put it right by \S+ \d+ \S+, \d\d:00/,
    'Data is one day late.',
  );
});

it('a failed spot says why and until when, that there is no fee, and offers Modify and Appeal', async () => {
  await nok.taps('Fix Cashier 2');
  await nok.sees('✗ Baan Coffee · Cashier 2', 'Photo too dark', 'Modify by', 'days left)', 'No fee until approved.');
  const card = await nok.card('✗ Baan Coffee · Cashier 2');
  expect(card.text).toContain('[image');
  expect(card.buttons.map(({ label }) => label)).toEqual(['Modify', 'Appeal', 'What happened', 'Menu']);
  await nok.taps('What happened');
  await nok.sees('Sent: ', '✗ Failed: ', 'Policy: 5․ True photos');
});

it('Modify asks for the close-up and nothing else, shows old beside new, and sends that spot again', async () => {
  await nok.taps('Modify');
  await nok.sees('Modify · Cashier 2', 'Only this is needed: the close-up.', '✓ Wide photo', 'Everything else stays');
  await nok.sends(await pictures.closeup(codeOf('AA', 1), { seed: 91 }));
  await nok.sees('Modify · Cashier 2', 'Look at both. Send it again?');
  const before = outgoingLines(world).length;
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)', 'Baan Coffee · Cashier 2', 'Results from');
  const [line, ...others] = outgoingLines(world).slice(before);
  expect(others).toEqual([]);
  expect(line).toMatchObject({ itemType: 'SPOT', revision: 2, values: { spotType: 'CASHIER_COUNTER', number: 2 } });
});

it('My results tells stores, spots and POSMs, and shop by shop each of them opens', async () => {
  await nok.says('menu');
  await nok.taps('My results');
  await nok.sees('My results · 7 days', 'Data is one day late. The fee counts only for what was sent and approved.');
  await nok.taps('Shops');
  await nok.sees('Shops · 7 days', 'Baan Coffee', '2 spots · 1 approved, 1 in review');
  await nok.taps('Baan Coffee');
  await nok.sees('Store: ✓ Approved', 'Cashier 1: ✓ Approved', 'Cashier 2: … In review');
  await nok.taps('Cashier 1');
  await nok.sees('✓ Baan Coffee · Cashier 1', 'It has passed the review.', 'Deployment fee (THB): eligible.');
  await nok.sees('What was sent: code …', ' · photos ', /✓ Approved: \S+ \d+ \S+/);
  await nok.taps('See photos');
  expect((await nok.card('✓ Baan Coffee · Cashier 1')).text).toContain('[image');
});

it('My month is two taps from the menu, and every other time two more', async () => {
  await nok.says('menu');
  await nok.taps('My results');
  await nok.taps('My month');
  await nok.sees(/My results · [A-Z][a-z]+ \d{4}/, 'Promoted | 1 | 2 | 2');
  await nok.taps('Another time');
  await nok.taps('Today');
  await nok.sees('My results · Today');
  await nok.taps('Another time');
  await nok.taps('All time');
  await nok.sees('My results · All time', 'Promoted | 1 | 2 | 2');
  await nok.taps('Visit again');
  await nok.sees('No shop needs another visit now.');
});

it('the next day the modified spot is approved, and its fee is eligible', async () => {
  await world.nextDay();
  await nok.sees('Results up to', 'Spots: 1 again, 1 approved.', 'Nothing to do.');
  await nok.taps('All results');
  await nok.taps('Another time');
  await nok.taps('30 days');
  await nok.taps('Shops');
  await nok.taps('Baan Coffee');
  await nok.taps('Cashier 2');
  await nok.sees('✓ Baan Coffee · Cashier 2', 'Deployment fee (THB): eligible.');
});

it('an appeal with a photo is sent, answered the next day by a card of its own, and changes the decision', async () => {
  await promote(nok, { shop: 'Nine Mart', series: 'BB' });
  const spot = handedOverKey(world, 'SPOT');
  await nextDayFails(world, spot, ['SPOT_ALREADY_COVERED'], { reasonText: 'An old sticker is there.' });
  await nok.taps('Fix Cashier 1');
  await nok.sees('✗ Nine Mart · Cashier 1', 'An older one is there already', '“An old sticker is there.”', 'Appeal by');
  await nok.taps('Appeal');
  await nok.sees('Appeal · Cashier 1', 'Tell the reviewer what is wrong with the decision.');
  await nok.fills({ why: 'The old sticker was taken off before.' });
  await nok.sees('“The old sticker was taken off before.”', 'Photos that help');
  await nok.sends(await pictures.counter(77));
  await nok.sees('Appeal · Cashier 1', '✓ 1 photo kept.');
  await nok.taps('Send appeal');
  await nok.sees('✓ Appeal sent', 'Cashier 1 cannot be modified until it is answered.', 'Withdraw');
  const line = outgoingLines(world).findLast(({ itemType }) => itemType === 'APPEAL');
  expect(line).toMatchObject({
    values: { statement: 'The old sticker was taken off before.' },
    photos: [{ role: 'evidence' }],
    against: { itemRef: spot.split('#')[0], revision: 1, reasonCodes: ['SPOT_ALREADY_COVERED'] },
  });
  await world.nextDay();
  await nok.sees('✓ Appeal accepted', 'Nine Mart · Cashier 1', 'The decision is changed.');
  expect((await nok.chat()).match(/Appeal accepted/g)).toHaveLength(1);
  await nok.taps('View', { on: await nok.card('✓ Appeal accepted') });
  await nok.sees('✓ Nine Mart · Cashier 1', 'Deployment fee (THB): eligible.');
});

it('the card of the submission tells in the end what came of each spot', async () => {
  await nok.taps('See photos', { on: await nok.card(/Submitted P-.*\n.*\n.*Nine Mart/) });
  await nok.sees('Nine Mart', 'Cashier 1: ✓ Approved · code');
});

it('a Primary POSM is judged beside its spot: it is modified alone, and the fee waits until both are approved', async () => {
  await promote(nok, { product: 'PRIMARY_POSM', shop: 'Som Tam House' });
  await nextDayFails(world, handedOverKey(world, 'POSM'), ['POSM_WRONG_PRODUCT']);
  await nok.sees('Results up to', 'Spots: 1 promoted, 1 failed.', 'Cashier 1, display: wrong kind of material');
  await nok.taps('All results');
  await nok.taps('Shops');
  await nok.taps('Som Tam House');
  await nok.taps('Cashier 1');
  await nok.sees('✓ Som Tam House · Cashier 1', 'The fee waits until shop, spot and POSM are approved.');
  await nok.taps('Fix Cashier 1');
  await nok.sees('No fee until approved.');
  await nok.taps('Modify');
  await nok.sees('Modify · Cashier 1, display', 'Only this is needed: the place and the close-up.');
  await nok.fills({ posmForm: 'POSTER' });
  await nok.sends(await pictures.display(654));
  await nok.sees('Look at both. Send it again?', 'Kind: Table card → Poster');
  const before = outgoingLines(world).length;
  await nok.taps('Resubmit');
  await nok.sees('✓ Sent again (2nd time)');
  expect(outgoingLines(world).slice(before)).toMatchObject([
    { itemType: 'POSM', revision: 2, values: { posmForm: 'POSTER', quantity: 2 } },
  ]);
  await world.nextDay();
  await nok.sees('Results up to', '1 approved', 'Nothing to do.');
  await nok.taps('All results');
  await nok.taps('Shops');
  await nok.taps('Som Tam House');
  await nok.taps('Cashier 1');
  await nok.sees('✓ Som Tam House · Cashier 1', 'Deployment fee (THB): eligible.');
});
