import { expect, it } from 'vitest';
import { findIsoByEmail } from '../../models/isos.ts';
import { findTestAccount } from '../../models/test-accounts.ts';
import { useWorld } from '../support/in-process/use-world.ts';
import { DEMO_ISO } from '../support/in-process/world.ts';
import { wordsOf } from '../support/world/words-of.ts';
import { lekBeforePayment } from './landed-task.ts';

const world = useWorld();
const accountOfLek = async () => await findTestAccount('lek', (await findIsoByEmail(DEMO_ISO))?.isoId ?? '');

/** Lek is to pay with Alipay and has asked for a test account. */
async function asked() {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  await lek.taps({ action: 'inspection.askAccount' });
  return { lek, admin: world().person('admin1') };
}

it('who asks for one reads that it is asked for, and the admin reads by whom', async () => {
  const { lek, admin } = await asked();
  await lek.sees(wordsOf('pay.login.accountAsked'));
  await admin.sees('Lek');
  expect(await accountOfLek()).toMatchObject({ userId: 'lek', given: undefined });
});

it('is asked for once, however often it is tapped', async () => {
  const { lek } = await lekBeforePayment(world(), { acceptsOnlyAlipay: true });
  await lek.taps({ action: 'inspection.tool', tool: 'ALIPAY' });
  const card = await lek.card();
  for (const _ of [1, 2]) await lek.taps({ action: 'inspection.askAccount' }, { on: card });
  const cards = await world().person('admin1').cards();
  expect(cards.filter(({ text }) => text.includes('Lek'))).toHaveLength(1);
});

it('its name goes to whoever asked, and stands on their payment card', async () => {
  const { lek, admin } = await asked();
  await admin.taps({ action: 'account.give' });
  await admin.fills({ account: 'TH-04' });
  await admin.sees(wordsOf('line.accountGiven'));
  expect(await accountOfLek()).toMatchObject({ given: { alias: 'TH-04', by: 'admin1' } });
  await lek.sees('TH-04');
});

it('what could hold a password is not taken, nor kept', async () => {
  const { admin } = await asked();
  await admin.taps({ action: 'account.give' });
  await admin.fills({ account: 'TH-04 / Secret99' });
  await admin.sees(wordsOf('line.onlyAccountName'));
  expect((await accountOfLek())?.given).toBeUndefined();
  expect(await admin.chat()).not.toContain('Secret99');
});

it('is given once: what a second admin types changes nothing', async () => {
  const { admin } = await asked();
  const second = await world().hires('orn', { role: 'ADMIN' });
  await second.says('menu');
  await admin.taps({ action: 'account.give' });
  await admin.fills({ account: 'TH-04' });
  await gives('orn', 'TH-05');
  await second.sees(wordsOf('line.gone'));
  expect((await accountOfLek())?.given?.alias).toBe('TH-04');
});

it('is not given by an admin of another ISO, nor by staff', async () => {
  await asked();
  for (const userId of ['ploy', 'lek']) {
    await world().person(userId).says('menu');
    await gives(userId, 'TH-05');
  }
  expect((await accountOfLek())?.given).toBeUndefined();
  expect(await world().person('ploy').chat()).not.toContain('Lek');
});

async function gives(userId: string, account: string): Promise<void> {
  const { outTrackId } = await world().person(userId).card();
  const params = { action: 'account.save', subject: 'testAccount:lek', form: { account } };
  await world().receive(world().tap(outTrackId, { userId, actionId: 'x', params }));
}
