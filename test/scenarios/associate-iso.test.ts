import { expect } from 'vitest';
import { joinAddress, visitorOf } from '../support/conversations/join-page.ts';
import { LEK } from '../support/conversations/joining.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, lek, ploy } = sharedWorld();
const it = story('People come into an ISO, leave it and come back');
const mali = world.person('outsider1');

const accepts = (userId: string) => world.sandbox.post(`/users/${userId}/join`, {}).then(() => world.untilIdle());
const leaves = (userId: string) => world.sandbox.post(`/users/${userId}/leave`, {}).then(() => world.untilIdle());

it('an admin invites somebody by name and phone, who accepts, is welcomed and asked for a language', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees('Lotus Partners · today', '✓ Nothing to do.');
  await ploy.taps('More');
  await ploy.taps('Invite');
  await ploy.fills({ name: 'Mali Wong', phone: '081 234 5099' });
  await ploy.sees('✓ 1 invited. They must agree in DingTalk.');
  await ploy.taps('People');
  await ploy.sees('People (2)');
  await ploy.taps('Mali Wong');
  await ploy.sees('Invitation', 'Mali Wong', '+66 ••• 5099', '… Invitation sent, waiting for consent.');
  expect(await mali.chat()).toContain('Alipay Partners invites you');
  await accepts('outsider1');
  await mali.sees('Language', '✓ Welcome! You now work for Lotus Partners.');
  await mali.taps('ไทย');
  await mali.sees('Mali', 'Alipay+ Marketing Code');
  await ploy.sees('✓ Invited by Anong Chai', '✓ Joined.');
});

it('somebody outside scans the QR code, sends the form, is approved, taps Org invitation and is associated', async () => {
  const dao = await world.newPerson({ userId: 'dao', name: 'Dao Chan', mobile: '+66-812340555', joined: false });
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('QR poster');
  await ploy.sees('QR poster', 'Staff scan it and ask to join.', /\/poster\/[0-9a-f]{32}/, '[image');
  const phone = visitorOf(world.botUrl);
  const status = await phone.sends(await joinAddress(ploy), { name: 'Dao Chan', phone: '081 234 0555' });
  expect(await phone.reads(status)).toContain('Request sent');
  await world.untilIdle();
  await ploy.sees('Join request', 'Dao Chan', 'from the QR poster');
  await ploy.taps('Approve');
  await ploy.sees('✓ Approved by Anong Chai', '… Invitation sent, waiting for consent.');
  expect(await phone.reads(status)).toContain('Tap Org invitation.');
  await accepts('dao');
  await dao.sees('Language', '✓ Welcome! You now work for Lotus Partners.');
  await ploy.sees('✓ Approved by Anong Chai', '✓ Joined.');
  expect(await phone.reads(status)).toContain('✓ Joined');
});

it('who is in the organisation already asks by the card, and is at work when an admin approves', async () => {
  await lek.says('hi');
  await lek.fills({ isoEmail: 'demo@iso.example', ...LEK });
  await lek.sees('Request sent');
  await ploy.sees('Join request', 'Lek Boonmee');
  await ploy.taps('Approve');
  await ploy.sees('✓ Approved by Anong Chai');
  await lek.sees('Hi Lek', '✓ Approved. Welcome!');
});

it('whoever leaves the organisation is paused: every open card says so and does nothing', async () => {
  await lek.taps('Alipay+ Marketing Code');
  await leaves('staff2');
  await lek.sees('Access paused', 'Your access is paused. Ask your admin, Anong Chai.', 'Drafts are kept.');
  expect((await lek.card()).buttons).toEqual([]);
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('People');
  await ploy.taps('Lek Boonmee');
  await ploy.sees('Lek Boonmee', '✗ Has left');
});

it('back in the organisation they find everything as it was, and nothing before the bot knows it', async () => {
  await accepts('staff2');
  await lek.sees('Hi Lek', '✓ Welcome back. Everything is as you left it.');
  await lek.taps('Alipay+ Marketing Code');
  await lek.taps('Start Promotion');
  const form = await lek.card('Which shop is it?');
  await leaves('staff2');
  await world.fault({ kind: 'delayPush', on: 'event', userId: 'staff2', delayMs: 4_000, times: 2 });
  await world.sandbox.post('/users/staff2/join', {});
  const tap = await lek.fills({ nameLocal: 'Baan Coffee' }, { on: form, withoutWaiting: true });
  expect(JSON.stringify(tap.response)).toContain('Access paused');
  await lek.sees('Hi Lek', '✓ Welcome back.', 'Resume');
});

it('whoever was paused is invited back by the same form', async () => {
  await leaves('staff2');
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('More');
  await ploy.taps('Invite');
  await ploy.fills({ name: 'Lek Boonmee', phone: LEK.phone });
  await ploy.sees('✓ 1 invited.');
  expect(await lek.has('Alipay Partners invites you')).toBe(true);
  await accepts('staff2');
  await lek.sees('Hi Lek', '✓ Welcome back.');
});

it('an event that comes twice, late, or for somebody nobody asked for changes nothing', async () => {
  const stranger = await world.newPerson({ userId: 'new9', name: 'Som New', mobile: '+66-812340777', joined: false });
  await accepts('new9');
  expect(await stranger.entries()).toEqual([]);
  await leaves('new9');
  await accepts('new9');
  await stranger.says('hi');
  await stranger.sees('Join your ISO', 'Som New');
  await leaves('outsider1');
  await accepts('outsider1');
  await mali.sees('Mali', 'Alipay+ Marketing Code');
  await mali.doesNotSee('notice.suspended.title');
});
