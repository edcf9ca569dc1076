import { expect } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('Nok and Lek promote two shops and tap what is not for them');

it('a tap on an old card is applied, the old card says it continues below', async () => {
  await nok.says('menu');
  const old = await nok.card('Hi Nok');
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code', { on: old });
  await nok.sees('Continued below.');
  await nok.sees('Start Promotion');
});

it('an answer from a form that was left is taken, and what was saved since is not undone', async () => {
  await nok.taps('Start Promotion');
  const form = await nok.card('Name on the sign');
  const answers = { nameLocal: 'Baan Coffee', address: '12 Silom Rd', city: 'Bangkok', managerName: 'Khun Malee' };
  await nok.fills({ ...answers, paysWith: 'ALIPAY_ONLY', consent: true });
  await nok.sees('Storefront photo');
  await nok.fills({ nameLocal: 'Baan Coffee 2', city: 'Bangkok' }, { on: form });
  await nok.sees('Storefront photo', 'Baan Coffee 2');
  await nok.taps('Back');
  await nok.sees('Baan Coffee 2', '12 Silom Rd', 'Khun Malee');
  await nok.fills({});
  await nok.sees('Storefront photo');
});

it("somebody else's tap changes nothing, and only they are told whose card it is", async () => {
  const card = await nok.card('Storefront photo');
  const back = card.buttons.find(({ label }) => label === 'Back');
  const { response } = await world.sandbox.tap(card.outTrackId, {
    userId: 'staff2',
    actionId: back?.actionId ?? '',
    params: back?.params ?? {},
  });
  expect(JSON.stringify(response)).toContain('belongs to Nok Suda');
  await world.untilIdle();
  await nok.sees('Storefront photo', 'Stand across the street');
});

it("a forged tap for somebody else's promotion reaches nothing of it", async () => {
  const card = await nok.card('Storefront photo');
  const params = card.buttons.find(({ label }) => label === 'Back')?.params ?? {};
  await lek.says('menu');
  const own = await lek.card('Hi Lek');
  await world.sandbox.tap(own.outTrackId, { userId: 'staff2', actionId: own.buttons[0]?.actionId ?? '', params });
  await world.untilIdle();
  await lek.sees('Hi Lek');
  expect(await lek.has('Baan Coffee')).toBe(false);
});

it('an action that nobody knows redraws the card as it is', async () => {
  const own = await lek.card('Hi Lek');
  const answer = await world.sandbox.tap(own.outTrackId, {
    userId: 'staff2',
    actionId: 'x',
    params: { action: 'promotion.fly', subject: 'nonsense', version: 'seven' },
  });
  expect(answer.applied).toBe(true);
  await lek.sees('Hi Lek', 'Alipay+ Marketing Code');
});

it('the same tap pushed three times at once is applied once', async () => {
  await nok.sends(await pictures.storefront(1));
  await nok.fills({ fixedSecurely: true });
  await nok.sends(await pictures.counter(1), await pictures.closeup('https://qr.alipayplus.example/m/SHPCDEFGHAAA'));
  await nok.fills({ contactPhoneOrEmail: 'malee@coffee.example' });
  await nok.sees('Check and submit');
  const answer = await nok.taps('Submit', { repeat: 3, atOnce: true });
  expect([answer, ...(answer.repeats ?? [])].every(({ applied }) => applied)).toBe(true);
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
  const numbers = new Set((await nok.chat()).match(/P-[2-9A-Z]{4}/g));
  expect(numbers.size).toBe(1);
});

it('two thumbs on Submit of two devices: one submission', async () => {
  await reach(lek, 'summary', { shop: 'Nine Mart', series: 'BB' });
  const card = await lek.card('Check and submit');
  await Promise.all([1, 2, 3].map(() => lek.taps('Submit', { on: card, withoutWaiting: true })));
  await world.untilIdle();
  await lek.sees('Submitted', 'Nine Mart');
  expect(new Set((await lek.chat()).match(/P-[2-9A-Z]{4}/g)).size).toBe(1);
  await lek.taps('Submit', { on: card });
  expect(new Set((await lek.chat()).match(/P-[2-9A-Z]{4}/g)).size).toBe(1);
});

it('Submit on a summary that has changed since shows it anew and sends nothing', async () => {
  await reach(lek, 'summary', { shop: 'Late Shop', series: 'DD' });
  const old = await lek.card('Check and submit');
  await lek.taps('Change…');
  await lek.taps(/Business/);
  await lek.fills({ contactName: 'Somebody New' });
  await lek.sees('Check and submit');
  await lek.taps('Submit', { on: old });
  await lek.sees('Check and submit', 'Late Shop', 'This has changed meanwhile. Here is how it is now.');
  await lek.taps('Submit');
  await lek.sees('Submitted', 'Late Shop');
});

it('See photos and Next shop below a record', async () => {
  await lek.taps('See photos');
  await lek.sees('Late Shop', '…HDDA');
  await lek.taps('Next shop', { on: await lek.card(/Submitted/) });
  await lek.sees('Step 1 of 4', 'Tap the shop below', 'Late Shop');
});

it('a language switch redraws the records that stand in the chat', async () => {
  const record = await lek.card('Late Shop · 1 spot');
  await lek.says('menu');
  await lek.taps('Language');
  await lek.taps(/ไทย/);
  await lek.sees('ดูผลได้ตั้งแต่', 'Late Shop');
  expect((await world.sandbox.card(record.outTrackId, 'staff2')).view?.title).toMatch(/^✓ ส่งแล้ว P-/);
});
