import { expect } from 'vitest';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { employ } from '../support/world/behind.ts';
import { reach } from '../support/world/reach.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const IN_USE = codeOf('AA', 0);
const FRESH = codeOf('BB', 0);
const RIVALS = codeOf('CC', 0);
const end = (code: string): string => `…${code.slice(-4)}`;

const { world, nok, lek } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('Nok and Lek promote shops with codes that are not theirs to use');

it('a close-up without a code is said so, with the way out of typing it', async () => {
  await reach(nok, 'photos', { shop: 'Baan Coffee' });
  await nok.sends(await pictures.counter(1));
  await nok.sees('✓ Wide photo', '○ Close-up', 'Now the close-up of the code.');
  await nok.sends(await pictures.storefront(77));
  await nok.sees("I can't read the code. Closer, no flash, wipe the sticker.", 'Type the code');
});

it("another scheme's code is named as what it is not", async () => {
  await nok.sends(await pictures.foreignCode());
  await nok.sees('This is a payment code. Send the code of the sticker.', 'Type the code');
});

it('a typed code that is none comes back as typed', async () => {
  await nok.taps('Type the code');
  await nok.fills({ code: 'https://pay.example.com/merchant/0042' });
  await nok.sees('Code: no such code. Check it, or send a photo of it.', 'https://pay.example.com/merchant/0042');
  await nok.fills({ code: '00020101021126' });
  await nok.sees('Code: a payment code. Type the one on the sticker.', '00020101021126');
  await nok.fills({ code: 'SHPC 12' });
  await nok.sees('Code:', 'SHPC 12');
});

it('two codes in one photo: one question, one tap', async () => {
  await nok.taps('Back');
  await nok.sends(await pictures.twoCodes(IN_USE, FRESH, { scale: 0.3 }));
  await nok.sees('2 codes in the photo. Which is at Cashier 1?', end(IN_USE), end(FRESH));
  await nok.taps(end(IN_USE));
  await nok.sees('Step 3 of 4', `✓ Cashier 1 · code ${end(IN_USE)}`);
  await nok.fills({ contactPhoneOrEmail: 'somchai@coffee.example' });
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Baan Coffee');
});

it('a code at another spot of the own ISO: where it is, and it can move', async () => {
  await reach(lek, 'photos', { shop: 'Nine Mart' });
  await lek.sends(await pictures.counter(9), await pictures.closeup(IN_USE, { seed: 9 }));
  await lek.sees(
    `Code ${end(IN_USE)} is already in use:`,
    'Baan Coffee · Cashier 1 (Nok Suda,',
    'Move it here',
    'Use another',
  );
});

it('another code can be used instead', async () => {
  await lek.taps('Use another');
  await lek.sees('Nine Mart', 'Cashier 1', 'Now the close-up of the code');
  await lek.sends(await pictures.closeup(IN_USE, { seed: 10 }));
  await lek.sees('Move it here');
});

it('moving it takes it from the old spot when it is submitted, not before', async () => {
  await lek.taps('Move it here');
  await lek.sees('Step 3 of 4', `✓ Cashier 1 · code ${end(IN_USE)}`);
  await reach(nok, 'photos', { shop: 'Third Shop' });
  await nok.sends(await pictures.counter(30), await pictures.closeup(IN_USE, { seed: 30 }));
  await nok.sees('Baan Coffee · Cashier 1 (Nok Suda,');
  await lek.fills({ contactPhoneOrEmail: 'lek@mart.example' });
  await lek.taps('Submit');
  await lek.sees('Submitted', 'Nine Mart');
  await nok.taps('Use another');
  await nok.sends(await pictures.closeup(IN_USE, { seed: 31 }));
  await nok.sees('Nine Mart · Cashier 1 (Lek Boonmee,');
});

it('a code in use by another ISO is only said to be in use', async () => {
  const mali = await world.newPerson({ userId: 'rival', name: 'Mali Rival', mobile: '+66-812340077' });
  await employ(world, { userId: 'rival', name: 'Mali Rival', role: 'STAFF', isoEmail: 'rival@iso.example' });
  await promote(mali, { shop: 'Secret Shop', series: 'CC' });
  await mali.sees('Submitted');

  await nok.taps('Use another');
  await nok.sends(await pictures.closeup(RIVALS, { seed: 50 }));
  await nok.sees('This code is already in use. Take another one.', 'Third Shop', 'Cashier 1');
  expect(await nok.has(/Secret Shop|Mali|rival/)).toBe(false);
  await nok.taps('Type the code');
  await nok.fills({ code: RIVALS });
  await nok.sees('This code is already in use. Take another one.');
});

it('the same code at two spots of one shop is refused at the second', async () => {
  await nok.says('menu');
  await reach(nok, 'photos', { shop: 'Two Tills', spots: 2 });
  await nok.sends(await pictures.counter(61), await pictures.closeup(FRESH, { seed: 61 }));
  await nok.fills({ fixedSecurely: true });
  await nok.sends(await pictures.counter(62));
  await nok.sends(await pictures.closeup(FRESH, { seed: 62 }));
  await nok.sees('Two Tills', 'Cashier 2', 'Now the close-up of the code');
  await nok.taps('Type the code');
  await nok.fills({ code: FRESH });
  await nok.sees('Code: this code is at another spot of this shop.');
});
