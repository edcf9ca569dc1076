import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Phone } from './phone.ts';

/** Of every picture in the chat how wide it is by itself, 0 where it could not be loaded; those far above load only when they are asked to. */
const WIDTHS = `Promise.all([...document.querySelectorAll('[data-testid=entry] button.picture img')].map(async (image) => {
  image.loading = 'eager';
  await image.decode().catch(() => undefined);
  return [image.alt, image.naturalWidth];
}))`;

/** Every picture of the chat that is open is there, and those among them whose words begin so. */
export async function picturesAreThere(page: Page, ...among: readonly string[]): Promise<void> {
  for (const alt of among) await page.locator(`button.picture img[alt^="${alt}"]`).last().waitFor();
  const widths = await page.evaluate<[alt: string, width: number][]>(WIDTHS);
  expect(widths.length).toBeGreaterThan(0);
  expect(widths.filter(([, width]) => width === 0)).toEqual([]);
}

/** A new promotion up to the card that shows how a front photo is taken, and whether its example is there with every other picture. */
export async function exampleIsThere(page: Page, phone: Phone, shop: string): Promise<void> {
  const entries = page.getByTestId('entry');
  await entries.first().waitFor();
  const before = await entries.count();
  await phone.says('menu');
  // the menu may stand there already, and moves below what was written: what is tapped on it until then goes with it
  await entries.nth(before + 1).waitFor();
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
  await picturesAreThere(page, 'Example: the whole front');
}
