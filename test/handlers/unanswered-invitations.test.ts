import { DAY_MS } from '@field/kit/calendar';
import { expect, it } from 'vitest';
import { associationsOfIso, findAssociation } from '../../models/associations.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { usageOf } from '../../models/monthly-usage.ts';
import { monthOf } from '../../src/domain/limits.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;
const INSIDE = ['Nok Suda', 'Lek Boonmee'];

/** Anong invites people of whom two are in the organisation, one of these at the rival; it is ten in the morning. */
async function invitesFour() {
  world().platform.members.set('nok', { name: 'Nok', mobile: '+66-812345000' });
  world().platform.members.set('lek', { name: 'Lek', mobile: '+66-812345001' });
  const rival = await findIsoByEmail('story@iso.example');
  await world().hires('lek', { isoId: rival?.isoId });
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await admin.taps({ action });
  const list = [...INSIDE, 'Kit Dee', 'Mali Wong'].map((name, n) => `${name} 081 234 500${n}`).join('\n');
  await admin.fills({ name: '', phone: '', list });
  await admin.sees('✓ 4 invited.');
  return admin;
}

/** Time passes, and what is due in the last hour of it happens. */
async function pass(days: number) {
  world().clock.moveTo(world().clock.now() + days * DAY_MS - HOUR_MS);
  await world().advance(HOUR_MS);
}

const records = async () =>
  (await world().person('admin1').cards()).filter(({ text }) => text.includes('Send again, or tell them yourself.'));

async function inList() {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.more', 'team.unanswered']) await admin.taps({ action });
  return admin;
}

const namesIn = async (): Promise<readonly string[]> => {
  const { forms } = await world().person('admin1').card();
  const who = forms[0]?.fields.find(({ name }) => name.includes('who'));
  return (who?.options ?? []).map(({ text }) => (typeof text === 'string' ? text : '').split(' · ')[0] ?? '');
};

it('who has not answered stands in one list after two days and after seven, and the admins are told once each', async () => {
  const admin = await invitesFour();
  await (await inList()).sees('✓ Nobody has to be asked again');
  await pass(1);
  expect(await records()).toHaveLength(0);
  await pass(2);
  expect(await records()).toHaveLength(1);
  const { payers } = await usageOf(monthOf(world().clock.now()));
  expect(payers.get((await findIsoByEmail(DEMO_ISO))?.isoId ?? '')?.reminder).toBe(1);
  await admin.sees('4 have not answered');
  await pass(3);
  expect(await records()).toHaveLength(1);
  await pass(2);
  expect(await records()).toHaveLength(2);
  await pass(3);
  expect(await records()).toHaveLength(2);
});

it('the list says the same of everybody: outside, inside, at a rival, or with a no', async () => {
  await invitesFour();
  await world().person('nok').taps('No');
  await pass(3);
  const admin = await inList();
  await admin.sees('4 have not answered');
  expect((await namesIn()).toSorted()).toEqual([...INSIDE, 'Kit Dee', 'Mali Wong'].toSorted());
  const { text } = await admin.card();
  expect(text).not.toMatch(/Jasmine|no to|rival/i);
  expect(text).toContain('Lotus Partners has invited you. Open DingTalk with this phone no. and tap Org invitation.');
});

it('those with a tick are sent it again, once, and are not in the list for two days; of the others nothing changes', async () => {
  await invitesFour();
  await world().person('nok').taps('No');
  await pass(3);
  const admin = await inList();
  const who = (await admin.card()).forms[0]?.fields.find(({ name }) => name.includes('who'))?.options ?? [];
  const ticked = who.map(({ text }) => String(text)).filter((text) => !text.startsWith('Mali'));
  await admin.fills({ who: ticked });
  await admin.sees('✓ Sent again to 3.', '1 has not answered');
  // who is inside, and not at a No, gets a card
  await world().person('lek').sees('Anong Chai of Lotus Partners invites you.');
  expect((await world().person('nok').card()).text).toContain('You said no');
  await pass(1);
  await (await inList()).sees('1 has not answered');
  await pass(2);
  await (await inList()).sees('4 have not answered');
});

it('who has joined is not in it, and another ISO’s invitations cannot be sent from it', async () => {
  await invitesFour();
  await pass(3);
  await world().person('nok').taps('Join');
  await inList();
  expect(await namesIn()).not.toContain('Nok Suda');
  const isoId = (await findIsoByEmail(DEMO_ISO))?.isoId ?? '';
  const [open] = await associationsOfIso(isoId, ['INVITED']);
  const ploy = world().person('ploy');
  await ploy.says('menu');
  const { outTrackId } = await ploy.card();
  const params = { action: 'team.sendAgain', form: { who: [open?.requestId ?? ''] } };
  await world().receive(world().tap(outTrackId, { userId: 'ploy', actionId: 'x', params }));
  expect(await findAssociation(open?.requestId ?? '')).toEqual(open);
});
