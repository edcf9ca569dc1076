import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { associationsOfIso, latestAssociationOf } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { ASSOCIATION_MOVES } from '../../src/domain/association-state.ts';
import { statesOf } from '../../src/domain/moves.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const RIVAL = 'story@iso.example';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOK = { userId: 'nok', name: 'Nok', mobile: '+66-812345011' };

/** In the organisation, whatever for. */
function isInside({ userId, name, mobile } = NOK) {
  world().platform.members.set(userId, { name, mobile });
  return world().person(userId);
}

/** Time passes, and what is due in the last hour of it happens. */
async function passes(ms: number): Promise<void> {
  world().clock.moveTo(world().clock.now() + ms - HOUR_MS);
  await world().advance(HOUR_MS);
}

async function came(userId: string) {
  await world().receive(world().event('user_add_org', [userId]));
}

/** An admin invites somebody by name and number. */
async function invites(adminId: string, name = 'Nok Suda', phone = '081 234 5011') {
  const admin = world().person(adminId);
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
  await admin.fills({ name, phone, list: '' });
  return admin;
}

async function of(email: string, phone = '+66812345011') {
  const iso = await findIsoByEmail(email);
  const all = await associationsOfIso(iso?.isoId ?? '', statesOf(ASSOCIATION_MOVES));
  const found = all.findLast((one) => one.phone === phone);
  if (found === undefined) throw new Error(`${email} never asked`);
  return found;
}

/** What an admin can see of an invitation, wherever it stands. */
async function asSeenBy(adminId: string) {
  const admin = world().person(adminId);
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  const list = (await admin.card()).text;
  await admin.taps({ action: 'team.person' });
  return { list, card: (await admin.card()).text };
}

it('who is in the organisation is asked on a card, and nothing changes until they say yes', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.sees('You are invited', 'Anong Chai of Lotus Partners invites you.', 'Nothing changes until you tap Join.');
  expect(await findPerson('nok')).toMatchObject({ state: 'UNKNOWN' });
  expect(await of(DEMO_ISO)).toMatchObject({ state: 'INVITED', userId: 'nok' });
  await nok.taps('Join');
  await nok.sees('Welcome! You now work for Lotus Partners.');
  expect(await findPerson('nok')).toMatchObject({ state: 'ACTIVE', role: 'STAFF', name: 'Nok Suda' });
  expect((await nok.card('Your invitation')).buttons).toEqual([]);
});

it('who is invited and chooses a language reads that card in it, and no second one', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.taps('ไทย');
  await nok.sees('คุณได้รับคำเชิญ', 'Anong Chai จาก Lotus Partners เชิญคุณ');
  expect(await nok.cards()).toHaveLength(1);
  await nok.taps('เข้าร่วม');
  expect(await findPerson('nok')).toMatchObject({ state: 'ACTIVE', language: 'th' });
});

it('a request to another ISO stays as it is while an invitation is open, and is taken back by the yes', async () => {
  const nok = isInside();
  await nok.says('hi');
  await nok.fills({ isoEmail: DEMO_ISO, name: 'Nok Suda', phone: '081 234 5011' });
  await invites('ploy');
  await nok.sees('Ploy Charoen of Jasmine Partners invites you.');
  expect((await of(DEMO_ISO)).state).toBe('PENDING');
  await nok.taps('Join');
  expect((await of(DEMO_ISO)).state).toBe('WITHDRAWN');
  expect((await of(RIVAL)).state).toBe('ACTIVE');
});

it('a No looks to the ISO like no answer, and its invitations go nowhere for 30 days', async () => {
  const nok = isInside();
  await invites('admin1');
  const before = await asSeenBy('admin1');
  await nok.taps('No');
  await nok.sees('You said no to Lotus Partners.', 'It cannot invite you again for 30 days.');
  expect((await of(DEMO_ISO)).state).toBe('REFUSED');
  expect(await asSeenBy('admin1')).toEqual(before);
  const asked = world().platform.invited.length;
  const admin = world().person('admin1');
  world().clock.moveTo(world().clock.now() + DAY_MS);
  await admin.taps('Send again');
  await admin.sees('Invitation sent, waiting for consent');
  expect((await of(DEMO_ISO)).state).toBe('REFUSED');
  expect(world().platform.invited).toHaveLength(asked);
  await admin.taps('Take back');
  await (await invites('admin1')).sees('1 invited');
  expect(world().platform.invited).toHaveLength(asked);
  expect((await nok.cards()).filter(({ text }) => text.includes('invites you'))).toEqual([]);
});

it('after 30 days an ISO may ask anew', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.taps('No');
  world().clock.moveTo(world().clock.now() + 31 * DAY_MS);
  await invites('admin1');
  await nok.sees('Anong Chai of Lotus Partners invites you.');
});

it('a No to one ISO is none to another, and holds for whoever has another number by now', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.taps('No');
  await invites('ploy');
  await nok.sees('Ploy Charoen of Jasmine Partners invites you.');
  await nok.taps('No');
  isInside({ ...NOK, mobile: '+66-812345012' });
  await invites('admin1', 'Nok Suda', '081 234 5012');
  expect((await of(DEMO_ISO, '+66812345012')).userId).toBeUndefined();
  expect((await nok.card()).text).toContain('You said no');
});

it('two ISOs stand on one card, each with its own yes and no', async () => {
  const nok = isInside();
  await invites('admin1');
  await invites('ploy');
  expect((await nok.cards()).filter(({ title }) => title === 'You are invited')).toHaveLength(1);
  await nok.sees('Anong Chai of Lotus Partners', 'Ploy Charoen of Jasmine Partners');
  await nok.taps('No: Lotus Partners');
  await nok.taps('Join');
  await nok.sees('You now work for Jasmine Partners');
});

it('whom one ISO had invited says yes by coming into the organisation; whom several had, on a card', async () => {
  await invites('admin1');
  isInside();
  await came('nok');
  expect((await of(DEMO_ISO)).state).toBe('ACTIVE');

  await invites('admin1', 'Lek Boonmee', '081 234 5022');
  await invites('ploy', 'Lek', '081 234 5022');
  const lek = isInside({ userId: 'lek', name: 'Lek', mobile: '+66-812345022' });
  await came('lek');
  await lek.sees('Anong Chai of Lotus Partners', 'Ploy Charoen of Jasmine Partners');
  expect((await findPerson('lek'))?.state).toBe('UNKNOWN');
  await lek.taps('Join Lotus Partners');
  await lek.sees('You now work for Lotus Partners');
  expect((await of(RIVAL, '+66812345022')).state).toBe('INVITED');
});

it('an invitation that never went out is not accepted by coming for another reason', async () => {
  world().platform.refuse('invite', new AppError('contact.tooManyOrganisations'));
  await invites('admin1');
  const nok = isInside();
  await came('nok');
  expect((await findPerson('nok'))?.state).not.toBe('ACTIVE');
  await nok.sees('Anong Chai of Lotus Partners invites you.');
});

it('a number that was invited and is somebody else’s by now brings its new owner a card, no more', async () => {
  await invites('admin1');
  const other = isInside({ userId: 'kit', name: 'Kit', mobile: NOK.mobile });
  await other.says('hi');
  await other.sees('Anong Chai of Lotus Partners invites you.');
  expect((await findPerson('kit'))?.state).toBe('UNKNOWN');
});

it('whoever has the number of one who left is invited as anybody is, and gets nothing of theirs', async () => {
  isInside();
  await invites('admin1');
  await world().person('nok').taps('Join');
  world().platform.members.delete('nok');
  await world().receive(world().event('user_leave_org', ['nok']));
  const kit = isInside({ userId: 'kit', name: 'Kit', mobile: NOK.mobile });
  const admin = await invites('admin1');
  await admin.sees('✓ 1 invited.');
  await kit.sees('Anong Chai of Lotus Partners invites you.');
  expect((await latestAssociationOf('nok'))?.state).toBe('REMOVED');
  expect((await findPerson('kit'))?.state).toBe('UNKNOWN');
});

it('who has left the organisation is invited anew once a day, as anybody is', async () => {
  isInside();
  await invites('admin1');
  await world().person('nok').taps('Join');
  world().platform.members.delete('nok');
  await world().receive(world().event('user_leave_org', ['nok']));
  const admin = await invites('admin1');
  await admin.sees('✓ 1 invited.');
  expect(world().platform.invited).toHaveLength(2);
  await invites('admin1');
  await admin.sees('Nok Suda');
  expect(world().platform.invited).toHaveLength(2);
  await passes(DAY_MS);
  await invites('admin1');
  await admin.sees('✓ 1 invited.');
  expect(world().platform.invited).toHaveLength(3);
});

it('a yes to an invitation that was taken back meanwhile does nothing, and the card says so', async () => {
  const nok = isInside();
  await invites('admin1');
  const card = await nok.card();
  await asSeenBy('admin1');
  await world().person('admin1').taps('Take back');
  await nok.taps('Join', { on: card });
  expect((await findPerson('nok'))?.state).toBe('UNKNOWN');
  await nok.sees('This invitation is not open any more.');
});

it('who leaves the organisation has answered nothing: to the ISO it looks so for its time, and coming back is no yes', async () => {
  const nok = isInside();
  await invites('admin1');
  const card = await nok.card();
  const before = await asSeenBy('admin1');
  world().platform.members.delete('nok');
  await world().receive(world().event('user_leave_org', ['nok']));
  expect(await asSeenBy('admin1')).toEqual(before);
  await nok.sees('This invitation is not open any more.');
  await nok.taps('Join', { on: card });
  await world().advance(60_000);
  isInside();
  await came('nok');
  expect((await findPerson('nok'))?.state).toBe('UNKNOWN');
  await nok.sees('Anong Chai of Lotus Partners invites you.');
  expect(await asSeenBy('admin1')).toEqual(before);
  await nok.taps('Join');
  expect((await findPerson('nok'))?.state).toBe('ACTIVE');
});

it('an invitation whose card ended ends with its time, or goes out as to anybody when it is sent again', async () => {
  isInside();
  await invites('admin1');
  world().platform.members.delete('nok');
  await world().receive(world().event('user_leave_org', ['nok']));
  await passes(DAY_MS);
  await asSeenBy('admin1');
  await world().person('admin1').taps('Send again');
  expect(world().platform.invited).toHaveLength(2);
  expect(await of(DEMO_ISO)).toMatchObject({ state: 'INVITED' });
  await passes(13 * DAY_MS);
  expect((await of(DEMO_ISO)).state).toBe('INVITED');
  await passes(DAY_MS + HOUR_MS);
  expect((await of(DEMO_ISO)).state).toBe('EXPIRED');
});

it('who works for another ISO is asked twice, and the ISO that they leave reads that they left, not where to', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.taps('Join');
  const admin = await invites('ploy');
  await admin.sees('1 invited');
  expect(await asSeenBy('ploy')).toMatchObject({ card: expect.stringContaining('waiting for consent') });
  await nok.taps('Join');
  await nok.sees('Leave and join?', 'You leave Lotus Partners and join Jasmine Partners.');
  expect((await of(DEMO_ISO)).state).toBe('ACTIVE');
  await nok.taps('Leave and join');
  await nok.sees('You now work for Jasmine Partners');
  expect((await of(DEMO_ISO)).state).toBe('LEFT');
  expect(await findPerson('nok')).toMatchObject({ isoId: (await of(RIVAL)).isoId, role: 'STAFF' });
  const anong = world().person('admin1');
  await anong.sees('Left your ISO', 'Nok Suda has left Lotus Partners.');
  expect(await anong.chat()).not.toContain('Jasmine');
});

it('the only admin of an ISO does not leave it', async () => {
  isInside({ userId: 'admin1', name: 'Anong', mobile: NOK.mobile });
  await invites('ploy');
  const anong = world().person('admin1');
  await anong.taps('Join');
  await anong.sees('You are the only admin of Lotus Partners.');
  const { requestId, version } = await of(RIVAL);
  const { outTrackId } = await anong.card();
  const params = { action: 'association.move', association: requestId, seen: String(version) };
  await world().receive(world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params }));
  expect(await findPerson('admin1')).toMatchObject({ role: 'ADMIN', state: 'ACTIVE' });
  expect((await of(RIVAL)).state).toBe('INVITED');
});

it('who asks an ISO that has invited them is at work: both have said yes', async () => {
  const nok = isInside();
  await nok.says('hi');
  const form = await nok.card();
  await invites('admin1');
  await nok.fills({ isoEmail: DEMO_ISO, name: 'Nok Suda', phone: '081 234 5011' }, { on: form });
  expect((await findPerson('nok'))?.state).toBe('ACTIVE');

  const lek = isInside({ userId: 'lek', name: 'Lek', mobile: '+66-812345022' });
  await lek.says('hi');
  await lek.fills({ isoEmail: DEMO_ISO, name: 'Lek', phone: '081 234 5033' });
  await invites('admin1', 'Lek', '081 234 5022');
  expect((await findPerson('lek'))?.state).toBe('ACTIVE');
});

it('who asked on the public page and is inside agrees on a card: the number alone proves nobody', async () => {
  const nok = isInside();
  await nok.says('hi');
  const facts = { isoEmail: RIVAL, name: 'Nok', phone: '081 234 5011', language: 'en' };
  await world().finds({ type: 'join.asked', facts }, 'join');
  await world().person('ploy').taps({ action: 'association.approve' });
  expect((await findPerson('nok'))?.state).toBe('UNKNOWN');
  await nok.sees('Ploy Charoen of Jasmine Partners invites you.');
});

it('another person’s invitation cannot be answered, by whatever tap', async () => {
  isInside();
  await invites('admin1');
  const { requestId, version } = await of(DEMO_ISO);
  const ploy = world().person('ploy');
  await ploy.says('menu');
  const { outTrackId } = await ploy.card();
  for (const action of ['association.join', 'association.move', 'association.refuse']) {
    const params = { action, association: requestId, seen: String(version) };
    await world().receive(world().tap(outTrackId, { userId: 'ploy', actionId: 'x', params }));
    expect(await of(DEMO_ISO)).toMatchObject({ state: 'INVITED', version });
  }
});

it('who wishes to leave is asked twice, and is nobody’s then; the admins read it', async () => {
  const nok = isInside();
  await invites('admin1');
  await nok.taps('Join');
  await nok.says('help');
  await nok.taps(/^Leave Lotus/);
  await nok.sees('Leave your ISO?', 'What is open stays with Lotus Partners.');
  await nok.taps('Leave');
  await nok.sees('Really leave?');
  expect((await findPerson('nok'))?.state).toBe('ACTIVE');
  const card = await nok.card();
  await nok.taps('Yes, leave');
  await nok.sees('You have left Lotus Partners.', 'Join an ISO');
  const left = await findPerson('nok');
  expect(left).toMatchObject({ state: 'UNKNOWN', role: 'STAFF', formerIso: { isoId: (await of(DEMO_ISO)).isoId } });
  expect(left?.isoId).toBeUndefined();
  expect((await of(DEMO_ISO)).state).toBe('LEFT');
  await world().person('admin1').sees('Left your ISO', 'Nok Suda has left Lotus Partners.');
  await nok.taps('Yes, leave', { on: card });
  expect(await findPerson('nok')).toEqual(left);
});

it('the only admin cannot leave by wish; with another one there, an admin can', async () => {
  const anong = world().person('admin1');
  await anong.says('help');
  await anong.taps(/^Leave Lotus/);
  await anong.sees('You are the only admin of Lotus Partners.');
  await world().hires('som', { role: 'ADMIN' });
  await anong.says('help');
  await anong.taps(/^Leave Lotus/);
  await anong.taps('Leave');
  await anong.taps('Yes, leave');
  expect(await findPerson('admin1')).toMatchObject({ state: 'UNKNOWN', role: 'STAFF' });
});
