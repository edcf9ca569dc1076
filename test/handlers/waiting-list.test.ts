import { dayAfter, dayOf, instantOf } from '@field/kit/calendar';
import { expect, it } from 'vitest';
import { addAssociations, associationsOfIso, countWaiting } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;
const isoOf = async () => {
  const iso = await findIsoByEmail(DEMO_ISO);
  if (iso === undefined) throw new Error('there is no ISO');
  return iso;
};
const waiting = async () => await countWaiting((await isoOf()).isoId);

/** So many have asked on the public page, and wait. */
async function wait(count: number) {
  const { isoId } = await isoOf();
  const asked = Array.from({ length: count }, (_, index) => ({
    requestId: `guest-${index}`,
    isoId,
    name: `Guest ${index}`,
    phone: `+668155${50_000 + index}`,
    channel: 'QR' as const,
    at: world().clock.now(),
  }));
  await inTransaction((tx) => addAssociations(asked, tx));
}

/** Time passes, and what is due in the last hour of it happens. */
async function pass(hours: number) {
  world().clock.moveTo(world().clock.now() + (hours - 1) * HOUR_MS);
  await world().advance(HOUR_MS);
}

/** So many ask on the public page, one after the other; in a crowd once an ISO has had its fill. */
async function ask(count: number, crowded?: true) {
  for (let index = 0; index < count; index += 1) {
    const facts = {
      isoEmail: DEMO_ISO,
      name: `Guest ${index}`,
      phone: `+668155${50_000 + index}`,
      language: 'en',
      crowded,
    };
    await world().finds({ type: 'join.asked', facts }, 'join');
  }
}

async function inRequests() {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.requests']) await admin.taps({ action });
  return admin;
}

it('of what comes in a crowd the admins are told together, within the hour, and nothing is lost', async () => {
  const admin = world().person('admin1');
  await ask(3, true);
  expect(await admin.cards()).toEqual([]);
  expect(await waiting()).toBe(3);
  await world().advance(HOUR_MS);
  await admin.sees('3 people wait', 'Guest 0, Guest 1 and 1 more.');
  await world().advance(HOUR_MS);
  expect(await admin.cards()).toHaveLength(1);
});

it('admins are reminded of those who wait after a day and after three, once each', async () => {
  const admin = world().person('admin1');
  await ask(1);
  const lists = async () => (await admin.cards()).filter(({ title }) => title === '1 person waits').length;
  for (const [hours, told] of [
    [22, 0],
    [3, 1],
    [40, 1],
    [9, 2],
  ] as const) {
    await pass(hours);
    expect(await lists()).toBe(told);
  }
  await admin.sees('1 person waits', 'The first waits since');
});

it('of what would be due at night admins are reminded in the evening before, once', async () => {
  const admin = world().person('admin1');
  const { timeZone } = await isoOf();
  const today = dayOf(world().clock.now(), timeZone);
  world().clock.moveTo(instantOf(today, 21, timeZone));
  await ask(1);
  const lists = async () => (await admin.cards()).filter(({ title }) => title === '1 person waits').length;
  for (const [day, hour, told] of [
    [1, 17, 0],
    [1, 19, 1],
    [2, 12, 1],
  ] as const) {
    await pass((instantOf(dayAfter(today, day), hour, timeZone) - world().clock.now()) / HOUR_MS);
    expect(await lists()).toBe(told);
  }
});

it('those with a tick are turned away, and who has none stays', async () => {
  await wait(3);
  const admin = await inRequests();
  await admin.taps('Reject all…');
  await admin.sees('Take the tick from whoever belongs to you.');
  await admin.fills({ who: ['Guest 0 · +66 ••• 0000', 'Guest 2 · +66 ••• 0002'] });
  await admin.sees('✗ 2 rejected.', '1 person waits', 'Guest 1');
  const { isoId } = await isoOf();
  const rejected = await associationsOfIso(isoId, ['REJECTED']);
  expect(rejected).toMatchObject([{ decidedBy: 'admin1' }, { decidedBy: 'admin1' }]);
});

it('a crowd is turned away by the hour, but for whom the admin keeps, and who asked in the chat', async () => {
  const som = world().person('som');
  await som.says('hi');
  await som.fills({ isoEmail: DEMO_ISO, name: 'Som Jai', phone: '081 234 5099' });
  await wait(24);
  const admin = await inRequests();
  await admin.taps('Reject all…');
  await admin.sees('Many asked at once. Tick the hours to reject.');
  await admin.fills({ keep: 'guest 7, 50009' });
  await admin.sees('✗ 22 rejected.', '3 people wait', 'Som Jai', 'Guest 7', 'Guest 9');
});

it('another ISO’s admin turns nobody away, by whatever tap', async () => {
  await wait(2);
  const [one] = await associationsOfIso((await isoOf()).isoId, ['PENDING']);
  const ploy = world().person('ploy');
  await ploy.says('menu');
  const { outTrackId } = await ploy.card();
  const hours = [String(Math.floor(world().clock.now() / HOUR_MS) * HOUR_MS)];
  const params = { action: 'team.reject', form: { who: [one?.requestId ?? ''], hours } };
  await world().receive(world().tap(outTrackId, { userId: 'ploy', actionId: 'x', params }));
  expect(await waiting()).toBe(2);
});

it('the poster’s code is renewed once, and the old one leads to no ISO', async () => {
  const before = (await isoOf()).joinToken;
  const admin = world().person('admin1');
  await admin.says('menu');
  const { outTrackId } = await admin.card();
  const open = { action: 'team.renewPoster' };
  await world().receive(world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params: open }));
  await admin.sees('A new code?', 'The old code and its posters end at once.');
  const card = await admin.card();
  await admin.taps('New code');
  await admin.sees('✓ A new code. Print the poster again.');
  const after = (await isoOf()).joinToken;
  expect(after).not.toBe(before);
  await admin.taps('New code', { on: card });
  expect((await isoOf()).joinToken).toBe(after);
});
