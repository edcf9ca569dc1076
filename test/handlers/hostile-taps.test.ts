import { beforeEach, expect, it } from 'vitest';
import { associationsOfIso } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { usageOf } from '../../models/monthly-usage.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';
import { howOften } from '../support/how-often.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const GROUP = 'group-1';
const TAPS = howOften({ inEachRun: 150, inFull: 2_500 });
const WISH = { isoEmail: DEMO_ISO, name: 'Sam', phone: '081 555 0001' };
const billed = async () => (await usageOf('2026-11')).calls;
const requests = async () => {
  const iso = await findIsoByEmail(DEMO_ISO);
  return (await associationsOfIso(iso?.isoId ?? '', ['PENDING', 'WITHDRAWN'])).length;
};

beforeEach(async () => {
  await world().hires('nok');
});

/** A tap with what a card of ours could send, on this card; what follows from it goes on beside the next ones. */
async function taps(userId: string, outTrackId: string, params: Readonly<Record<string, unknown>>) {
  await world().takesIn(world().tap(outTrackId, { userId, actionId: 'x', params }));
}

/** A card in nok's chat that keeps what it says, with a button that opens the menu. */
async function aRecord(): Promise<string> {
  const record = { intent: 'told', to: 'nok', kind: 'record', view: 'help' } as const;
  await inTransaction((tx) =>
    sendRecord({ ...record, subject: { kind: 'person', id: 'nok' } }, world().clock.now(), tx),
  );
  await world().sweep();
  return (await world().person('nok').card()).outTrackId;
}

/** The card of a group that an admin asked for the digest. */
async function groupCard(): Promise<string> {
  const admin = world().person('admin1').inGroup(GROUP);
  await admin.says('digest');
  return (await admin.card()).outTrackId;
}

/** Somebody who asks to join and takes it back, as often as their card lets them. */
async function asksAndTakesBack(times: number): Promise<void> {
  const stranger = world().person('stranger');
  await stranger.says('hi');
  for (let time = 0; time < times; time += 1) {
    world().clock.moveTo(world().clock.now() + 1_000);
    await stranger.fills(WISH);
    if ((await requests()) > time) await stranger.taps({ action: 'association.withdraw' });
  }
}

it('hostile taps cost fewer than 100 calls, however many', async () => {
  const [group, record] = [await groupCard(), await aRecord()];
  const before = await billed();
  await asksAndTakesBack(10);
  for (let tap = 20; tap < TAPS; tap += 2) {
    await taps('nok', group, { action: 'group.bind', subject: `group:${GROUP}`, version: '1' });
    await taps('nok', record, { action: 'menu.open' });
    if (tap % 100 === 0) await world().untilIdle();
  }
  await world().untilIdle();
  const cost = (await billed()) - before;
  expect(cost).toBeLessThan(100);
  // each of the three did cost something: a line, cards below, requests
  expect(cost).toBeGreaterThan(50);
});

it('whoever asks to join and takes it back goes on tomorrow, with what they typed', async () => {
  await asksAndTakesBack(4);
  expect(await requests()).toBe(3);
  const stranger = world().person('stranger');
  await stranger.sees('You asked 3 times today. Ask again tomorrow.', 'Sam');
  world().clock.moveTo(world().clock.now() + 24 * 3_600_000 + 1);
  await stranger.fills(WISH);
  expect(await requests()).toBe(4);
});

it('a card that was tapped too often to open others below opens where it is, and the chat has one working card', async () => {
  const record = await aRecord();
  const nok = world().person('nok');
  for (let tap = 0; tap < 32; tap += 1) await taps('nok', record, { action: 'menu.open' });
  await world().untilIdle();
  const menus = (await nok.cards()).filter(({ text }) => text.includes('Hi Nok'));
  expect(menus.map(({ outTrackId }) => outTrackId)).toEqual([record]);
  await nok.taps({ action: 'review.mine' }, { on: await nok.card('Hi Nok') });
  await nok.sees('My results');
});
