import { expect, test } from 'vitest';
import { LEK } from '../support/conversations/joining.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { whileStoreIsBusy } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const CREATE = '/v1.0/card/instances/createAndDeliver';
const UPDATE = '/v1.0/card/instances';
const FOLDED = [expect.stringMatching(/Continued below\.$/)];

const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1'] });
const it = story('Nok promotes one shop over a bad line');

const cards = async (): Promise<number> => (await nok.entries()).filter((entry) => entry.outTrackId).length;

/** What the health page says of it, and whether the bot is ready all the same. */
async function configuration(): Promise<{ ready: number; ok: boolean; detail?: string }> {
  const ready = await fetch(`${world.botUrl}/readyz`);
  const { parts } = (await ready.json()) as { parts: { configuration: { ok: boolean; detail?: string } } };
  const { ok, detail } = parts.configuration;
  return detail === undefined ? { ready: ready.status, ok } : { ready: ready.status, ok, detail };
}

test.each([
  ['403, too many a second', { kind: 'qps', times: 2 }],
  ['504, and the card was not made', { kind: 'gatewayTimeout', times: 2, done: false }],
  ['504, though the card was made', { kind: 'gatewayTimeout', times: 1, done: true }],
  ['200, but not delivered', { kind: 'undelivered', times: 1 }],
])('a card answered with %s comes later, and once', async (_what, fault) => {
  const before = await cards();
  await world.fault({ ...fault, path: fault.kind === 'undelivered' ? undefined : CREATE });
  await world.sandbox.say('staff1', 'menu');
  await world.advance(60_000);
  await world.untilIdle();
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
  expect(await cards()).toBe(before + 1);
  await world.noFaults();
});

test('a card that only an operator can get out waits, the health page says what to do, and it comes when that is done', async () => {
  const before = await cards();
  await world.fault({ kind: 'refusal', path: CREATE, status: 400, code: 'param.templateUnpublished' });
  await world.sandbox.say('staff1', 'menu');
  await expect.poll(configuration).toMatchObject({ ready: 200, ok: false });
  expect((await configuration()).detail).toMatch(/createAndDeliver: dingtalk\.template, publish the card template/);
  expect(await cards()).toBe(before);
  await world.noFaults();
  await world.advance(2 * 60_000);
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
  expect(await cards()).toBe(before + 1);
  expect(await configuration()).toEqual({ ready: 200, ok: true });
});

test('what was decided and said while no card could be made comes when they can, and what was overtaken does not', async () => {
  await lek.says('hi');
  await lek.fills({ isoEmail: 'demo@iso.example', ...LEK });
  await ploy.sees(LEK.name);
  const before = await cards();
  await world.fault({ kind: 'gatewayTimeout', path: CREATE, done: false, times: 30 });
  await ploy.taps({ action: 'association.approve' }, { withoutWaiting: true });
  for (const word of ['help', 'menu']) await world.sandbox.say('staff1', word);
  await world.advance(3 * 3_600_000);
  await lek.sees('Approved');
  expect(await cards()).toBe(before + 1);
  await world.noFaults();
});

const OUTAGE_MS = 4 * 60_000;

/** Moves the bot's calendar while what it sends does not work, which is no rest for the sandbox. */
async function moveBotAlone(ms: number): Promise<void> {
  const { now } = await world.sandbox.get<{ now: number }>('/clock');
  const body = JSON.stringify({ now: now + ms });
  const headers = { 'content-type': 'application/json' };
  const moved = await fetch(`${world.botUrl}/control/clock`, { method: 'POST', headers, body });
  expect(moved.status).toBe(200);
}

/** Without moving the clock: what waits for its own time does not come. */
const soon = (what: () => Promise<unknown>) => expect.poll(what);

const textsOn = async (outTrackId: string) => (await world.sandbox.card(outTrackId, 'staff1')).view?.texts;

test('after an outage of minutes, whoever writes has a card at once', async () => {
  const before = await cards();
  await world.fault({ kind: 'gatewayTimeout', path: CREATE, done: false });
  await world.sandbox.say('staff1', 'menu');
  await moveBotAlone(OUTAGE_MS);
  expect(await cards()).toBe(before);
  await world.noFaults();
  await world.sandbox.say('staff1', 'menu');
  await soon(cards).toBe(before + 1);
  await world.advance(OUTAGE_MS);
});

test('one redraw refused for a used-up month waits no longer than the next call that works', async () => {
  await nok.says('menu');
  const old = await nok.card('Hi Nok');
  await world.fault({ kind: 'apiQuota', path: UPDATE, method: 'PUT', times: 1 });
  await world.sandbox.say('staff1', 'menu');
  await soon(() => world.sandbox.get('/faults')).toEqual([]);
  expect(await textsOn(old.outTrackId)).not.toEqual(FOLDED);
  await world.sandbox.say('staff1', 'menu');
  await soon(() => textsOn(old.outTrackId)).toEqual(FOLDED);
});

test('an old card whose fold was lost after it had left loses its buttons all the same', async () => {
  await nok.says('menu');
  const old = await nok.card('Hi Nok');
  await world.fault({ kind: 'gatewayTimeout', path: UPDATE, method: 'PUT', done: false });
  await world.sandbox.say('staff1', 'menu');
  await soon(async () => (await nok.cards()).at(-1)?.outTrackId).not.toBe(old.outTrackId);
  await world.fault({ kind: 'dropAck', on: 'tap', times: 1 });
  expect(await nok.taps('Language', { on: old, withoutWaiting: true })).toMatchObject({ applied: false });
  expect(await textsOn(old.outTrackId)).not.toEqual(FOLDED);
  await world.noFaults();
  await nok.says('menu');
  expect(await textsOn(old.outTrackId)).toEqual(FOLDED);
});

it('an answer to a tap that is lost on its way: the same tap again shows where it led', async () => {
  await world.fault({ kind: 'dropAck', on: 'tap', times: 1 });
  const lost = await nok.taps('Alipay+ Marketing Code');
  expect(lost.applied).toBe(false);
  await nok.taps('Alipay+ Marketing Code');
  await nok.sees('Start Promotion');
});

it('a form whose answer was lost is sent again, and is saved once', async () => {
  await nok.taps('Start Promotion');
  await world.fault({ kind: 'dropAck', on: 'tap', times: 1 });
  const lost = await nok.fills({ ...SHOP });
  expect(lost.applied).toBe(false);
  await nok.fills({ ...SHOP });
  await nok.sees('Storefront photo', 'Baan Coffee');
});

it('a tap that was long on its way is applied when it comes', async () => {
  await world.fault({ kind: 'delayPush', on: 'tap', delayMs: 1_000, times: 1 });
  await nok.taps('Menu');
  await nok.sees('Hi Nok', 'Resume Baan Coffee');
});

it('a tap that takes long is answered with "Checking", and the card follows', async () => {
  await whileStoreIsBusy(world, async () => {
    const { applied, response } = await nok.taps('Resume Baan Coffee', { withoutWaiting: true });
    expect(applied).toBe(true);
    expect(JSON.stringify(response)).toContain('Got it. Checking…');
  });
  await nok.sees('Storefront photo', 'Stand across the street');
});

it('a redraw that DingTalk refuses for a while is sent later', async () => {
  await world.fault({ kind: 'qps', path: UPDATE, method: 'PUT', times: 2 });
  const old = await nok.card('Storefront photo');
  await nok.says('menu');
  await nok.sees('Hi Nok');
  expect(await textsOn(old.outTrackId)).toEqual(FOLDED);
  await nok.taps('Resume Baan Coffee');
});

it('a tap pushed twice by the line is applied once', async () => {
  await world.fault({ kind: 'duplicatePush', on: 'tap', times: 1 });
  await nok.taps('Menu');
  await nok.sees('Hi Nok');
  await world.fault({ kind: 'duplicatePush', on: 'message', times: 1 });
  const before = await cards();
  await nok.says('menu');
  expect(await cards()).toBe(before + 1);
  await nok.taps('Resume Baan Coffee');
});

it('a message whose acknowledgement is lost comes again and is applied once', async () => {
  await world.fault({ kind: 'dropAck', on: 'message', times: 1 });
  await nok.sends(await pictures.storefront(1));
  await world.advance(61_000);
  await nok.sees('Step 2 of 4', 'Where is the code?');
  await nok.doesNotSee('note.samePhoto');
  await nok.fills({ fixedSecurely: true });
});

for (const kind of ['disconnect', 'closeSocket']) {
  it(`${kind} in the middle of a burst: every photo is there`, async () => {
    const seed = kind === 'disconnect' ? 10 : 20;
    await world.sandbox.sendPictures('staff1', [await pictures.counter(seed)]);
    await world.fault({ kind });
    await world.sandbox.sendPictures('staff1', [await pictures.counter(seed + 1)]);
    await world.advance(61_000);
    await world.untilIdle();
    await nok.sends(await pictures.counter(seed + 1));
    await nok.sees('You have sent this very photo already.');
  });
}

it('a download that stalls is tried again, and nothing is asked twice', async () => {
  await world.fault({ kind: 'gatewayTimeout', path: '/v1.0/robot/messageFiles/download', times: 2, delayMs: 100 });
  await world.sandbox.sendPictures('staff1', [await pictures.closeup('https://qr.alipayplus.example/m/SHPCDEFGHAAA')]);
  await world.advance(120_000);
  await world.untilIdle();
  await nok.sees('Step 3 of 4');
});
