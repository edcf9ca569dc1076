import { expect, it } from 'vitest';
import { associationsOfIso } from '../../models/associations.ts';
import { openDraftsOf } from '../../models/drafts.ts';
import { findIsoByEmail } from '../../models/isos.ts';
import { findPerson } from '../../models/people.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { wordsOf } from '../support/world/words-of.ts';

const world = useWorld();
const RIVAL = 'story@iso.example';

async function changes(userId: string, change: 'pause' | 'resume') {
  const admin = world().person('admin1');
  await admin.says('menu');
  for (const action of ['team.open', 'team.people']) await admin.taps({ action });
  await admin.taps({ action: 'team.member', person: userId });
  await admin.taps({ action: 'team.askChange', change });
  await admin.taps({ action: 'team.change' });
}

/** Nok, who works for the demo's ISO and is paused; the rival invites them. */
async function pausedAndInvited() {
  const nok = await world().hires('nok');
  world().platform.members.set('nok', { name: 'Nok', mobile: '+66-812345011' });
  await nok.says('menu');
  await changes('nok', 'pause');
  const ploy = world().person('ploy');
  await ploy.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await ploy.taps({ action });
  await ploy.fills({ name: 'Nok Suda', phone: '081 234 5011', list: '' });
  return nok;
}

it('who is paused can join another ISO, and is asked twice as anybody is', async () => {
  const nok = await pausedAndInvited();
  await nok.sees('Ploy Charoen of Jasmine Partners invites you.', 'If you join, you leave Lotus Partners.');
  await nok.taps('Join');
  await nok.sees('Leave and join?');
  await nok.taps('Leave and join');
  await nok.sees('You now work for Jasmine Partners');
  const isoId = (await findIsoByEmail(RIVAL))?.isoId;
  const person = await findPerson('nok');
  expect(person).toMatchObject({ state: 'ACTIVE', isoId });
  expect(person?.paused).toBeUndefined();
});

it('who is paused can say no', async () => {
  const nok = await pausedAndInvited();
  await nok.taps('No');
  await nok.sees('You said no to Jasmine Partners.');
  const isoId = (await findIsoByEmail(RIVAL))?.isoId ?? '';
  expect(await associationsOfIso(isoId, ['REFUSED'])).toHaveLength(1);
  expect((await findPerson('nok'))?.state).toBe('PAUSED');
});

it('who is paused can leave their ISO, from what every card says; and what they do not want to leave is paused still', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await changes('nok', 'pause');
  await nok.sees('Access paused');
  await nok.taps(/^Leave Lotus/);
  await nok.sees('Leave your ISO?');
  await nok.taps('Menu');
  await nok.sees('Access paused');
  await nok.taps(/^Leave Lotus/);
  await nok.taps('Leave');
  await nok.sees('Really leave?');
  await nok.taps('Yes, leave');
  await nok.sees('You have left Lotus Partners.');
  expect((await findPerson('nok'))?.state).toBe('UNKNOWN');
  await world().person('admin1').sees('Left your ISO');
});

it('what they had begun to type is kept, said so, and there when they are back; nothing else of it works', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const form = await nok.card();
  expect(form.forms).toHaveLength(1);
  await changes('nok', 'pause');
  await nok.fills({ nameLocal: 'Baan Coffee', address: '12 Silom Rd' }, { on: form });
  await nok.sees('What you typed is kept for when you are back.', 'Your access is paused. Ask your admin, Anong');
  const [draft] = await openDraftsOf('nok');
  // not complete yet: kept as it was typed
  expect(draft?.draft.typed).toMatchObject({
    'store::main': { values: { nameLocal: 'Baan Coffee', address: '12 Silom Rd' } },
  });
  await nok.fills({ nameLocal: 'Another name' }, { on: form });
  await nok.taps({ action: 'promotion.back' }, { on: form }).catch(() => undefined);
  expect(await openDraftsOf('nok')).toEqual([draft]);
  await changes('nok', 'resume');
  await nok.says('menu');
  await nok.doesNotSee('notice.suspended.title');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('Baan Coffee');
});

it('who is paused and has no form before them changes nothing by one', async () => {
  const nok = await world().hires('nok');
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const form = await nok.card();
  await nok.fills({ nameLocal: 'Baan Coffee' });
  const before = await openDraftsOf('nok');
  await changes('nok', 'pause');
  await nok.says('hi');
  await nok.sees(wordsOf('notice.suspended.title'));
  await nok.fills({ nameLocal: 'Baan Tea' }, { on: form });
  expect(await openDraftsOf('nok')).toEqual(before);
});

it('an admin who is paused types for nobody else: their forms do nothing', async () => {
  const som = await world().hires('som', { role: 'ADMIN' });
  await som.says('menu');
  for (const action of ['team.open', 'team.more', 'team.invite']) await som.taps({ action });
  const form = await som.card();
  await changes('som', 'pause');
  await som.fills({ name: 'Kit', phone: '081 234 5077', list: '' }, { on: form });
  await som.sees(wordsOf('notice.suspended.title'));
  expect(await associationsOfIso((await findIsoByEmail(DEMO_ISO))?.isoId ?? '', ['APPROVED', 'INVITED'])).toEqual([]);
});
