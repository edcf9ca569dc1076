import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHOP } from '../support/conversations/promotion.ts';
import { pictures } from '../support/pictures.ts';
import { writeProgramme } from '../support/programme-of-files.ts';
import { withChange } from '../support/shipped-programme.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { storedRows } from '../support/world/stored-rows.ts';
import { openBrowser, openChatPage } from './support/chat-page.ts';

const folder = await writeProgramme(withChange('programme.yaml', 'photos: {', 'photos: { farAfterMetres: 300,'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { world, nok } = sharedWorld({ joined: ['staff1'], reached: true, env: { PROGRAMME: folder } });
const t = translator('en');

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const GET = { kind: 'jsapi', times: 1, name: 'device.geolocation.get' } as const;
const HERE = { latitude: '13.7466', longitude: '100.5393', accuracy: '12' };

it('inside DingTalk the client is asked for the place: told, made up, or refused there and by the browser, each photo is taken', async () => {
  await nok.says('menu');
  await nok.taps({ action: 'menu.product', product: 'MARKETING_CODE' });
  await nok.taps({ action: 'promotion.start' });
  await nok.fills(SHOP);
  await nok.sends(await pictures.storefront(4_730));
  await nok.fills({ spotType: 'CASHIER_COUNTER', fixedSecurely: true, howMany: '2' });
  const { page } = await openChatPage(browser, { url: world.sandbox.url, hash: '#staff1/staff1' });
  await page
    .getByRole('link', { name: t('name.scanPage') })
    .last()
    .click();
  const panel = page.frameLocator('[data-testid=web-view] iframe');
  await panel.getByText(t('scanPage.place')).waitFor();
  const pickers = panel.locator('article.ask:not(.ask-done) input[type=file]');
  const takes = async (nth: number, seed: number): Promise<void> => {
    const ask = panel.locator('article.ask').nth(nth);
    const taken = { name: 'p.jpg', mimeType: 'image/jpeg', buffer: await pictures.counter(seed) };
    await ask.locator('input[type=file]').first().setInputFiles(taken);
    await ask.locator('.thumbs img').waitFor();
    await panel.getByText(t('scanPage.allSent')).waitFor();
  };
  expect(await pickers.count()).toBe(4);
  await world.fault({ ...GET, result: HERE });
  await takes(1, 4_731);
  await world.fault({ ...GET, result: { ...HERE, isFromMock: 'true' } });
  await takes(2, 4_732);
  await world.fault({ ...GET, errorCode: '11', errorMessage: 'no permission' });
  await takes(3, 4_733);
  await world.idle();
  const rows = (await storedRows(world)).photos.filter(({ _id }) => String(_id).startsWith('capture:'));
  const told = rows
    .toSorted((one, other) => Number(one.sentAt) - Number(other.sentAt))
    .map(({ sealedPlace, flags }) => [sealedPlace !== undefined, flags]);
  expect(told).toEqual([
    [true, undefined],
    [false, ['PLACE_MADE_UP']],
    [false, undefined],
  ]);
  expect(JSON.stringify(rows)).not.toContain('13.74');
});
