import { beforeAll, expect } from 'vitest';
import { LEK, NOK } from '../support/conversations/joining.ts';
import { story } from '../support/story.ts';
import { employ } from '../support/world/behind.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek, ploy } = sharedWorld();
const it = story('One request after another reaches the same two admins');
const som = world.person('admin2');
beforeAll(async () => {
  await world.newPerson({ userId: 'admin2', name: 'Som Jai', mobile: '+66-812340088' });
  await employ(world, { userId: 'admin2', name: 'Som Jai', role: 'ADMIN', isoEmail: 'demo@iso.example' });
});

const JOIN = { isoEmail: 'demo@iso.example' };

it('a request taken back leaves nothing to decide, on both admins’ cards', async () => {
  await nok.says('hi');
  await nok.fills({ ...JOIN, ...NOK });
  await nok.sees('Request sent', 'Sent to demo@iso.example.');
  await ploy.sees('Join request', 'Nok Suda');
  await som.sees('Join request', 'Nok Suda');
  const undecided = await ploy.card('Join request');
  await nok.taps('Withdraw');
  await nok.sees('Join your ISO', 'demo@iso.example', 'Nok Suda', '+66812345011');
  await ploy.sees('The person took the request back.');
  await ploy.taps('Approve', { on: undecided });
  await ploy.sees('The person took the request back.');
  await nok.doesNotSee('association.approved');
});

it('rejected in own words, the person reads them word for word and sends again', async () => {
  await nok.fills({});
  await nok.sees('Request sent');
  await ploy.taps('Reject');
  await ploy.sees('Why? The person will read it.');
  await ploy.fills({ words: 'Use the name on your ID card, please.' });
  await ploy.sees('Rejected. I have told the person why.');
  await som.sees('Rejected by Anong Chai');
  await nok.sees('Not approved', 'Use the name on your ID card, please.');
  await nok.taps('Send again');
  await nok.sees('Join your ISO', 'Nok Suda');
  await nok.fills({ name: 'Nok Sudarat' });
  await nok.sees('Request sent');
});

it('a rejection without a reason asks for one', async () => {
  await ploy.taps('Reject');
  await ploy.fills({});
  await ploy.sees('Reason: choose a reason, or write your own words.');
  await ploy.taps('Menu');
});

it('two admins approve at once: one decision, both cards say whose', async () => {
  const [hers, theirs] = [await ploy.card('Nok Sudarat'), await som.card('Nok Sudarat')];
  await Promise.all([
    ploy.taps('Approve', { on: hers, withoutWaiting: true }),
    som.taps('Approve', { on: theirs, withoutWaiting: true }),
  ]);
  await world.untilIdle();
  await nok.sees('Hi Nok', 'Approved. Welcome!');
  const decided = /Approved by (\S+ \S+),/;
  const [said] = decided.exec(await ploy.chat()) ?? ['nobody'];
  expect(await som.chat()).toContain(said);
  expect((await nok.chat()).split('Hi Nok').length).toBe(2);
});

it('a card drawn before the other admin decided changes nothing', async () => {
  await lek.says('hi');
  await lek.fills({ ...JOIN, ...LEK });
  const old = await som.card('Lek Boonmee');
  await ploy.taps('Approve');
  await lek.sees('Hi Lek');
  await som.taps('Reject', { on: old });
  await som.sees('Approved by Anong Chai');
  await lek.sees('Hi Lek');
  await som.doesNotSee('request.why');
});

it('whoever has not joined yet may read in their language, and reaches nothing else', async () => {
  const mali = await world.newPerson({ userId: 'new1', name: 'Mali New', mobile: '+66-812340099' });
  await mali.says('menu');
  await mali.sees('Join your ISO');
  await mali.taps(/ไทย/);
  await mali.sees('ISO');
  await mali.says('ช่วย');
  await mali.taps({ action: 'menu.open' });
  const card = await mali.card();
  await world.sandbox.tap(card.outTrackId, {
    userId: 'new1',
    actionId: 'x',
    params: { action: 'promotion.start', product: 'MARKETING_CODE' },
  });
  await world.untilIdle();
  await mali.doesNotSee('job.title');
});
