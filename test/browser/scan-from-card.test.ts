import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { openBrowser, openChatPage } from './support/chat-page.ts';

const { world, nok } = sharedWorld({ joined: ['staff1'], reached: true });
const t = translator('en');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('the card that asks for a photo opens the page over the chat, and what is taken there moves the card on', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, nameLocal: 'Panel Cafe' });
  await nok.sees('Step 1 of 4', 'Panel Cafe');
  const { page, complaints } = await openChatPage(browser, { url: world.sandbox.url, hash: '#staff1/staff1' });
  await page
    .getByRole('link', { name: t('name.scanPage') })
    .last()
    .click();
  const panel = page.frameLocator('[data-testid=web-view] iframe');
  await panel.locator('#shop').getByText('Panel Cafe').waitFor();
  const buffer = await pictures.storefront(4_711);
  const taken = { name: 'p.jpg', mimeType: 'image/jpeg', buffer };
  await panel.locator('input[type=file]').first().setInputFiles(taken);
  await page
    .getByText(/Step 2 of 4/)
    .first()
    .waitFor({ state: 'attached' });
  await world.idle();
  await nok.sees('Step 2 of 4', 'Panel Cafe');
  // who it is nobody knows until the client has said so
  expect(complaints.filter((one) => !/401 .*\/state$/.test(one))).toEqual([]);
});
