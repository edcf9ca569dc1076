import { beforeAll, expect, test } from 'vitest';
import {
  checkDeployment,
  inspect,
  openTasks,
  pay,
  promotedShop,
  taskLands,
} from '../support/conversations/inspection.ts';
import { codeOf, promote } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { story } from '../support/story.ts';
import { outgoingLines } from '../support/world/outgoing-lines.ts';
import { sharedWorld } from '../support/world/shared-world.ts';

const { world, nok, lek, ploy } = sharedWorld({ joined: ['staff1', 'staff2'] });
const it = story('Lek inspects one shop after another, and what he submits is judged');
let shop: ReturnType<typeof promotedShop>;

beforeAll(async () => {
  await promote(nok, { shop: 'Baan Coffee', spots: 2, series: 'AA' });
  shop = promotedShop(world);
});

interface Cost {
  readonly pushes: number;
  readonly calls: number;
}

/** What each inspection has cost that counts for the last test. */
const seen: Cost[] = [];

/** Pushes and calls so far, of what one inspection costs. */
async function spent(): Promise<Cost> {
  const { pushes, apiCalls } = await world.stats(lek.userId);
  return { pushes: pushes.messages + pushes.taps + pushes.events, calls: apiCalls.billed };
}

function noteCost(before: Cost, after: Cost): void {
  seen.push({ pushes: after.pushes - before.pushes, calls: after.calls - before.calls });
}

const inspections = () => outgoingLines(world).filter(({ itemType }) => itemType === 'INSPECTION');

it('an inspector finds the task, verifies shop and spots, pays both ways with Alipay+ Linker, and submits', async () => {
  await lek.says('menu');
  await lek.taps('Spot Inspection');
  await lek.sees('No tasks. New ones arrive in the morning.');
  // what was approved becomes a task of whoever did not promote it
  await world.nextDay();
  await nok.says('menu');
  await nok.taps('Spot Inspection');
  await nok.sees('No tasks.');
  await lek.says('menu');
  await lek.sees('! 1 inspection due');
  await lek.taps('Spot Inspection (1)');
  await lek.sees('1 task is due', 'First: Baan Coffee');
  await lek.taps('Verification Tasks');
  const before = await spent();
  await lek.taps(/Baan Coffee, Silom Rd 12/);

  await lek.sees('Shop front', 'Baan Coffee · Step 1 of 2', 'Send a photo of the front today.', '[image', 'Map');
  await lek.sends(await pictures.storefront(71));
  await lek.sees('1 as it was sent, 2 today', '[image');
  await lek.taps('Everything matches');
  await lek.sees('Cashier 1', 'Send a photo with the code on it.', '[image');
  await lek.sends(await pictures.closeup(codeOf('AA', 0), { seed: 71 }));
  await lek.sees('✓ Code …HAAA, as submitted.', '1 as it was sent, 2 today', '[image');
  await lek.taps('Good');
  await lek.sees('Cashier 2');
  await lek.sends(await pictures.closeup(codeOf('AA', 1), { seed: 72 }));
  await lek.taps('Good');

  await lek.sees('Payment Verification', 'This shop takes more than Alipay: use Alipay+ Linker.');
  await lek.taps('Alipay+ Linker');
  await lek.sees('Download the app', 'same account as in DingTalk', 'the shop shows the code');
  await lek.fills({ Result: 'Paid', Amount: '35.50' });
  await lek.sees('The shop showed the code', 'Send the photo');
  await lek.sends(await pictures.counter(73));
  await lek.sees('you show the code');
  await lek.fills({ Result: 'Paid', Amount: '20' });
  await lek.sends(await pictures.counter(74));
  await lek.sees('Check and submit', 'Everything is as it was submitted.');
  await lek.taps('Submit');
  await lek.sees('✓ Submitted', 'Baan Coffee · 2 spots', 'data is one day late');
  noteCost(before, await spent());

  const [line] = inspections();
  expect(line).toMatchObject({
    staffRef: 'staff2',
    storeRef: shop.storeRef,
    values: { storeOpen: true, nameMatches: true, acceptsOnlyAlipay: false, inspectsOwnSpots: false },
    payments: [
      { tool: 'ALIPAY_PLUS_LINKER', mode: 'MPM', result: 'SUCCESS', amount: 35.5, currency: 'THB' },
      { tool: 'ALIPAY_PLUS_LINKER', mode: 'UPM', result: 'SUCCESS', amount: 20 },
    ],
  });
  expect(line?.spots?.map(({ spotRef, values }) => [spotRef, values.found, values.codeMatches])).toEqual(
    shop.spotRefs.map((spotRef) => [spotRef, 'YES', true]),
  );
  expect(line?.photos).toHaveLength(5);
  await ploy.doesNotSee('findings.title');
});

it('the result comes the next day on the same card; one that is not approved is corrected, and asks only what was named', async () => {
  const key = `${inspections()[0]?.itemRef}`;
  const why = { decision: 'REJECTED', reasonCodes: ['PAYMENT_UPM_FAILED'] } as const;
  await world.nextDay([{ submissionKey: `${key}#1`, ...why }]);
  await lek.sees('✗ Not approved', 'payment by your code failed', 'Correct it by', /\(\d days left\)/);
  await openTasks(lek);
  await lek.taps(/✗ Baan Coffee/);
  await lek.taps('Correct it');
  await lek.sees('you show the code');
  await lek.fills({ Result: 'Paid', Amount: '21' });
  await lek.sees('Everything is as it was submitted.');
  await lek.taps('Submit');
  expect(inspections().at(-1)).toMatchObject({
    itemRef: key,
    revision: 2,
    payments: [{ amount: 35.5 }, { amount: 21 }],
  });
  await world.nextDay();
  await lek.sees('✓ Approved', 'Baan Coffee', 'Nothing to do.');
  await lek.doesNotSee('inspection.rejected');
  await lek.says('menu');
  await lek.taps('Spot Inspection');
  await lek.taps('My inspections');
  await lek.taps(/✓ Baan Coffee/);
  await lek.sees('✓ Approved', 'Nothing to do.');
});

it('in a shop that takes only Alipay it is Alipay, with a test account whose name the ISO gives, never its password', async () => {
  await taskLands(world, { sourceKey: 'alipay', storeName: 'Som Tam House', acceptsOnlyAlipay: true });
  await openTasks(lek);
  await checkDeployment(lek, { series: 'AA', spots: 0, seed: 81 });
  await lek.sees('This shop takes only Alipay: use Alipay.');
  await lek.taps('Alipay');
  await lek.taps('Ask for an account');
  await lek.sees('your ISO is asked for a test account');
  await ploy.sees('Lek Boonmee asks for a test account.', 'Som Tam House');
  await ploy.taps('Add an account');
  await ploy.fills({ account: 'TH-04 / Secret99' });
  await ploy.sees('Only its name, such as TH-04. Never a password.');
  await ploy.fills({ account: 'TH-04' });
  await ploy.sees('Lek Boonmee asks for the password of TH-04.', 'Write it in your own chat, never here.');
  await lek.sees('Log in to Alipay with TH-04', 'Password asked for');
  await ploy.taps('Given');
  await lek.sees('✓ Password given by Anong Chai');
  await pay(lek, 82);
  await lek.sees('Log in with TH-04.', '✓ Password given');
  await pay(lek, 83);
  await lek.taps('Submit');
  expect(inspections().at(-1)?.payments).toMatchObject([
    { tool: 'ALIPAY', mode: 'MPM', testAccountAlias: 'TH-04' },
    { tool: 'ALIPAY', mode: 'UPM', testAccountAlias: 'TH-04' },
  ]);
});

it('tells the admins once what is wrong, in detail only where it differs', async () => {
  await taskLands(world, { sourceKey: 'wrong', storeName: 'Baan Coffee', ...shop });
  await openTasks(lek);
  await lek.taps({ action: 'inspection.open' });
  await lek.sends(await pictures.storefront(91));
  await lek.taps('Something differs');
  await lek.fills({ 'What differs': ['The name'], Note: 'Now it is Baan Tea' });
  await lek.sees('Cashier 1');
  await lek.sends(await pictures.closeup(codeOf('ZZ', 0), { seed: 91 }));
  await lek.sees('! Code …HZZA. Submitted was …HAAA.');
  await lek.taps('Good');
  await lek.taps('Problem');
  await lek.fills({ 'What is wrong': ['Not there'] });
  await lek.sees('Send a photo of the place where it was.');
  await lek.sends(await pictures.counter(92));
  await lek.taps('Alipay');
  await lek.sees('Does the shop take only Alipay?');
  await lek.taps('Only Alipay');
  await lek.fills({ Result: 'Staff refused' });
  await lek.sends(await pictures.counter(93));
  await lek.fills({ Result: 'Not tried' });
  await lek.sees('Both ways of paying must be tried before you submit.', 'You show the code: ! Not tried');
  await lek.taps('Try it now');
  await lek.fills({ Result: 'Not offered here' });
  await lek.sends(await pictures.counter(94));
  await lek.sees('things are not as they should be', 'Cashier 1: ! Another code', 'Cashier 2: ! Not there');
  await lek.taps('Submit');
  await lek.sees('✓ Submitted');
  await ploy.sees('Found at Baan Coffee', 'Inspected by Lek Boonmee', 'And', 'Now it is Baan Tea');
  expect((await ploy.cards()).filter(({ title }) => title.startsWith('Found at'))).toHaveLength(1);
  expect(inspections().at(-1)).toMatchObject({
    values: { nameMatches: false, acceptsOnlyAlipay: true, acceptsOnlyAlipayCorrected: true },
    spots: [{ values: { codeMatches: false } }, { values: { found: 'NO' } }],
  });
});

it('what cannot be inspected is submitted with its reason and one photo', async () => {
  await taskLands(world, { sourceKey: 'closed', storeName: 'Nine Mart', ...shop });
  await openTasks(lek);
  await lek.taps(/Nine Mart/);
  await lek.taps('Cannot inspect');
  await lek.fills({ Why: 'Closed down' });
  await lek.sees('One photo that shows why.');
  await lek.sends(await pictures.storefront(95));
  await lek.sees('The reason and its photo are there.');
  await lek.taps('Submit');
  await lek.sees('✓ Submitted', 'Nine Mart');
  expect(inspections().at(-1)).toMatchObject({ values: { cannotInspect: 'CLOSED_DOWN' }, spots: [], payments: [] });
  expect(inspections().at(-1)?.photos).toMatchObject([{ role: 'cannotInspect' }]);
  await ploy.sees('Found at Nine Mart', 'Cannot inspect: Closed down.');
});

test('costs at most 15 pushes and 22 API calls with two spots and both modes, from the opened task to submitted', async () => {
  const isCheap = ({ calls }: Cost): boolean => calls <= 22;
  // of a run without a late "Checking" or a repair, which a busy machine can cause: the cheapest counts, and mostly the first does
  for (const [run, shop] of ['Border Tea', 'Old Town Noodles', 'Riverside Fruit'].entries()) {
    if (seen.some(isCheap)) break;
    const series = `C${run + 2}`;
    await promote(nok, { shop, spots: 2, series, together: true });
    await taskLands(world, { sourceKey: `cost${run}`, storeName: shop, ...promotedShop(world) });
    await openTasks(lek);
    const before = await spent();
    await inspect(lek, { series, spots: 2, seed: 210 + 10 * run });
    await lek.sees('✓ Submitted', shop);
    noteCost(before, await spent());
  }
  expect(Math.min(...seen.map(({ pushes }) => pushes))).toBeLessThanOrEqual(15);
  expect(seen.some(isCheap), JSON.stringify(seen)).toBe(true);
});
