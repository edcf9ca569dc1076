import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { useModels } from '../models/store.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { JOIN_TOKEN, openJoinPages, setUpIso } from '../web/join-pages.ts';
import { accessibilityFindings, newPage, openBrowser } from './support/chat-page.ts';
import { LOOKED_AT, READ_BY_AXE } from './support/looked-at.ts';

const THUMB = 44;
const NARROW = 320;
/** As long as an ISO's name may be. */
const LONG_NAME = 'Lotus and Mango Partners of the Whole South of Thailand (Co.)';
const LONG_TOKEN = 'token-of-a-long-name';
/** ISO 216, points; browsers write whole pixels. */
const A4 = { width: 595.28, height: 841.89 };

/** Letters of which the page has no font in either weight; written for the page. */
const MISSING_FONTS = `(() => {
  const loaded = new Set([...document.fonts].filter(({ status }) => status === 'loaded').map(({ unicodeRange }) => unicodeRange));
  const seen = document.body.innerText;
  return [...document.fonts].filter(({ unicodeRange }) => !loaded.has(unicodeRange))
    .filter(({ unicodeRange }) => unicodeRange.split(', ').some((one) => seen.includes(String.fromCodePoint(parseInt(one.slice(2), 16)))))
    .map(({ family, unicodeRange }) => family + ' ' + unicodeRange);
})()`;

/** What of the page, as far as its own text or lines go, has its middle beside that of the page; written for the page. */
const OFF_THE_MIDDLE = `[...document.querySelectorAll('header p, main > *')].flatMap((one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  const { left, right } = (one.children.length > 0 ? one : range).getBoundingClientRect();
  const by = Math.round((left + right) / 2 - document.documentElement.clientWidth / 2);
  return Math.abs(by) > 2 ? [one.tagName + ': ' + by] : [];
})`;

useModels(undefined);
let browser: Browser;
let pages: Awaited<ReturnType<typeof openJoinPages>>;
beforeAll(async () => {
  [browser, pages] = [await openBrowser(), await openJoinPages()];
  await setUpIso();
  await setUpIso({ isoId: 'long', email: 'long@iso.example', joinToken: LONG_TOKEN, name: LONG_NAME });
});
afterAll(async () => {
  await browser.close();
  await pages.close();
});

let phones = 0;

/** Each phone has an address of its own: one that sends too often waits. */
function opened(width: number): Promise<Page> {
  phones += 1;
  const extraHTTPHeaders = { 'x-forwarded-for': `198.51.100.${phones}` };
  return newPage(browser, { viewport: { width, height: 740 }, extraHTTPHeaders });
}

/** Keeps the screen, when a folder for it is named. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOT_DIR;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What a thumb can tap that is smaller than it. */
async function smallTargets(page: Page): Promise<string[]> {
  return await page.locator('a, button, input:not([type=hidden])').evaluateAll((found, least) => {
    const all = found.map((one) => ({ text: one.textContent || one.id, box: one.getBoundingClientRect() }));
    const small = all.filter(({ box }) => box.width < least || box.height < least);
    return small.map(({ text, box }) => `${text}: ${box.width} × ${box.height}`);
  }, THUMB);
}

/** From the form to *Request sent*, every page on the way; `look` is called on each. */
async function walk(page: Page, language: Language, look: (where: string) => Promise<void>): Promise<void> {
  const t = translator(language, SHIPPED_WORDS);
  const at = (path: string): string => `${pages.base}${path}?lang=${language}`;
  await page.goto(at('/join/general'));
  await look('form');
  await page.locator('#isoEmail').fill('someone@nowhere');
  await page.locator('#name').fill('N'.repeat(60));
  await page.locator('#phone').fill('123');
  await page.getByRole('button', { name: t('button.send') }).click();
  await page.getByRole('alert').waitFor();
  await look('mistakes');
  await page.locator('#isoEmail').fill('a.very.long.address.of.an.iso@mail.lotus-and-mango-partners.example');
  await page.locator('#phone').fill('0899999999');
  await page.getByRole('button', { name: t('button.send') }).click();
  await page.getByRole('heading', { name: t('requestSent.title') }).waitFor();
  await look('sent');
  for (const [where, path] of [
    ['nothing', '/join/status/guessed'],
    ['of-an-iso', `/join/${LONG_TOKEN}`],
    ['poster', `/poster/${LONG_TOKEN}`],
  ] as const) {
    await page.goto(at(path));
    await look(where);
  }
}

/** On the narrowest phone in every language: each has letters that want their font. */
const PHONES = LANGUAGES.flatMap((language) =>
  (READ_BY_AXE.includes(language) ? [NARROW, 360] : [NARROW]).map((width) => ({ language, width })),
);

it.each(PHONES)('is read and tapped on a phone of $width pixels: $language', async ({ language, width }) => {
  const page = await opened(width);
  const findings: string[] = [];
  await walk(page, language, async (where) => {
    await expect.poll(() => page.evaluate(MISSING_FONTS), { message: where }).toEqual([]);
    await keep(page, `${language}-${width}-${where}`);
    const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    const found = [...(wide ? ['must be scrolled sideways'] : []), ...(await smallTargets(page))];
    // what axe finds hangs on the page, not on its width
    if (width === NARROW && READ_BY_AXE.includes(language)) found.push(...(await accessibilityFindings(page)));
    findings.push(...found.map((finding) => `${where}: ${finding}`));
  });
  expect(findings).toEqual([]);
});

it.each(LOOKED_AT)('has a poster with everything in its middle: %s', async (language) => {
  const page = await opened(360);
  await page.goto(`${pages.base}/poster/${JOIN_TOKEN}?lang=${language}`);
  const off = await page.evaluate<string[]>(OFF_THE_MIDDLE);
  expect(off).toEqual([]);
});

it.each(LOOKED_AT.flatMap((language) => [JOIN_TOKEN, LONG_TOKEN].map((token) => ({ language, token }))))(
  'prints the poster on one sheet of A4: $language $token',
  async ({ language, token }) => {
    const page = await opened(1280);
    await page.goto(`${pages.base}/poster/${token}?lang=${language}`);
    // a printer that has other paper in it does not decide
    const pdf = await page.pdf({ preferCSSPageSize: true, format: 'Letter', printBackground: true });
    const sizes = [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(sizes.length).toBe(1);
    const [width = 0, height = 0] = (sizes[0] ?? []).slice(1).map(Number);
    expect(Math.abs(width - A4.width), `${width}`).toBeLessThan(0.5);
    expect(Math.abs(height - A4.height), `${height}`).toBeLessThan(0.5);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 658, height: 987 });
    await keep(page, `${language}-print-${token}`);
    const printed = await page.evaluate<number>('document.documentElement.scrollHeight');
    expect(printed).toBeLessThanOrEqual(987);
  },
);
