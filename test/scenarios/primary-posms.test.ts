import { expect } from 'vitest';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok promotes Primary POSMs in one shop after another');

const PRODUCT = 'PRIMARY_POSM';

it('a promoter promotes Primary POSMs at three spots of a shop, and has submitted them', async () => {
  await nok.says('menu');
  await nok.taps('Primary POSMs');
  await nok.sees('Primary POSMs', 'Brand display without a QR code.');
  await nok.taps('Policy');
  await nok.sees('Stuck or standing firmly');
  await nok.taps('Agree and start');
  await nok.sees('Step 1 of 4', 'Primary POSMs');
  await nok.fills(SHOP);
  await nok.sees('Whole door, whole sign', 'Baan Coffee');
  await nok.sends(await pictures.storefront(1));

  const spots = [
    ['Cashier 1', { spotType: 'CASHIER_COUNTER', posmForm: 'STICKER', quantity: '2', howMany: '3' }],
    ['Door', { spotType: 'ENTRANCE_DOOR', posmForm: 'POSTER' }],
    ['Other place', { spotType: 'OTHER', posmForm: 'STANDEE', quantity: '12' }],
  ] as const;
  for (const [index, [name, answers]] of spots.entries()) {
    await nok.sees('Where is the display?', 'Kind', 'How many here', 'Stuck or standing firmly');
    await nok.fills({ ...answers, fixedSecurely: true });
    await nok.sees(name, 'in this order', '① the wide photo: counter or place', '② the close-up of the display');
    await nok.doesNotSee('button.typeCode', { on: await nok.card() });
    await nok.sends(await pictures.counter(20 + index));
    await nok.sees('✓ Wide photo  ○ Close-up', 'Now the close-up of the display.');
    await nok.sends(await pictures.display(20 + index));
    await nok.sees(`✓ ${name}`);
  }
  await nok.sees('Step 3 of 4', 'Merchant supplement information, for a quicker review.');
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.sees('Check and submit', 'Everything is there. Submit it.');
  await nok.taps('Submit');
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/, 'Baan Coffee · 3 spots');
  await nok.taps('See photos');
  await nok.sees('2 × Sticker', '1 × Poster', '12 × Floor stand');
});

it('what is handed over says the kind and how many, and has no code', () => {
  const lines = outgoingLines(world);
  expect(new Set(lines.map(({ product }) => product))).toEqual(new Set([PRODUCT]));
  const posms = lines.flatMap(({ itemType, values }) => (itemType === 'POSM' ? [values] : []));
  expect(posms).toHaveLength(3);
  expect(posms).toEqual(
    expect.arrayContaining([
      { posmForm: 'STICKER', quantity: 2 },
      { posmForm: 'POSTER', quantity: 1 },
      { posmForm: 'STANDEE', quantity: 12 },
    ]),
  );
  expect(lines.filter(({ code }) => code !== undefined)).toEqual([]);
});

it('Next shop begins the same product', async () => {
  await nok.taps('Next shop');
  await nok.sees('Step 1 of 4', 'Primary POSMs');
});

it('how many: what is no number from 1 to 99 comes back as typed, with what to do', async () => {
  await nok.fills({ ...SHOP, nameLocal: 'Nine Mart' });
  await nok.sends(await pictures.storefront(2));
  const spot = { posmForm: 'STANDEE', fixedSecurely: true, howMany: '2' };
  await nok.fills({ ...spot, quantity: '0' });
  await nok.sees('How many here: 1 is the least.', '"STANDEE"');
  await nok.fills({ quantity: '100' });
  await nok.sees('How many here: 99 is the most.', '"STANDEE"');
  for (const [quantity, said] of [
    ['two', 'How many here: write a number, such as 1.'],
    ['', 'How many here: this is missing.'],
  ] as const) {
    await tapsForm({ ...spot, quantity });
    await nok.sees(said, '"STANDEE"');
  }
  await nok.fills({ quantity: '99' });
  await nok.sees('Step 2 of 4', 'in this order');
});

it('the same photo twice is told and used once, and a QR code in one does no harm', async () => {
  const counter = await pictures.counter(30);
  await nok.sends(counter);
  await nok.sends(counter);
  await nok.sees('You have sent this very photo already.', '✓ Wide photo  ○ Close-up');
  await nok.sends(await pictures.closeup('https://qr.alipayplus.example/m/ABCD2345EFG9'));
  await nok.sees('✓ Cashier 1', 'Where is the display?');
  await nok.fills({ spotType: 'ENTRANCE_DOOR', posmForm: 'POSTER', fixedSecurely: false });
  await nok.sends(await pictures.counter(31), await pictures.foreignCode());
  await nok.sees('Step 3 of 4', '✓ Door');
});

it('a code cannot be typed, whatever card it is tapped on', async () => {
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.sees('Door may fail: not stuck or standing firmly.');
  const { outTrackId, buttons } = await nok.card();
  const drawn = { ...buttons[0]?.params, action: 'promotion.answer' };
  const params = { ...drawn, form: { code: 'ABCD2345EFG9' }, extra: { form: 'typeCode:spots:s1' } };
  await world.sandbox.tap(outTrackId, { userId: nok.userId, actionId: 'promotion.answer', params });
  await nok.sees('Check and submit');
  await nok.taps('Submit');
  await nok.taps('Submit anyway');
  await nok.sees('Submitted', 'Nine Mart');
  expect(outgoingLines(world).filter(({ code }) => code !== undefined)).toEqual([]);
});

it('of photos that may not pass the one that is named is replaced alone', async () => {
  await nok.taps('Next shop');
  await nok.fills({ ...SHOP, nameLocal: 'Som Tam House' });
  await nok.sends(await pictures.storefront(3));
  await nok.fills({ posmForm: 'HANGER', fixedSecurely: true });
  await nok.sends(await pictures.counter(40), await pictures.dark(4));
  await nok.sees('! Close-up', 'A bit dark.');
  await nok.taps('Keep');
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 8841' });
  await nok.sees('Cashier 1 may fail: photo a bit dark.');
  await nok.taps('Fix Cashier 1');
  await nok.sees('A new photo replaces the close-up.');
  await nok.sends(await pictures.display(40));
  await nok.sees('Everything is there. Submit it.');
});

it('two new photos replace both in their order, and going back leads on', async () => {
  await nok.says('back');
  await nok.says('back');
  await nok.sees('A new photo replaces the wide photo.');
  expect((await nok.card()).buttons.map(({ label }) => label)).toEqual(['Next', 'New close-up', 'Back', 'Menu']);
  await nok.taps('New close-up');
  await nok.sees('A new photo replaces the close-up.');
  await nok.taps('Back');
  await nok.sees('Check and submit');
  await nok.says('back');
  await nok.says('back');
  await nok.sends(await pictures.counter(41), await pictures.display(41));
  await nok.sees('Everything is there. Submit it.');
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Som Tam House');
});

it('a shop is promoted with the other product from what is known of it, and both drafts are told apart', async () => {
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.taps('Start Promotion');
  await nok.taps(/^Nine Mart/);
  await nok.fills({ consent: true });
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: PRODUCT });
  await nok.taps('Start Promotion');
  await nok.taps(/^Nine Mart/);
  await nok.fills({ consent: true });
  await nok.says('menu');
  await nok.sees('Resume Primary POSMs', 'Resume Alipay+ Mark…');
});

/** What DingTalk's client would not send: a number field takes digits only. */
async function tapsForm(form: Readonly<Record<string, unknown>>): Promise<void> {
  const { outTrackId, forms } = await nok.card();
  const [shown] = forms;
  if (shown === undefined) throw new Error('There is no form');
  await world.sandbox.tap(outTrackId, {
    userId: nok.userId,
    actionId: shown.actionId,
    params: { ...shown.params, form },
  });
}
