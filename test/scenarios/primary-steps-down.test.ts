import { afterAll, beforeAll, expect } from 'vitest';
import { type RunningServer, startServer } from '../../packages/embedded-store/src/server.ts';
import { newFolder } from '../../packages/embedded-store/test/stores.ts';
import { firing } from '../support/alerts/evaluate.ts';
import { join as joinIso, NOK } from '../support/conversations/joining.ts';
import { codeOf } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import type { Person } from '../support/world/person.ts';
import { reach } from '../support/world/reach.ts';
import { SteppingPrimary } from '../support/world/stepping-primary.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { startWorld, type World } from '../support/world/world.ts';

const UNSAVED = 'Cannot save now. Nothing is lost. Try again in a few minutes.';
const COMMIT = /^commitTransaction /;
const WRITE = /^(insert|update|findAndModify|bulkWrite) /;

const it = story('The primary steps down while people work');
const { folder, remove } = newFolder();
let store: RunningServer;
let primary: SteppingPrimary;
let world: World;
let nok: Person;
beforeAll(async () => {
  store = await startServer({ dataDir: folder });
  primary = await SteppingPrimary.before(store.uri);
  world = await startWorld({ env: { MONGODB_URI: primary.uri } });
  nok = world.person('staff1');
  await joinIso(nok, world.person('admin1'), NOK);
});
afterAll(async () => {
  await world?.close();
  await primary?.close();
  await store?.close();
  remove();
});

it('at a tap: before its write, at its commit, and when only the answer is lost: each is answered in time, and done or told', async () => {
  // what only opens something writes its card alone, without a transaction
  const menu = { word: 'menu', params: { action: 'menu.product' }, sees: 'Start Promotion' };
  const language = (tag: string, sees: string) => ({
    word: 'language',
    params: { action: 'language.choose', language: tag },
    sees,
  });
  const moments = [
    { at: WRITE, code: 10107, how: 'before', tap: menu },
    { at: WRITE, code: 91, how: 'after', tap: menu },
    { at: WRITE, code: 10107, how: 'before', tap: language('th', 'ภาษา') },
    { at: COMMIT, code: 189, how: 'before', tap: language('vi', 'Ngôn ngữ') },
    { at: COMMIT, code: 91, how: 'after', tap: language('en', 'Language') },
  ] as const;
  for (const { tap, ...moment } of moments) {
    await nok.says(tap.word);
    const happened = primary.stepsDownAt(moment);
    let { applied, response, latencyMs } = await nok.taps(tap.params, { withoutWaiting: true });
    expect([moment, applied, happened()]).toEqual([moment, true, 1]);
    expect(latencyMs).toBeLessThan(2_000);
    // where the machine has so much to do that no try fits into the time of a tap any more, they are told, and tap again
    while (JSON.stringify(response).includes(UNSAVED) && !(await nok.has(tap.sees)))
      ({ response } = await nok.taps(tap.params));
    await nok.sees(tap.sees);
  }
  await nok.says('menu');
});

it('at a message and at photos: what was sent is there once, and nobody sends it again', async () => {
  await reach(nok, 'storefront');
  const first = primary.stepsDownAt({ at: /^(insert|update) inbox/, code: 189, how: 'after' });
  await nok.sends(await pictures.storefront(1));
  await nok.sees('Step 2 of 4');
  const second = primary.stepsDownAt({ at: COMMIT, code: 91, how: 'after' });
  await nok.fills({ fixedSecurely: true, howMany: '1' });
  const third = primary.stepsDownAt({ at: COMMIT, code: 10107, how: 'before' });
  await nok.sends(await pictures.counter(3), await pictures.closeup(codeOf('AA', 0)));
  await nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
  await nok.sees('Check and submit');
  expect([first(), second(), third()]).toEqual([1, 1, 1]);
  const { photos } = await storedRows(world);
  expect(photos).toHaveLength(3);
});

it('at Submit, whose commit came through unanswered: one promotion, handed over once', async () => {
  const happened = primary.stepsDownAt({ at: COMMIT, code: 189, how: 'after', times: 2 });
  await nok.taps('Submit');
  await nok.sees('Submitted', /P-[2-9A-Z]{4}/);
  expect(happened()).toBe(2);
  const { promotions, spots, bindings, audit, outbox } = await storedRows(world);
  expect([promotions, spots, bindings].map(({ length }) => length)).toEqual([1, 1, 1]);
  expect(audit.filter(({ what }) => what === 'promotion.submit')).toHaveLength(1);
  expect(outbox.filter(({ state }) => state !== 'SENT')).toEqual([]);
  expect(outgoingLines(world).map(({ itemType }) => itemType)).toEqual(['STORE', 'SPOT', 'POSM']);
});

it('at a batch of a daily file that lands: each row counts once, and is told once', async () => {
  const happened = primary.stepsDownAt({ at: /^bulkWrite.*auditbatches/, code: 10107, how: 'before' });
  await world.nextDay();
  await nok.sees('Results up to', '1 approved');
  expect(happened()).toBe(1);
  const { auditbatches, cards } = await storedRows(world);
  expect(auditbatches.map(({ count }) => count)).toEqual([3]);
  expect(cards.filter(({ view, viewer }) => view === 'review.day' && viewer === 'staff1')).toHaveLength(1);
});

it('and nobody is elected for a while: taps and messages are told so in time, and all is there after it', async () => {
  await nok.says('menu');
  const card = await nok.card();
  await primary.stepsDown(91);
  const { applied, response, latencyMs } = await nok.taps('Help', { on: card, withoutWaiting: true });
  expect([applied, JSON.stringify(response)]).toEqual([true, expect.stringContaining(UNSAVED)]);
  expect(latencyMs).toBeLessThan(2_000);
  await world.sandbox.say('staff1', 'help');
  await expect.poll(async () => (await fetch(`${world.botUrl}/readyz`)).status).toBe(503);
  const scraped = async (at: number) => ({ at, text: await (await fetch(`${world.botUrl}/metrics`)).text() });
  const meanwhile = [await scraped(0), await scraped(1)];
  expect(firing(meanwhile)).toContain('CannotSave');
  primary.isElected();
  await expect.poll(async () => (await fetch(`${world.botUrl}/readyz`)).status).toBe(200);
  expect(firing([...meanwhile, await scraped(2)])).not.toContain('CannotSave');
  await world.advance(61_000);
  await nok.sees('Send “menu” to start');
});
