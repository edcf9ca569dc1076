import { AppError } from '@field/kit/errors';
import { expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { type Association, findAssociation, latestAssociationOf } from '../../models/associations.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import type { Finding } from '../../src/platform/event.ts';
import { useWorld } from '../support/in-process/use-world.ts';

const world = useWorld();
const SOM = { isoEmail: 'demo@iso.example', name: 'Som Jai', phone: '081 234 5099' };

/** Som, who works for nobody, before the form; and the admin of the demo's ISO. */
async function asking() {
  const som = world().person('som');
  await som.says('hi');
  return { som, admin: world().person('admin1') };
}

/** Som has asked, and the admin has the request before them. */
async function asked() {
  const people = await asking();
  await people.som.fills(SOM);
  await people.admin.sees('Som Jai');
  return people;
}
const requestOf = async (userId: string) => {
  const request = await latestAssociationOf(userId);
  if (request === undefined) throw new Error(`${userId} has asked nobody`);
  return request;
};

it.each(LANGUAGES)(
  'whoever is asked to join reads in two lines what is kept and who sees it (%s)',
  async (language) => {
    const { som } = await asking();
    await som.taps({ action: 'language.choose', language });
    const t = translator(language);
    await som.sees(t('join.title'), t('join.kept'), t('join.seenBy'));
  },
);

it.each([
  ['an e-mail that is none', { isoEmail: 'demo' }, 'notAnEmail'],
  ['a name that is too long', { name: 'x'.repeat(81) }, 'tooLong'],
  ['a phone that is none', { phone: '12' }, 'notAPhone'],
])('the form comes back as typed with %s', async (_what, wrong, code) => {
  const { som } = await asking();
  await som.fills({ ...SOM, ...wrong });
  const typed = (await findPerson('som'))?.typed;
  expect(typed?.problems).toMatchObject([{ field: Object.keys(wrong)[0], code }]);
  expect(typed?.values).toEqual({ ...SOM, ...wrong });
  expect(await latestAssociationOf('som')).toBeUndefined();
});

it('every mistake of a form is said at once', async () => {
  const { som } = await asking();
  await som.fills({ isoEmail: 'x', name: 'Som', phone: 'y' });
  expect((await findPerson('som'))?.typed?.problems.map(({ field }) => field)).toEqual(['isoEmail', 'phone']);
});

it('a request goes to the admins, and is sent once however often the form is', async () => {
  const { som, admin } = await asking();
  const form = await som.card();
  for (const _ of [1, 2]) await som.fills(SOM, { on: form });
  await som.sees('Request sent');
  expect((await admin.cards()).filter(({ text }) => text.includes('Som Jai'))).toHaveLength(1);
});

/** What somebody who works for nobody reads once they have sent this. */
async function answerTo(userId: string, form: Record<string, string>): Promise<string> {
  const person = world().person(userId);
  await person.says('hi');
  await person.fills({ ...SOM, ...form });
  return (await person.card()).text.replaceAll(form.isoEmail ?? SOM.isoEmail, '…');
}

it('whether an e-mail or a number is known here, and to whom, is not to be read from the answer', async () => {
  const lek = await world().hires('lek');
  await lek.says('menu');
  const { admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  const usual = await answerTo('one', { phone: '081 234 5001' });
  expect(usual).toContain("No answer by tomorrow? Ask your ISO's admin.");
  for (const [userId, form] of [
    ['two', { isoEmail: 'nobody@iso.example', phone: '081 234 5002' }],
    // somebody at work, and somebody who waits
    ['three', { phone: SOM.phone }],
    ['four', { phone: '081 234 5001' }],
  ] as const)
    expect(await answerTo(userId, form), userId).toBe(usual);
});

it('a request to an ISO that there is not is nobody’s, is taken back like every other, and ends like it', async () => {
  const { som, admin } = await asking();
  await som.fills({ ...SOM, isoEmail: 'nobody@iso.example' });
  await som.sees('Request sent', 'Sent to nobody@iso.example.');
  expect(await admin.cards()).toEqual([]);
  await som.taps({ action: 'association.withdraw' });
  await som.sees('nobody@iso.example', 'Som Jai');
  await world().advance(60_000);
  await som.fills({});
  await world().finds(overdue(await requestOf('som')), 'none');
  expect((await requestOf('som')).state).toBe('EXPIRED');
});

it('a request with the number of a colleague goes to the admin, who reads whose number it is', async () => {
  const { admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  await answerTo('mali', { name: 'Mali' });
  await admin.sees('Join request', 'Mali', '! Som Jai has this number here, too.');
  await admin.taps({ action: 'association.approve' });
  expect(await findPerson('mali')).toMatchObject({ state: 'ACTIVE', name: 'Mali' });
});

it.each(['demo@iso.example\u200b', 'demo@iso.example.', '<demo@iso.example>', 'mailto:demo@iso.example'])(
  'the address as it was pasted is read: %j',
  async (isoEmail) => {
    const { som } = await asking();
    await som.fills({ ...SOM, isoEmail });
    await som.sees('Request sent', 'Sent to demo@iso.example.');
  },
);

it('a name of nothing but what nobody sees is missing', async () => {
  const { som } = await asking();
  await som.fills({ ...SOM, name: '\u200b\u3164' });
  expect(await latestAssociationOf('som')).toBeUndefined();
});

it('who takes a request back finds the form filled in, and the admin reads that', async () => {
  const { som, admin } = await asked();
  await som.taps({ action: 'association.withdraw' });
  expect(await requestOf('som')).toMatchObject({ state: 'WITHDRAWN' });
  await som.sees('demo@iso.example', 'Som Jai');
  await admin.sees('Som Jai', 'took the request back');
});

it('an admin lets somebody in: they are at work, and see the menu', async () => {
  const { som, admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  expect(await findPerson('som')).toMatchObject({ state: 'ACTIVE', role: 'STAFF', name: 'Som Jai' });
  expect(await requestOf('som')).toMatchObject({ state: 'ACTIVE', decidedBy: 'admin1' });
  await som.sees('Hi Som');
});

it('an approval from a card that was decided meanwhile changes nothing', async () => {
  const { som, admin } = await asked();
  const card = await admin.card('Som Jai');
  await som.taps({ action: 'association.withdraw' });
  await admin.taps({ action: 'association.approve' }, { on: card });
  expect((await requestOf('som')).state).toBe('WITHDRAWN');
  expect((await findPerson('som'))?.state).toBe('UNKNOWN');
});

it('an admin of another ISO, with a forged tap, decides nothing', async () => {
  await asked();
  const ploy = world().person('ploy');
  await ploy.says('menu');
  const { requestId } = await requestOf('som');
  const { outTrackId } = await ploy.card();
  const subject = `association:${requestId}`;
  for (const action of ['association.approve', 'association.askReject', 'association.reject']) {
    const params = { action, subject, version: '1', form: { words: 'No.' } };
    await world().receive(world().tap(outTrackId, { userId: 'ploy', actionId: 'x', params }));
  }
  expect(await requestOf('som')).toMatchObject({ state: 'PENDING' });
});

it('who is turned away reads the reason word for word, and can ask again with what was typed', async () => {
  const { som, admin } = await asked();
  await admin.taps({ action: 'association.askReject' });
  await admin.fills({ words: 'We do not know you.' });
  expect(await requestOf('som')).toMatchObject({ state: 'REJECTED', reason: 'We do not know you.' });
  await som.sees('We do not know you.');
  await som.taps({ action: 'association.again' });
  await som.sees('demo@iso.example', 'Som Jai');
  await world().advance(1_000);
  await som.fills({});
  expect(await requestOf('som')).toMatchObject({ state: 'PENDING' });
  await admin.sees('Som Jai');
});

it('a rejection without a reason is asked for it again', async () => {
  const { admin } = await asked();
  await admin.taps({ action: 'association.askReject' });
  const { answer } = await rejectWith({ words: '   ' });
  expect(answer).toBeDefined();
  expect((await requestOf('som')).state).toBe('PENDING');
  expect((await findPerson('admin1'))?.workingCard).toBeDefined();
});

it('a reason is cut where it is longer than a card shows', async () => {
  const { admin } = await asked();
  await admin.taps({ action: 'association.askReject' });
  await rejectWith({ words: 'x'.repeat(400) });
  expect((await requestOf('som')).reason).toHaveLength(300);
});

async function rejectWith(form: Record<string, string>) {
  const { requestId, version } = await requestOf('som');
  const { outTrackId } = await world().person('admin1').card();
  const params = { action: 'association.reject', subject: `association:${requestId}`, version: `${version}`, form };
  return await world().receive(world().tap(outTrackId, { userId: 'admin1', actionId: 'x', params }));
}

function overdue({ requestId, version }: Association): Finding {
  return { type: 'association.overdue', facts: { association: requestId, version: `${version}` } };
}

it('a request that nobody decides ends after its time', async () => {
  const { som } = await asked();
  await world().finds(overdue(await requestOf('som')), 'iso');
  expect((await requestOf('som')).state).toBe('EXPIRED');
  await som.sees('Join your ISO');
});

it('what happened to a request meanwhile wins over its time', async () => {
  const { som } = await asked();
  const request = await requestOf('som');
  await som.taps({ action: 'association.withdraw' });
  await world().finds(overdue(request), 'iso');
  expect((await requestOf('som')).state).toBe('WITHDRAWN');
});

/** Mali asked on the public page, and an admin has approved her: an invitation is enqueued. */
async function approvedFromPage() {
  const { id: requestId } = await world().finds(askedOnPage('demo@iso.example'), 'join');
  const admin = world().person('admin1');
  await admin.sees('Mali Wong');
  await admin.taps({ action: 'association.approve' });
  return { admin, requestId };
}

function askedOnPage(isoEmail: string): Finding {
  return { type: 'join.asked', facts: { isoEmail, name: 'Mali Wong', phone: '081 234 5055', language: 'en' } };
}

it('who asked on the public page is invited, and works once they have joined', async () => {
  const { requestId } = await approvedFromPage();
  expect(world().platform.invited).toEqual([{ name: 'Mali Wong', mobile: '+66-812345055' }]);
  expect((await findAssociation(requestId))?.state).toBe('INVITED');
  world().platform.members.set('mali', { name: 'Mali', mobile: '+66-812345055' });
  await world().receive(world().event('user_add_org', ['mali']));
  expect((await findAssociation(requestId))?.state).toBe('ACTIVE');
  expect(await findPerson('mali')).toMatchObject({ state: 'ACTIVE', name: 'Mali Wong' });
  await world().person('mali').sees('Welcome');
});

it('who asks on the public page of an ISO that nobody knows is nothing', async () => {
  const { effects } = await world().finds(askedOnPage('nobody@iso.example'), 'join');
  expect(effects).toMatchObject({ records: [], touched: [], audit: [] });
  expect(await world().person('admin1').cards()).toEqual([]);
});

it('an invitation that DingTalk refuses is said to the admin who decided, and can be sent again', async () => {
  world().platform.refuse('invite', new AppError('contact.badNumber'));
  const { admin, requestId } = await approvedFromPage();
  expect(await findAssociation(requestId)).toMatchObject({ state: 'APPROVED', problem: 'badNumber' });
  world().platform.allow('invite');
  await admin.taps({ action: 'association.resend' });
  expect((await findAssociation(requestId))?.state).toBe('INVITED');
  expect((await findAssociation(requestId))?.problem).toBeUndefined();
});

it('an invitation that was taken back associates with nobody', async () => {
  world().platform.refuse('invite', new AppError('contact.badNumber'));
  const { admin, requestId } = await approvedFromPage();
  await admin.taps({ action: 'association.takeBack' });
  expect((await findAssociation(requestId))?.state).toBe('WITHDRAWN');
  world().platform.members.set('mali', { name: 'Mali', mobile: '+66-812345055' });
  await world().receive(world().event('user_add_org', ['mali']));
  expect((await findPerson('mali'))?.state).not.toBe('ACTIVE');
});

it('who leaves the organisation is paused at once, and comes back to what they left', async () => {
  const { som, admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  await world().receive(world().event('user_leave_org', ['som']));
  expect((await findPerson('som'))?.state).toBe('SUSPENDED');
  expect((await requestOf('som')).state).toBe('SUSPENDED');
  await som.sees('access is paused');
  await world().advance(60_000);
  world().platform.members.set('som', { name: 'Som', mobile: '+66-812345099' });
  await world().receive(world().event('user_add_org', ['som']));
  expect((await findPerson('som'))?.state).toBe('ACTIVE');
  await som.sees('Hi Som');
});

it('who is paused by an admin, leaves the organisation and comes back, is still paused', async () => {
  const { som, admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  const paused = { state: 'PAUSED', paused: { by: 'admin1', at: world().clock.now() } } as const;
  await inTransaction((tx) => changePerson('som', paused, tx));
  await world().receive(world().event('user_leave_org', ['som']));
  expect((await findPerson('som'))?.state).toBe('SUSPENDED');
  await world().advance(60_000);
  world().platform.members.set('som', { name: 'Som', mobile: '+66-812345099' });
  await world().receive(world().event('user_add_org', ['som']));
  expect((await findPerson('som'))?.state).toBe('PAUSED');
  await som.says('menu');
  await som.sees('access is paused');
});

it('who comes back with another number stays paused: the userId may be somebody else by now', async () => {
  const { admin } = await asked();
  await admin.taps({ action: 'association.approve' });
  await world().receive(world().event('user_leave_org', ['som']));
  await world().advance(60_000);
  world().platform.members.set('som', { name: 'Som', mobile: '+66-899999999' });
  await world().receive(world().event('user_add_org', ['som']));
  expect((await findPerson('som'))?.state).toBe('SUSPENDED');
});
