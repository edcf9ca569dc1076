import { expect } from 'vitest';
import { inspect, openTasks, pay, promotedShop, taskLands } from '../support/conversations/inspection.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('An ISO agrees with Alipay+ in which order its people work');

/** The operator sets what was agreed. */
async function agreed(order: string): Promise<void> {
  const said = ['--agreed-by', 'Regional coordinator', '--on', '2026-11-24'];
  const { code, out, problem } = await operatorCommand(
    world.dataDir,
    'iso',
    'order',
    'set',
    'demo@iso.example',
    order,
    ...said,
  );
  expect(problem).toBe('');
  expect(code).toBe(0);
  expect(out).toContain(order);
}

async function begins(shop: string, seed: number): Promise<void> {
  await nok.says('menu');
  await nok.taps('Alipay+ Marketing Code');
  await nok.taps('Start Promotion');
  await nok.fills({ ...SHOP, nameLocal: shop });
  await nok.sends(await pictures.storefront(seed));
}

async function deploys(series: string, seed: number): Promise<void> {
  await nok.sees('Where is the code?');
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  await nok.sends(await pictures.counter(seed), await pictures.closeup(codeOf(series, 0), { seed }));
}

const business = () => nok.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
const storeLine = () => outgoingLines(world).findLast(({ itemType }) => itemType === 'STORE');

it('the operator sets Verify-Then-Deploy, and the admin sees it on Team', async () => {
  await agreed('verify-then-deploy');
  await ploy.says('menu');
  await ploy.taps('Team');
  await ploy.sees('Order of work: Verify-Then-Deploy, agreed Tue 24 Nov');
});

it('payments come before the spots; one that does not work stops there, and the admin is told once', async () => {
  await begins('Som Tam House', 11);
  await nok.sees('Payment Verification', 'Som Tam House · Step 2 of 5', 'Select a tool.');
  await nok.taps('Alipay+ Linker');
  await nok.fills({ result: 'DECLINED' });
  await nok.sends(await pictures.counter(101));
  await pay(nok, 102);
  await nok.sees('A payment did not work. Deploy nothing here yet.', 'Everything is kept.');
  await ploy.sees('Som Tam House: payment fails', 'Nothing is deployed there before it works.');
});

it('it is tried again the next day, with what worked kept, and then the spots come', async () => {
  await world.advance(24 * 3_600_000);
  await nok.says('menu');
  await nok.taps(/Resume/);
  await nok.sees('A payment did not work.');
  await nok.taps('Try it now');
  await nok.fills({ result: 'DECLINED' });
  await nok.sends(await pictures.counter(103));
  await nok.sees('A payment did not work.');
  await nok.taps('Try it now');
  await pay(nok, 104);
  await deploys('VA', 11);
  await business();
  await nok.sees('Check and submit', 'Payments: ✓ done');
  expect((await ploy.chat()).split('payment fails')).toHaveLength(2);
  await nok.taps('Submit');
  await nok.sees('Submitted', 'Som Tam House · 1 spot');
});

it('what was verified is handed over with the shop', () => {
  expect(storeLine()).toMatchObject({
    verification: {
      order: 'verify-then-deploy',
      payments: [
        { context: 'PROMOTION', mode: 'MPM', tool: 'ALIPAY_PLUS_LINKER', result: 'SUCCESS', amount: 35.5 },
        { context: 'PROMOTION', mode: 'UPM', tool: 'ALIPAY_PLUS_LINKER', result: 'SUCCESS' },
      ],
    },
  });
  expect(storeLine()?.photos.map(({ role }) => role)).toEqual(['storefront', 'payment:MPM', 'payment:UPM']);
});

it('and is approved', async () => {
  await world.nextDay();
  await nok.sees(/Results up to/);
  await nok.taps({ action: 'review.mine' });
  await nok.sees('Approved');
});

it('in the same shop it is not done twice: what was verified so lately counts', async () => {
  await nok.says('menu');
  await nok.taps('Primary POSMs');
  await nok.taps('Start Promotion');
  await nok.fills({ ...SHOP, nameLocal: 'Som Tam House' });
  if (await nok.has('Same shop?')) await nok.taps('Same shop');
  await nok.sends(await pictures.storefront(12));
  await nok.sees('Step 3 of 5', 'Where is the display?');
  await nok.fills({ posmForm: 'STICKER', quantity: '1', fixedSecurely: true, howMany: '1' });
  await nok.sends(await pictures.counter(120), await pictures.display(120));
  await business();
  await nok.sees('Payments: ✓ verified', 'still counts');
  await nok.taps('Submit');
  await nok.sees('Submitted');
  expect(storeLine()).toMatchObject({ verification: { order: 'verify-then-deploy', payments: [] } });
  expect(storeLine()?.verification).toHaveProperty('verifiedAt');
});

it('Deploy-Then-Verify is set while a shop is half verified: the spots come now, and what was said of payments stays', async () => {
  await begins('Nine Mart', 21);
  await nok.taps('Alipay+ Linker');
  await pay(nok, 201);
  await agreed('deploy-then-verify');
  await nok.says('menu');
  await nok.taps(/Resume/);
  await deploys('VB', 21);
  await nok.sees('Payment Verification', 'Nine Mart · Step 3 of 5', 'Now the other way');
});

it('back in the plain order nothing is asked of payments, and in Deploy-Then-Verify only what was missing', async () => {
  await agreed('plain');
  await nok.says('menu');
  await nok.taps(/Resume/);
  await nok.sees('Step 3 of 4 · Business');
  await agreed('deploy-then-verify');
  await nok.says('menu');
  await nok.taps(/Resume/);
  await nok.sees('Payment Verification', 'Nine Mart · Step 3 of 5', 'Now the other way');
  await nok.fills({ result: 'TERMINAL_OFFLINE' });
  await business();
});

it('a payment that did not work is a doubt there, and is handed over as it was', async () => {
  await nok.sees('Check and submit', 'Payments may fail: a payment did not work.');
  await nok.taps('Submit');
  if (await nok.has('Submit with 1 doubt?')) await nok.taps('Submit anyway');
  await nok.sees('Submitted', 'Nine Mart · 1 spot');
  expect(storeLine()?.verification).toMatchObject({
    order: 'deploy-then-verify',
    payments: [{ result: 'SUCCESS' }, { result: 'TERMINAL_OFFLINE' }],
  });
  await world.nextDay();
  await nok.sees(/Results up to/);
});

it('a verification of an inspection counts as well', async () => {
  await taskLands(world, { sourceKey: 'T1', storeName: 'Nine Mart', ...promotedShop(world) });
  await openTasks(lek);
  await inspect(lek, { shop: /Nine Mart/, series: 'VB', spots: 1, seed: 301 });
  await nok.says('menu');
  await nok.taps('Primary POSMs');
  await nok.taps('Start Promotion');
  await nok.fills({ ...SHOP, nameLocal: 'Nine Mart' });
  if (await nok.has('Same shop?')) await nok.taps('Same shop');
  await nok.sends(await pictures.storefront(22));
  await nok.sees('Where is the display?');
  await nok.fills({ posmForm: 'STICKER', quantity: '1', fixedSecurely: true, howMany: '1' });
  await nok.sends(await pictures.counter(220), await pictures.display(220));
  await business();
  await nok.sees('Payments: ✓ verified');
});
