import mongoose from 'mongoose';
import { beforeAll, expect, test } from 'vitest';
import { associationsOfIso } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { fieldNamed } from '../../src/platform/field-names.ts';
import { visitorOf } from '../support/conversations/join-page.ts';
import { LEK, NOK } from '../support/conversations/joining.ts';
import { howOften } from '../support/how-often.ts';
import { story } from '../support/story.ts';
import { behindTheScenes, employ } from '../support/world/behind.ts';
import type { TapAnswer } from '../support/world/sandbox-api.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const DEMO = 'demo@iso.example';
const DAY_MS = 24 * 3_600_000;
const INVITE_PATH = '/topapi/v2/user/create';

const { world, nok, lek, ploy } = sharedWorld();
const it = story('Requests and invitations of many people are decided, refused and expire');
const som = world.person('admin2');
beforeAll(async () => {
  await world.newPerson({ userId: 'admin2', name: 'Som Jai', mobile: '+66-812340088' });
  await employ(world, { userId: 'admin2', name: 'Som Jai', role: 'ADMIN', isoEmail: DEMO });
});

const accepts = (userId: string) => world.sandbox.post(`/users/${userId}/join`, {}).then(() => world.untilIdle());

const requests = () =>
  behindTheScenes(world, async () => {
    const isoId = (await findIsoByEmail(DEMO))?.isoId ?? '';
    return await associationsOfIso(isoId, ['PENDING', 'APPROVED', 'INVITED', 'ACTIVE', 'REJECTED', 'WITHDRAWN']);
  });

it('from the fourth waiting request on there is one list card, and all are approved with one tap', async () => {
  const phones = Array.from({ length: 7 }, (_, index) => `081 555 000${index}`);
  for (const [index, phone] of phones.entries()) {
    const visitor = visitorOf(world.botUrl, `203.0.113.${index}`);
    await visitor.sends('/join/general', { isoEmail: DEMO, name: `Guest ${index}`, phone });
  }
  await world.untilIdle();
  const titles = (await som.cards()).map(({ title }) => title);
  expect(titles.filter((title) => title === 'Join request')).toHaveLength(3);
  expect(titles.filter((title) => title === '7 people wait')).toHaveLength(1);
  await som.taps('See them');
  await som.sees('7 people wait', 'Guest 0', 'Page 1 of 2');
  await som.taps('Guest 0');
  await som.taps('Reject');
  await som.fills({ words: 'Not ours.' });
  await ploy.sees('6 people wait');
  await ploy.taps('Approve all…');
  await ploy.sees('Approve all', 'Take the tick from whoever does not belong.');
  await ploy.fills({ who: ['Guest 1', 'Guest 2', 'Guest 3', 'Guest 4', 'Guest 5'].map((name) => optionOf(name)) });
  await ploy.sees('1 person waits', '✓ 5 approved.', 'Guest 6');
  await som.sees('1 person waits');
  await ploy.taps('Guest 6');
  await ploy.taps('Approve');
  await ploy.sees('✓ Nobody waits', '✓ 1 approved.');
});

/** A tick by the name that stands beside it. */
function optionOf(name: string): string {
  return `${name} · +66 ••• 000${name.slice(-1)}`;
}

it('a pasted staff list invites who can be read, says who is known, and gives back every other line as typed', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('Invite');
  const list = [
    'Malee Dee 081 234 4821',
    '0066812344822 Chai Dee',
    'Pim\t+66 (0)81-234-4823',
    'Kit,０８１２３４４８２４',
    '081.234.4825;Joy',
    '1. Fon: 66812344826',
    'Dao – (081) 234-4827',
    'Tee 812344828',
    '๐๘๑๒๓๔๔๘๒๙ Bee',
    'Aom 081-234-4830',
    'Malee D. +66812344821',
    'Somchai',
    'Nobody 081 234 48',
    'Guest 1 081 555 0001',
  ];
  await ploy.fills({ list: list.join('\n') });
  await ploy.sees('✓ 10 invited.', 'Known already: Guest 1.', '! 3 lines need you: see the list.');
  const [form] = (await ploy.card('Invite')).forms;
  expect(form?.fields.find(({ name }) => fieldNamed(name) === 'list')?.value).toBe(
    ['Malee D. +66812344821 ← twice in the list', 'Somchai ← no phone no.', 'Nobody 081 234 48 ← not a phone no.'].join(
      '\n',
    ),
  );
  await ploy.fills({ list: 'Somchai ← no phone no. 081 234 4831', name: 'Odd', phone: '12' });
  await ploy.sees('Phone no.: check it.', '! 1 line needs you');
  await ploy.fills({ list: 'Somchai 081 234 4831', name: '', phone: '' });
  await ploy.sees('✓ 1 invited.');
  await ploy.fills({});
  await ploy.sees('Name: write a name and a phone no., or a list.');
});

it('an invitation that DingTalk refuses is said to the admin, who sends it again or takes it back', async () => {
  await world.fault({ kind: 'inviteRefused', errcode: 99999, times: 1 });
  await world.fault({ kind: 'inviteRefused', times: 1 });
  const person = await world.newPerson({ userId: 'fai', name: 'Fai', mobile: '+66-812349001', joined: false });
  await ploy.fills({ name: 'Fai', phone: '081 234 9001' });
  await ploy.sees('Invitation', 'Fai', '! DingTalk did not take it. Ask the person, send again.');
  await ploy.taps('Send again');
  await ploy.sees('Invitation', 'Fai', '! They are in too many organisations. They must leave one.');
  await ploy.taps('Send again');
  await ploy.sees('Invitation', 'Fai', '… Invitation sent, waiting for consent.');
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('People');
  await ploy.taps('Search');
  await ploy.fills({ 'Name or phone no.': 'fai' });
  await ploy.sees('1 person with “fai”.');
  await ploy.taps('Fai');
  await ploy.taps('Take back');
  await ploy.sees('The invitation was taken back.');
  await accepts('fai');
  for (const key of ['association.approved', 'association.welcome'] as const) await person.doesNotSee(key);
  await person.says('hi');
  await person.sees('Join your ISO');
});

test('an invitation is sent once through time-outs and a crash', async () => {
  await world.newPerson({ userId: 'gam', name: 'Gam', mobile: '+66-812349002', joined: false });
  await world.fault({ kind: 'gatewayTimeout', path: INVITE_PATH, done: true, times: 1 });
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('Invite');
  await ploy.fills({ name: 'Gam', phone: '081 234 9002' }, { withoutWaiting: true });
  await world.restartBot();
  await world.untilIdle();
  await world.advance(60_000);
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('People');
  await ploy.taps('Search');
  await ploy.fills({ 'Name or phone no.': '9002' });
  await ploy.taps('Gam');
  await ploy.sees('Gam', '… Invitation sent, waiting for consent.');
  await accepts('gam');
  await world.person('gam').sees('✓ Welcome! You now work for Lotus Partners.');
  expect((await requests()).filter(({ name }) => name === 'Gam')).toMatchObject([{ state: 'ACTIVE', userId: 'gam' }]);
});

test('who is in the organisation before the request from the page is stored agrees on a card once it is approved', async () => {
  const early = await world.newPerson({ userId: 'early', name: 'Early Bird', mobile: '+66-812349003', joined: false });
  await accepts('early');
  const visitor = visitorOf(world.botUrl, '203.0.113.99');
  const status = await visitor.sends('/join/general', { isoEmail: DEMO, name: 'Early Bird', phone: '081 234 9003' });
  await world.untilIdle();
  await ploy.sees('Join request', 'Early Bird');
  await ploy.taps('Approve');
  await early.sees('You are invited', 'Anong Chai of Lotus Partners invites you.');
  expect(await visitor.reads(status)).toContain('✓ Approved');
  await early.taps('Join');
  await early.sees('Language', '✓ Welcome! You now work for Lotus Partners.');
  expect(await visitor.reads(status)).toContain('✓ Joined');
});

it('who asked on the page and then writes to the bot is recognised by DingTalk, not by what they say', async () => {
  await visitorOf(world.botUrl, '203.0.113.98').sends('/join/general', { isoEmail: DEMO, ...NOK });
  await world.untilIdle();
  await lek.says('hi');
  await lek.fills({ isoEmail: DEMO, name: LEK.name, phone: NOK.phone });
  await lek.sees('Request sent', 'Sent to demo@iso.example.');
  await lek.taps('Withdraw');
  await nok.says('hi');
  await nok.sees('Request sent', 'Sent to demo@iso.example.');
  await ploy.taps('Approve');
  await nok.sees('Anong Chai of Lotus Partners invites you.');
  await nok.taps('Join');
  await nok.sees('✓ Welcome! You now work for Lotus Partners.');
});

/** More than an address may ask for. */
const ADDRESSES = howOften({ inEachRun: 1, inFull: 2 });
const REQUESTS = 650 * ADDRESSES;

it('hundreds of requests at once to the page are answered, and the chat goes on meanwhile', async () => {
  const card = await nok.card();
  let over = false;
  const flood = Promise.all(
    Array.from({ length: REQUESTS }, async (_, index) => {
      const headers = { 'x-forwarded-for': `198.51.100.${index % ADDRESSES}` };
      const answer = await fetch(`${world.botUrl}/join/general`, { headers });
      await answer.text();
      return answer.status;
    }),
  ).finally(() => {
    over = true;
  });
  const isSaved = ({ applied, response }: TapAnswer): boolean =>
    applied && !wordsOf('notice.unsaved').test(JSON.stringify(response));
  // whose phone says on a busy machine that a tap failed, or that nothing can be saved now, taps again
  while (!isSaved(await nok.taps('Menu', { on: card, withoutWaiting: true }))) expect(over).toBe(false);
  await nok.sees('Hi Nok', 'Alipay+ Marketing Code');
  const statuses = await flood;
  const answered = statuses.filter((status) => status === 200).length;
  expect(statuses.filter((status) => status === 429)).toHaveLength(REQUESTS - answered);
  // 300 for each of the addresses in ten minutes; the next ten minutes may begin meanwhile
  expect(answered).toBeGreaterThanOrEqual(300 * ADDRESSES);
  expect(answered).toBeLessThanOrEqual(600 * ADDRESSES);
});

it('a request that nobody decides and an invitation that nobody answers end, and say so', async () => {
  await lek.fills({ isoEmail: DEMO, ...LEK });
  await lek.sees('Request sent');
  // a month in the calendar, without a month of nights
  await behindTheScenes(world, async () => {
    const month = { $inc: { at: -31 * DAY_MS, invitedAt: -31 * DAY_MS } };
    await mongoose.connection.collection('associations').updateMany({ state: { $in: ['PENDING', 'INVITED'] } }, month);
  });
  await world.advance(61 * 60_000);
  await lek.sees('Join your ISO', 'Nobody decided in time. You can send it again.', 'Lek Boonmee');
  await ploy.sees('The request has expired.');
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('People');
  await ploy.sees('! Invitation expired');
  await ploy.taps('Search');
  await ploy.fills({ 'Name or phone no.': 'aom' });
  await ploy.taps('Aom');
  await ploy.taps('Send again');
  await ploy.sees('Aom', '… Invitation sent, waiting for consent.');
});
