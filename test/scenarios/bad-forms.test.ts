import { expect } from 'vitest';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { nok, ploy } = sharedWorld();
const it = story('Nok mistypes each form from joining to the last one');

const LONG = 'x'.repeat(400);

it('joining: what is missing or wrong is named by its label, and everything typed stays', async () => {
  await nok.says('hello?');
  await nok.fills({ isoEmail: 'demo.iso.example', name: 'Nok S.', phone: '12' });
  await nok.sees('ISO e-mail: write an e-mail', 'Look also at: Phone no.', 'demo.iso.example', 'Nok S.', '"12"');
  await nok.fills({ isoEmail: 'nobody@iso.example', phone: '081 234 5011' });
  // nobody learns by it which ISOs there are
  await nok.sees('Request sent', 'Sent to nobody@iso.example.');
  await nok.taps('Withdraw');
  await nok.fills({ isoEmail: 'demo@iso.example', name: LONG, phone: '081 234 5011' });
  await nok.sees('Your name: keep it to 80 characters.', '081 234 5011');
  await nok.fills({ name: 'Nok Suda' });
  await nok.sees('Request sent');
  await ploy.taps('Approve');
});

it('the store: all that is missing is said at once, and nothing typed is lost', async () => {
  await reach(nok, 'store');
  await nok.fills({ nameLocal: 'Baan Coffee', city: 'Bangkok', managerName: LONG });
  await nok.sees(
    'Address: this is missing.',
    'Look also at: ',
    "Manager's name",
    'Baan Coffee',
    'Bangkok',
    LONG.slice(0, 50),
  );
  await nok.fills({ address: '12 Silom Rd', paysWith: 'ALIPAY_ONLY', managerName: 'Khun Malee' });
  await nok.sees('The manager agreed: tick the box. Not yet true? Come back later.', '12 Silom Rd', 'Khun Malee');
});

it('a refused form is still there after the menu', async () => {
  await nok.taps('Menu');
  await nok.taps({ action: 'promotion.resume' });
  await nok.sees('The manager agreed:', 'Baan Coffee', '12 Silom Rd', 'Khun Malee');
});

it('a shop that takes no Alipay+ yet is kept as a draft', async () => {
  await nok.fills({ paysWith: 'NONE_YET', consent: true });
  await nok.sees('cannot be promoted until it takes Alipay+', 'Draft kept');
  await nok.fills({ paysWith: 'ALIPAY_AND_OTHERS' });
  await nok.sees('Storefront photo');
});

it('what is typed is shown as typed, never as markup', async () => {
  await nok.says('back');
  await nok.fills({ nameLocal: '**Baan** [free](https://evil.example) <b>#1</b>' });
  await nok.says('menu');
  const menu = (await nok.entries()).findLast(({ view }) => view !== undefined)?.view;
  const markdown = menu?.texts.join('\n') ?? '';
  expect(markdown).toContain('evil.example');
  expect(markdown).not.toMatch(/(?<!\\)\[free|(?<!\\)<b>|\*\*Baan/);
  await nok.taps({ action: 'promotion.resume' });
  await nok.says('back');
  await nok.fills({ nameLocal: 'Baan Coffee' });
  await nok.sends(await pictures.storefront(1));
});

it('the spot: too many, or none', async () => {
  await nok.fills({ fixedSecurely: true, howMany: '9' });
  await nok.sees('How many spots in this shop?: 5 is the most.', '= 9');
  await nok.fills({ howMany: '0' });
  await nok.sees('How many spots in this shop?: 1 is the least.', '= 0');
  await nok.fills({ howMany: '1' });
  await nok.sees('Send 2 photos');
});

it('the business: a contact that is neither phone nor e-mail', async () => {
  await nok.sends(await pictures.counter(1), await pictures.closeup('https://qr.alipayplus.example/m/SHPCDEFGHAAA'));
  await nok.fills({ contactPhoneOrEmail: 'ask Malee', registrationNo: LONG });
  await nok.sees(
    'Contact phone or e-mail: write a phone no. or an e-mail.',
    'Look also at: Registration no.',
    'ask Malee',
  );
  await nok.fills({ contactPhoneOrEmail: 'malee@coffee.example', registrationNo: '' });
  await nok.sees('Check and submit');
});

it('a promotion is thrown away when that is meant, and is gone then', async () => {
  const old = await nok.card('Check and submit');
  await nok.taps('Change…');
  await nok.taps('Discard');
  await nok.sees('Discard Baan Coffee?', 'Its answers and photos are thrown away.', 'Keep it');
  await nok.taps('Discard');
  await nok.sees('Baan Coffee is discarded.', 'Hi Nok');
  await nok.taps('Submit', { on: old });
  await nok.sees('That is done already. Here is what you can do now.', 'Hi Nok');
});
