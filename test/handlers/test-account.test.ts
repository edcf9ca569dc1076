import { expect, it } from 'vitest';
import { openAskOf } from '../../models/account-asks.ts';
import { changePerson, findPerson } from '../../models/people.ts';
import { findTestAccount } from '../../models/test-accounts.ts';
import { inTransaction } from '../../models/transaction.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { accountWith, atTheList, demoIso, lekAsks, lekHasOne, listed, named } from './accounts-at-work.ts';
import { lekBeforePayment } from './landed-task.ts';

const world = useWorld();
const HOUR_MS = 3_600_000;

it('who asks for one reads that it is asked for, and the admin reads by whom and for which shop', async () => {
  const { lek, admin } = await lekAsks(world());
  await lek.sees(wordsOf('pay.login.accountAsked'));
  await admin.sees('Lek asks for a test account.', 'Som Tam House', wordsOf('account.noneFree'));
});

it('is asked for once, however often it is tapped, and for the shop where it was tapped last', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  const card = await lek.card();
  for (const _ of [1, 2]) await lek.taps({ action: 'inspection.askAccount' }, { on: card });
  const cards = await world().person('admin1').cards();
  expect(cards.filter(({ text }) => text.includes('Lek asks'))).toHaveLength(1);
});

it('is given with one tap; then its password is asked for, and once it is given both cards say when', async () => {
  const { lek, admin } = await lekHasOne(world());
  await admin.sees('Lek asks for the password of TH-04.', 'Som Tam House', wordsOf('account.tellHow'));
  await lek.sees('Log in to Alipay with TH-04', 'Password asked for, Tue 24 Nov 10:');
  expect(await accountWith('lek')).toMatchObject({ state: 'GIVEN', givenBy: 'admin1' });
  await admin.taps({ action: 'account.given' });
  await admin.sees('Lek has TH-04.', /Password given by \S+.*, Tue 24 Nov 10:/);
  await lek.sees('Log in to Alipay with TH-04', /Password given by \S+.*, Tue 24 Nov 10:/);
  await lek.says('back');
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  await lek.sees('Log in with TH-04.', wordsOf('pay.passwordGiven'));
});

it('the password of an account that one has is asked for from the shop, and from one’s own card', async () => {
  const { lek, admin } = await lekHasOne(world());
  await admin.taps({ action: 'account.given' });
  await lek.taps({ action: 'account.askPassword' });
  await lek.sees('Log in to Alipay with TH-04', 'Password asked for');
  await admin.sees('Lek asks for the password of TH-04.');
});

it('another than the first can be given, and one that is not in the list yet', async () => {
  await listed('TH-04', 'TH-05');
  const { admin } = await lekAsks(world());
  await admin.taps({ action: 'account.choose' });
  await admin.fills({ Account: 'TH-05' });
  await admin.sees('Lek asks for the password of TH-05.');
  expect((await accountWith('lek'))?.name).toBe('TH-05');
});

it('one that is not in the list yet is added for who asks', async () => {
  const { admin } = await lekAsks(world());
  await admin.taps({ action: 'account.add' });
  await admin.fills({ account: 'TH-07' });
  await admin.sees('Lek asks for the password of TH-07.');
  expect(await accountWith('lek')).toMatchObject({ name: 'TH-07', addedBy: 'admin1' });
});

it('an admin adds accounts one after the other, each name once', async () => {
  const admin = world().person('admin1');
  await atTheList(admin);
  await admin.sees(wordsOf('accounts.none'));
  await admin.taps({ action: 'account.add' });
  for (const account of ['TH-04', 'TH-05', 'th-04']) await admin.fills({ account });
  await admin.sees('TH-04 is in the list already.');
  await atTheList(admin);
  await admin.sees('Test accounts (2)', 'TH-04', 'TH-05');
});

it('from the list one is given to somebody at work who has none', async () => {
  const { lek, admin } = await lekHasOne(world());
  await world().hires('nok');
  await world().hires('mali', { state: 'PAUSED' });
  await listed('TH-08');
  await atTheList(admin);
  await admin.taps('TH-08');
  await admin.taps({ action: 'account.whom' });
  const { forms } = await admin.card();
  const [field] = forms[0]?.fields ?? [];
  const names = JSON.stringify(field);
  expect(names).toContain('Nok');
  for (const name of ['Lek', 'Mali']) expect(names).not.toContain(name);
  await admin.fills({ 'To whom': 'Nok' });
  await admin.sees(wordsOf('accounts.given'), 'Nok has it since Tue 24 Nov.');
  await world().person('nok').sees('Log in to Alipay with TH-08', wordsOf('account.password'));
  await lek.doesNotSee('accounts.taken');
});

it('who gives it back has it no more, and the admin is to change the password before it is given again', async () => {
  const { lek, admin } = await lekHasOne(world());
  await lek.taps({ action: 'account.sure' });
  await lek.sees('Give TH-04 back?');
  await lek.taps({ action: 'account.giveBack' });
  await lek.sees(wordsOf('accounts.givenBack'));
  await admin.sees(wordsOf('account.changeTitle'), 'TH-04', 'Lek gave it back, Tue 24 Nov 10:');
  expect(await named('TH-04')).toMatchObject({ state: 'RETURNED', lastHolderId: 'lek', holderId: undefined });
  expect(await openAskOf('lek', await demoIso())).toBeUndefined();
  await admin.taps({ action: 'account.changed' });
  await admin.sees('TH-04', 'Password changed by');
  expect((await named('TH-04')).state).toBe('FREE');
});

it('is taken back, which whoever had it reads', async () => {
  const { lek, admin } = await lekHasOne(world());
  await atTheList(admin);
  await admin.taps('TH-04');
  await admin.taps({ action: 'account.ask' });
  await admin.sees('Lek asks for the password of TH-04.');
  await admin.taps({ action: 'account.list' });
  await admin.sees('Test accounts (1)', '! Lek asks');
  await world().person('admin1').taps({ action: 'account.given' });
  await atTheList(admin);
  await admin.taps('TH-04');
  await admin.taps({ action: 'account.sure', change: 'takeBack' });
  await admin.sees('Take TH-04 back?');
  await admin.taps({ action: 'account.takeBack' });
  await admin.sees('Taken back from Lek', wordsOf('account.change'));
  await lek.sees('Your ISO took TH-04 back.');
  await lek.sees(wordsOf('account.withYouNoMore'));
  expect(await accountWith('lek')).toBeUndefined();
});

it('is retired once nobody has it, and its name can be used again', async () => {
  await listed('TH-04');
  const admin = world().person('admin1');
  await atTheList(admin);
  await admin.taps('TH-04');
  await admin.taps({ action: 'account.sure', change: 'retire' });
  await admin.taps({ action: 'account.retire' });
  await admin.sees('TH-04 is retired.', 'Test accounts (0)');
  expect(await findTestAccount('id-TH-04')).toMatchObject({ state: 'RETIRED' });
  await admin.taps({ action: 'account.add' });
  await admin.fills({ account: 'TH-04' });
  await admin.sees('TH-04 is in the list.');
});

it.each([
  ['pause', 'Lek is paused'],
  ['remove', 'Lek works here no more'],
] as const)('of who is changed by %s comes back, and what they asked is needed no more', async (change, why) => {
  const { admin } = await lekHasOne(world());
  await admin.says('menu');
  await admin.taps({ action: 'team.open' });
  await admin.taps({ action: 'team.people' });
  await admin.taps('Lek');
  if (change === 'remove') await admin.taps({ action: 'team.memberMore' });
  await admin.taps({ action: 'team.askChange', change });
  await admin.sees('Test account TH-04 comes back to you.');
  await (change === 'remove' ? admin.fills({}) : admin.taps({ action: 'team.change' }));
  await admin.sees(wordsOf('account.changeTitle'), 'TH-04', why);
  await admin.sees('Lek needs it no more.');
  expect(await named('TH-04')).toMatchObject({ state: 'RETURNED', holderId: undefined });
  expect((await findPerson('lek'))?.state).toBe(change === 'pause' ? 'PAUSED' : 'UNKNOWN');
});

it('what is asked and waits is said again after an hour and after a day, by day, and no more', async () => {
  const { admin } = await lekAsks(world());
  const asked = async () => (await admin.cards()).filter(({ text }) => text.includes('Lek asks')).length;
  await world().advance(HOUR_MS / 2);
  expect(await asked()).toBe(1);
  await world().advance(HOUR_MS);
  expect(await asked()).toBe(2);
  // a day after 10:00 it is day; the one after that brings nothing more
  await world().advance(24 * HOUR_MS);
  expect(await asked()).toBe(3);
  await world().advance(48 * HOUR_MS);
  expect(await asked()).toBe(3);
  expect(await openAskOf('lek', await demoIso())).toMatchObject({ reminded: 2 });
});

it('an e-mail stands on cards by its ends, but for whoever has it and where an admin opens it', async () => {
  await listed('alipay.test.04@lotus.example');
  const { lek, admin } = await lekAsks(world());
  await admin.taps({ action: 'account.give' });
  await admin.sees('al••04@lotus');
  expect(await admin.chat()).not.toContain('alipay.test.04');
  await lek.sees('Log in to Alipay with alipay.test.04@lotus.example');
  await admin.taps({ action: 'account.given' });
  await atTheList(admin);
  await admin.taps(/al••04/);
  await admin.sees('alipay.test.04@lotus.example');
});

it('another ISO’s admin and colleagues see and change nothing of it', async () => {
  const { lek } = await lekHasOne(world());
  await world().hires('nok');
  for (const userId of ['ploy', 'nok']) {
    const person = world().person(userId);
    await person.says('menu');
    const { outTrackId } = await person.card();
    for (const [action, subject] of [
      ['account.takeBack', 'testAccount:id-TH-04'],
      ['account.giveBack', 'testAccount:id-TH-04'],
      ['account.askPassword', 'testAccount:id-TH-04'],
    ] as const) {
      const params = { action, subject, version: '2' };
      await world().receive(world().tap(outTrackId, { userId, actionId: 'x', params }));
    }
    const opened = { action: 'account.open', extra: JSON.stringify({ account: 'id-TH-04' }) };
    await world().receive(world().tap(outTrackId, { userId, actionId: 'x', params: opened }));
    expect(await person.chat()).not.toMatch(/TH-04|Lek/);
  }
  expect(await accountWith('lek')).toMatchObject({ name: 'TH-04', version: 2 });
  await lek.doesNotSee('accounts.taken');
});

it('a supervisor reads which their team has since when, and neither others’ nor what is free, asked or to be done', async () => {
  const { lek, admin } = await lekHasOne(world());
  const sam = await world().hires('sam', { role: 'SUPERVISOR' });
  await world().hires('dao');
  await listed('TH-07', 'TH-09');
  await atTheList(admin);
  await admin.taps('TH-07');
  await admin.taps({ action: 'account.whom' });
  await admin.fills({ 'To whom': 'Dao' });
  await atTheList(sam);
  await sam.sees(wordsOf('accounts.noneOfTeam'));
  await inTransaction((tx) => changePerson('lek', { supervisorId: 'sam' }, tx));
  await atTheList(sam);
  await sam.sees('Test accounts (1)', 'TH-04', 'Lek', 'Tue 24 Nov');
  const { text, buttons } = await sam.card();
  expect(text).not.toMatch(/TH-07|TH-09|Dao|asks/);
  expect(buttons.map(({ label }) => label)).toEqual(['Team']);
  const { outTrackId } = await sam.card();
  const opens = { action: 'account.open', account: (await named('TH-04')).accountId };
  await world().receive(world().tap(outTrackId, { userId: 'sam', actionId: 'x', params: opens }));
  expect((await sam.card()).text).not.toContain('has it since');
  expect(await lek.chat()).not.toContain('sam');
});
