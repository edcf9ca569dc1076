import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { codeOf, SHOP } from '../support/conversations/promotion.ts';
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

it('from the card that asks for a code it takes two taps until the code stands there', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills({ ...SHOP, nameLocal: 'Two Taps' });
  await nok.sends(await pictures.storefront(4_720));
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '1' });
  const code = codeOf('TT', 0);
  await world.fault({ kind: 'jsapi', times: 1, name: 'biz.util.scan', result: { text: code } });
  const { page, context } = await openChatPage(browser, { url: world.sandbox.url, hash: '#staff1/staff1' });
  await context.addInitScript("addEventListener('pointerdown', () => { top.taps = (top.taps ?? 0) + 1; }, true)");
  await page.reload();
  await page
    .getByRole('link', { name: t('name.scanPage') })
    .last()
    .click();
  const panel = page.frameLocator('[data-testid=web-view] iframe');
  await panel
    .getByRole('button', { name: t('scanPage.scan') })
    .first()
    .click();
  await panel.getByText(t('scanPage.allSent')).waitFor();
  await world.idle();
  expect(await page.evaluate('top.taps')).toBe(2);
  // the page was left by its own way back, and the card says which code it is
  await panel.getByRole('button', { name: t('scanPage.chat') }).click();
  await page.getByTestId('web-view').waitFor({ state: 'detached' });
  await nok.sees(`✓ Code …${code.slice(-4)}`);
});
