import { beforeAll } from 'vitest';
import { checkDeployment, openTasks, pay, taskLands } from '../support/conversations/inspection.ts';
import { promote } from '../support/conversations/promotion.ts';
import { story } from '../support/story.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('A test account on its way: from the list to an inspector, and back when he is paused');
beforeAll(() => promote(nok, { shop: 'Baan Coffee', spots: 1, series: 'AA' }));
const SECRET = 'Secret99-in-the-wrong-chat';

it('an admin lists the accounts of the ISO', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('Test accounts');
  await ploy.sees('Test accounts (0)', 'No account yet. Add the first one.');
  await ploy.taps('Add an account');
  await ploy.fills({ account: 'TH-04' });
  await ploy.sees('✓ TH-04 is in the list. Add the next one?');
  await ploy.fills({ account: 'alipay.test.05@lotus.example' });
  await ploy.taps('Test accounts');
  await ploy.sees('Test accounts (2)', 'TH-04', '✓ Free', 'al••05@lotus.example');
});

it('an inspector in a shop that takes only Alipay asks for one, and the admin gives it with one tap', async () => {
  await taskLands(world, { sourceKey: 'alipay', storeName: 'Som Tam House', acceptsOnlyAlipay: true });
  await openTasks(lek);
  await checkDeployment(lek, { series: 'ZZ', spots: 0, seed: 81 });
  await lek.taps('Alipay');
  await lek.taps('Ask for an account');
  await lek.sees('your ISO is asked for a test account');
  await ploy.sees('Lek Boonmee asks for a test account.', 'Som Tam House');
  await ploy.taps('Another account');
  await ploy.fills({ Account: 'TH-04' });
  await lek.sees('Log in to Alipay with TH-04', 'Password asked for');
});

it('the password is told elsewhere, and both cards say when', async () => {
  await ploy.sees(
    'Lek Boonmee asks for the password of TH-04.',
    'Som Tam House',
    'Write it in your own chat, never here.',
  );
  await ploy.says(SECRET);
  await ploy.sees('Kept nowhere. Recall it, and write it in your own chat.');
  await ploy.taps('Given');
  const when = /✓ Password given by Anong Chai.*, \w{3} \d+ \w{3} \d\d:\d\d\./;
  await ploy.sees('Lek Boonmee has TH-04.', when);
  await lek.sees('Log in to Alipay with TH-04', when);
  await pay(lek, 82);
  await lek.sees('Log in with TH-04.', '✓ Password given');
});

it('who is paused has it no more, and the card says to change the password before anybody gets it', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('People');
  await ploy.taps('Lek Boonmee');
  await ploy.taps('Pause');
  await ploy.sees('Pause Lek Boonmee?', 'Test account TH-04 comes back to you.');
  await ploy.taps('Pause');
  await ploy.sees('Change the password', 'TH-04', 'Lek Boonmee is paused');
  await lek.sees('Your access is paused');
  await ploy.taps('Password changed');
  await ploy.sees('TH-04', '✓ Password changed by Anong Chai');
});

it('it is given to somebody else, who asks for the password from their own card and gives it back', async () => {
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.taps('Test accounts');
  await ploy.taps('TH-04');
  await ploy.taps('Give to…');
  await ploy.fills({ 'To whom': 'Nok Suda' });
  await nok.sees('Log in to Alipay with TH-04', 'Ask for its password when you need it.');
  await nok.says('menu');
  await nok.taps('Spot Inspection');
  await nok.taps('My test account');
  await nok.taps('Ask for the password');
  await ploy.sees('Nok Suda asks for the password of TH-04.');
  await nok.taps('Give it back');
  await nok.sees('Give TH-04 back?', 'Log out of it in Alipay.');
  await nok.taps('Give it back');
  await ploy.sees('Nok Suda needs it no more.');
  await ploy.sees('Change the password', 'Nok Suda gave it back');
});
