import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { openBrowser, openChatPage } from './support/chat-page.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], reached: true });
const t = translator('en');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('from the card of a shop the page opens over the chat: what is filled in and taken there stands on the card once it is closed', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  const { page, complaints } = await openChatPage(browser, { url: world.sandbox.url, hash: '#staff1/staff1' });
  await page
    .getByRole('link', { name: t('name.scanPage') })
    .last()
    .click();
  const panel = page.frameLocator('[data-testid=web-view] iframe');
  const shop = panel.locator('details[open]');
  await shop.getByLabel('Name on the sign').fill('Panel Cafe');
  await shop.getByLabel('Address').fill(SHOP.address);
  await shop.getByLabel('City').fill(SHOP.city);
  await shop.getByLabel('Pays with').selectOption(SHOP.paysWith);
  await shop.getByLabel("Manager's name").fill(SHOP.managerName);
  await shop.getByRole('button', { name: t('button.save') }).click();
  // the box is not ticked
  await shop.locator('.problem').getByText('The manager agreed').waitFor();
  await shop.getByRole('checkbox').check();
  await shop.getByRole('button', { name: t('button.save') }).click();
  await panel.locator('#shop').getByText('Panel Cafe').waitFor();
  const buffer = await pictures.storefront(4_711);
  const taken = { name: 'p.jpg', mimeType: 'image/jpeg', buffer };
  await panel.locator('input[type=file]').first().setInputFiles(taken);
  await panel
    .getByText(t('scanPage.have', { have: 1, most: 1 }))
    .first()
    .waitFor();
  await page.getByTestId('web-view').getByRole('button').first().click();
  // what the page says last outlives it; without, the card would come a minute later
  const heard = async () => (await storedRows(world)).inbox.some(({ _id }) => String(_id).startsWith('left:'));
  await expect.poll(heard).toBe(true);
  await page
    .getByText(/Step 2 of 4/)
    .first()
    .waitFor({ state: 'attached' });
  await world.idle();
  await nok.sees('Step 2 of 4', 'Panel Cafe');
  // who it is nobody knows until the client has said so
  expect(complaints.filter((one) => !/401 .*\/state$/.test(one))).toEqual([]);
});
