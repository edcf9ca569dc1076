import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { DESK, openBrowser, openChatPage } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';

/** Of every picture in the chat how wide it is by itself, 0 where it could not be loaded; those far above load only when they are asked to. */
const WIDTHS = `Promise.all([...document.querySelectorAll('[data-testid=entry] button.picture img')].map(async (image) => {
  image.loading = 'eager';
  await image.decode().catch(() => undefined);
  return [image.alt, image.naturalWidth];
}))`;

/** Every picture of the chat that is open is there, and those among them whose words begin so. */
async function picturesAreThere(page: Page, ...among: readonly string[]): Promise<void> {
  for (const alt of among) await page.locator(`button.picture img[alt^="${alt}"]`).last().waitFor();
  const widths = await page.evaluate<[alt: string, width: number][]>(WIDTHS);
  expect(widths.length).toBeGreaterThan(0);
  expect(widths.filter(([, width]) => width === 0)).toEqual([]);
}

/** A new promotion up to the card that shows how a front photo is taken. */
async function asksForFront(phone: Phone, shop: string): Promise<void> {
  await phone.says('menu');
  await phone.taps('Alipay+ Marketing Code');
  await phone.taps('Start Promotion');
  await phone.sees('Name on the sign');
  await phone.fills({
    nameLocal: shop,
    address: 'Rama IV Rd 3',
    city: 'Bangkok',
    paysWith: 'ALIPAY_AND_OTHERS',
    managerName: 'Somchai',
    consent: true,
  });
  await phone.sees('Storefront photo', shop);
}

/** What there is to see in the story, and on the way to a new shop. */
async function storyHasItsPictures(page: Page, phone: Phone): Promise<void> {
  await page.getByTestId('try-fix').waitFor();
  await page.getByTestId('try-fix').click();
  await phone.taps('Fix Door');
  await phone.sees('Baan Coffee', 'Door', 'Modify');
  await picturesAreThere(page);
  await phone.taps('Modify');
  await phone.sees('Modify · Door');
  await asksForFront(phone, 'Rama Juice');
  await picturesAreThere(page, 'Example: the whole front');
}

/** Until it has begun: what is done before is removed with the rest. */
async function startsAgain(page: Page, how: 'Start the story again' | 'Start empty', said: string): Promise<void> {
  await page.getByRole('button', { name: 'Start again…' }).click();
  await page.getByRole('button', { name: how, exact: true }).click();
  await page.getByText(said).waitFor();
}

/** From *Say hi* to the menu: who asks, and who approves. */
async function joins(page: Page, phone: Phone, url: string): Promise<void> {
  await page.goto(`${url}/#staff1/staff1`);
  await page.getByRole('button', { name: 'Say hi' }).click();
  await phone.sees('Join your ISO');
  await phone.fills({ isoEmail: 'demo@iso.example', phone: '+66 81 234 5678' });
  await phone.sees('Request sent');
  await page.goto(`${url}/#admin1/admin1`);
  await phone.sees('Join request', 'Dao Kamon');
  await phone.taps('Approve');
  await phone.sees('Approved by');
  await page.goto(`${url}/#staff1/staff1`);
  await phone.sees('Hi Dao Kamon');
}

it('every picture is there after a fresh start, the story again and a reset, the example of a front photo too', async () => {
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(mkdtempSync(join(tmpdir(), 'pictures-')), { story: true });
  onTestFinished(() => demo.end());
  const { page, complaints } = await openChatPage(browser, { url: demo.url, size: DESK });
  const phone = new Phone(page);
  await storyHasItsPictures(page, phone);

  await startsAgain(page, 'Start the story again', 'The story is being told again.');
  await storyHasItsPictures(page, phone);

  await startsAgain(page, 'Start empty', 'The demo starts afresh.');
  await joins(page, phone, demo.url);
  await asksForFront(phone, 'Rama Juice');
  await picturesAreThere(page, 'Example: the whole front');
  expect(complaints).toEqual([]);
});
