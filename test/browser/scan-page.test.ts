import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { accessibilityFindings } from './support/chat-page.ts';
import { LOOKED_AT, READ_BY_AXE } from './support/looked-at.ts';
import { type AskedPerson, anAsk, startScanBot } from './support/scan-bot.ts';
import { aPhone, aPhoto, photographs } from './support/scan-phone.ts';

const t = translator('en');
const NOK: AskedPerson = {
  name: 'Nok Srisai',
  asks: [
    anAsk('front', 'The shop', 'photo', 1),
    anAsk('near', 'Cashier 1', 'both', 1),
    anAsk('code', 'Door', 'code', 1),
  ],
};
const FAH: AskedPerson = { name: 'Fah Kanda', asks: [anAsk('fah-front', 'Another shop', 'photo', 1)] };

async function opened(people: Readonly<Record<string, AskedPerson>> = { nok: NOK, fah: FAH }, options = {}) {
  const bot = await startScanBot(people);
  const phone = await aPhone(bot.url, options);
  await phone.isOf('nok');
  const page = await phone.opens();
  await page.getByRole('heading', { name: 'Baan Coffee' }).waitFor();
  return { bot, phone, page };
}

async function types(page: Page, place: string, code: string): Promise<void> {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: place, exact: true }) });
  const field = section.getByLabel(t('scanPage.code'));
  if (!(await field.isVisible())) await section.getByRole('button', { name: t('button.typeCode') }).click();
  await field.fill(code);
  await section.getByRole('button', { name: t('button.save') }).click();
}

it('weighs 60 KB at most, without the code reader and with DingTalk’s own JSAPI, and half of that on a phone', () => {
  const folder = 'dist/src/web/capture/files';
  const weight = (pattern: RegExp): number =>
    readdirSync(folder)
      .filter((name) => pattern.test(name))
      .reduce((sum, name) => sum + gzipSync(readFileSync(`${folder}/${name}`), { level: 9 }).length, 0);
  expect(weight(/^main-/)).toBeGreaterThan(0);
  expect(weight(/^(main|in-dingtalk)-/)).toBeLessThan(30_000);
  expect(weight(/^(?!read-code)/)).toBeLessThan(60_000);
});

it.each([
  ['for the first time', false],
  ['again, inside DingTalk', true],
])('opened %s at 400 ms and 50 kbit/s, it can be used within five seconds', async (_, isAgain) => {
  const bot = await startScanBot({ nok: NOK });
  const phone = await aPhone(bot.url, isAgain ? { userAgent: IN_DINGTALK } : {});
  await phone.isOf('nok');
  if (isAgain) await phone.context().addInitScript(CLIENT);
  await phone.context().addInitScript(`new MutationObserver(() => {
    if (document.querySelector('article.ask .ways > *')) window.usableAt ??= performance.now();
  }).observe(document, { childList: true, subtree: true })`);
  const [page] = phone.context().pages();
  if (page === undefined) throw new Error('no page');
  const scans = page.getByRole('button', { name: t('scanPage.scan') }).first();
  if (isAgain) {
    await page.goto(bot.url);
    await scans.waitFor();
    await isKept(page);
  }
  const network = await phone.context().newCDPSession(page);
  const slow = { offline: false, latency: 400, downloadThroughput: 50_000 / 8, uploadThroughput: 50_000 / 8 };
  await network.send('Network.emulateNetworkConditions', slow);
  await page.goto(bot.url);
  await scans.waitFor();
  expect(await page.evaluate('usableAt')).toBeLessThan(5_000);
});

it.each([
  [undefined, ['environment']],
  [true as const, ['environment', null]],
])('photos come from the camera alone, unless the ISO allows the gallery: %s', async (gallery, captures) => {
  const { page } = await opened({ nok: { ...NOK, gallery } });
  const pickers = await page.locator('article.ask').first().locator('input[type=file]').all();
  expect(await Promise.all(pickers.map((picker) => picker.getAttribute('capture')))).toEqual(captures);
});

it.each(LOOKED_AT)('fits the narrowest phone, light and dark, and axe-core finds nothing: %s', async (language) => {
  const isRead = READ_BY_AXE.includes(language);
  for (const colorScheme of isRead ? (['light', 'dark'] as const) : (['light'] as const)) {
    const { page } = await opened({ nok: { ...NOK, language, location: 'ask' } }, { colorScheme });
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    for (const way of await page.locator('.ways > *, #not-you').all()) {
      expect((await way.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    if (isRead) expect(await accessibilityFindings(page)).toEqual([]);
  }
});

it('a photo and a typed code are taken by the keyboard alone', async () => {
  const { bot, page } = await opened();
  const typing = page.getByRole('button', { name: t('button.typeCode') }).last();
  await typing.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('https://qr.example/m/ABC');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => bot.arrived.map(({ header }) => [header.kind, header.slot, header.code, header.typed]))
    .toEqual([['code', 'code', 'https://qr.example/m/ABC', true]]);
  const picking = page.waitForEvent('filechooser');
  await page.locator('input[type=file]').first().focus();
  await page.keyboard.press('Enter');
  const chooser = await picking;
  const photo = await aPhoto(3);
  await chooser.setFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
  await expect.poll(() => bot.arrived.find(({ header }) => header.kind === 'photo')?.photo.equals(photo)).toBe(true);
});

it('of what somebody else left on the phone nothing is seen but how much it is, and it is sent as theirs', async () => {
  const { bot, phone, page } = await opened();
  await isKept(page);
  await bot.away();
  await photographs(page, 'The shop', await aPhoto(1));
  await types(page, 'Door', 'https://qr.example/m/SECRET');
  await page.getByText('On this phone, not sent yet: 2.').waitFor();
  bot.bad.lost = 100;
  await bot.back();
  await phone.isOf('fah');
  await page.reload();
  await page.getByText('Fah Kanda').waitFor();
  await page.getByText('Of somebody else, on this phone: 2.').waitFor();
  expect(await page.content()).not.toMatch(/Nok|Baan Coffee.*Cashier|SECRET/);
  expect(await page.evaluate(ALL_THAT_IS_STORED)).not.toMatch(/Nok|SECRET|Cashier/);
  bot.bad.lost = 0;
  await page.reload();
  await expect.poll(() => bot.arrived.map(({ ticket }) => ticket)).toEqual(['ticket-nok', 'ticket-nok']);
});

/** Everything in the page's database as text, bytes as characters. */
const ALL_THAT_IS_STORED = `new Promise((resolve) => {
  const opening = indexedDB.open('scan');
  opening.onsuccess = async () => {
    const texts = [];
    const told = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
      ? new TextDecoder('latin1').decode(value)
      : typeof value === 'object' && value !== null ? Object.values(value).map(told).join(' ') : String(value);
    for (const name of opening.result.objectStoreNames) {
      await new Promise((done) => {
        const all = opening.result.transaction(name).objectStore(name).getAll();
        all.onsuccess = () => { texts.push(told(all.result)); done(); };
      });
    }
    resolve(texts.join(' '));
  };
})`;

/** The page and its script open without a network from now on. */
async function isKept(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate('caches.open("scan-1").then((c) => c.keys()).then((k) => k.length)'))
    .toBeGreaterThan(1);
}

it('with another name on the page, who says that it is not theirs sees nothing of it any more', async () => {
  const { bot, phone, page } = await opened();
  await isKept(page);
  await bot.away();
  await page.reload();
  await page.getByText('Nok Srisai').waitFor();
  await page.getByRole('button', { name: t('scanPage.notYou') }).click();
  await page.getByText(t('entryPage.elsewhere')).waitFor();
  expect(await page.getByText('Baan Coffee').count()).toBe(0);
  await page.reload();
  await page.getByText(t('entryPage.noConnection')).waitFor();
  expect(await page.content()).not.toContain('Nok');
  expect(phone.context().pages()).toHaveLength(1);
});

it('without a network it stands as it was, and leads back to the chat over which it lies', async () => {
  const { bot, phone } = await opened(undefined, { userAgent: IN_DINGTALK });
  await phone.context().addInitScript(CLIENT);
  const page = await phone.opens();
  await isKept(page);
  await bot.away();
  await page.reload();
  await page.getByText('As it was at').waitFor();
  await page.getByText(t('scanPage.offline')).waitFor();
  await page.getByRole('button', { name: t('scanPage.chat') }).click();
  await expect.poll(() => page.evaluate('asked')).toContain('biz.navigation.close');
});

it('where the client does not close it, or is no DingTalk, nothing is promised', async () => {
  const { page, phone } = await opened(undefined, { userAgent: IN_DINGTALK });
  await phone.context().addInitScript(CLIENT.replace("errorCode: '0'", "errorCode: '1'"));
  await page.reload();
  await page.getByRole('button', { name: t('scanPage.chat') }).click();
  await page.getByText(t('entryPage.done')).waitFor();
  const { page: elsewhere } = await opened();
  expect(await elsewhere.getByRole('button', { name: t('scanPage.chat') }).count()).toBe(0);
});

const IN_DINGTALK = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148 AliApp(DingTalk/7.6.60)';
/** The client around the page, as `dingtalk-jsapi` looks for it; what it was asked stands in `asked`. */
const CLIENT = `
  window.asked = [];
  window.WebViewJavascriptBridge = {
    init() {},
    registerHandler() {},
    callHandler(name, params, done) {
      asked.push(name);
      done({ errorCode: '0', result: {} });
    },
  };`;

describe('the place', () => {
  const ASKED: AskedPerson = { ...NOK, location: 'ask' };
  /** How often the browser was asked where it is. */
  const COUNTING = `
    window.places = 0;
    const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
    navigator.geolocation.getCurrentPosition = (...args) => { window.places += 1; ask(...args); };`;
  const placeOf = (bot: Awaited<ReturnType<typeof startScanBot>>) =>
    bot.arrived.map(({ header }) => [header.kind, header.place]);

  async function takesBoth(people: Readonly<Record<string, AskedPerson>>, options = {}) {
    const { bot, page, phone } = await opened(people, options);
    await phone.context().addInitScript(COUNTING);
    await page.reload();
    await page.getByRole('heading', { name: 'Baan Coffee' }).waitFor();
    const isSaid = await page.getByText(t('scanPage.place')).isVisible();
    const before = await page.evaluate('places');
    await types(page, 'Door', 'https://qr.example/m/ABC');
    await photographs(page, 'The shop', await aPhoto(1));
    await expect.poll(() => bot.arrived.length).toBe(2);
    return { bot, isSaid, asked: [before, await page.evaluate('places')] };
  }

  it('is said on the page, asked of the phone as a photo is taken and not before, and goes with it', async () => {
    const geolocation = { latitude: 13.7466, longitude: 100.5393, accuracy: 12 };
    const { bot, isSaid, asked } = await takesBoth({ nok: ASKED }, { geolocation, permissions: ['geolocation'] });
    expect([isSaid, asked]).toEqual([true, [0, 1]]);
    expect(placeOf(bot)).toEqual([
      ['code', undefined],
      ['photo', { latitude: 13.7466, longitude: 100.5393, accuracyM: 12 }],
    ]);
  });

  it('that is refused keeps no photo back', async () => {
    const { bot, asked } = await takesBoth({ nok: ASKED });
    expect([asked, placeOf(bot)[1]]).toEqual([
      [0, 1],
      ['photo', undefined],
    ]);
  });

  it('is asked of nobody where the programme does not want it', async () => {
    const geolocation = { latitude: 13.7466, longitude: 100.5393 };
    const { isSaid, asked, bot } = await takesBoth({ nok: NOK }, { geolocation, permissions: ['geolocation'] });
    expect([isSaid, asked, placeOf(bot)[1]]).toEqual([false, [0, 0], ['photo', undefined]]);
  });
});

it('a phone that is full says so, and keeps what it had', async () => {
  const bot = await startScanBot({ nok: NOK });
  const phone = await aPhone(bot.url);
  await phone.isOf('nok');
  const [blank] = phone.context().pages();
  if (blank === undefined) throw new Error('no page');
  const browser = await phone.context().newCDPSession(blank);
  const { origin } = new URL(bot.url);
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 300_000 });
  const page = await phone.opens();
  await page.getByRole('heading', { name: 'Baan Coffee' }).waitFor();
  await bot.away();
  await photographs(page, 'The shop', await aPhoto(1));
  const photo = { name: 'p.jpg', mimeType: 'image/jpeg', buffer: await aPhoto(2, 900) };
  expect(photo.buffer.length).toBeGreaterThan(300_000);
  await page.locator('section').first().locator('input[type=file]').setInputFiles(photo);
  await page.getByText(t('scanPage.full')).waitFor();
  await page.getByText('On this phone, not sent yet: 1.').waitFor();
});

it('where the camera is refused the code can be typed', async () => {
  const { bot, page } = await opened();
  await page
    .getByRole('button', { name: t('scanPage.scan') })
    .last()
    .click();
  await page.getByText(t('scanPage.noCamera')).waitFor();
  await types(page, 'Door', 'https://qr.example/m/XYZ');
  await expect.poll(() => bot.arrived[0]?.header.code).toBe('https://qr.example/m/XYZ');
});

it('a clock that is off by hours is said, and changes nothing', async () => {
  const { bot, page } = await opened();
  for (const [hours, said] of [
    [1, 'by 1 hour.'],
    [5, 'by 5 hours.'],
  ] as const) {
    bot.bad.clockMs = -hours * 3_600_000;
    await page.reload();
    await page.getByText(`The clock of this phone is wrong ${said}`).waitFor();
  }
  await photographs(page, 'The shop', await aPhoto(1));
  await expect.poll(() => bot.arrived.length).toBe(1);
});

it('what the bot does not take is said until it is read', async () => {
  const { bot, page } = await opened();
  bot.bad.refusal = { status: 403, outcome: 'refused', text: 'Baan Coffee is submitted.' };
  await photographs(page, 'The shop', await aPhoto(1));
  await page.getByText('Baan Coffee is submitted.').waitFor();
  bot.bad.refusal = undefined;
  await page.reload();
  await page.getByText('Baan Coffee is submitted.').waitFor();
  await page.getByRole('button', { name: t('scanPage.read') }).click();
  await page.getByText('Baan Coffee is submitted.').waitFor({ state: 'detached' });
});

it('opened by somebody who was not known yet, it is loaded once more in their language, with its letters', async () => {
  const bot = await startScanBot({ nok: { ...NOK, language: 'ja' } });
  const phone = await aPhone(bot.url);
  const page = await phone.opens();
  await page.getByText(t('entryPage.elsewhere')).waitFor();
  await phone.isOf('nok');
  await page.evaluate("dispatchEvent(new Event('online'))");
  await page.getByText(translator('ja')('scanPage.photo')).first().waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('ja');
});

it('that something is kept on the phone is said for as long as it is', async () => {
  const { bot, page } = await opened();
  bot.bad.lost = 100;
  await photographs(page, 'The shop', await aPhoto(1));
  await page.getByText(`Wide photo: ${t('scanPage.kept')}`).waitFor();
  bot.bad.lost = 0;
  await page.reload();
  await photographs(page, 'The shop', await aPhoto(2));
  await page.getByText(t('scanPage.allSent')).waitFor();
  await expect.poll(() => page.getByText(t('scanPage.kept')).isVisible()).toBe(false);
});

it('what the bot has is asked for until it stands in the work', async () => {
  const { bot, page } = await opened();
  bot.bad.entersAfter = 2;
  await photographs(page, 'The shop', await aPhoto(4));
  await page
    .getByText(t('scanPage.have', { have: 1, most: 1 }))
    .first()
    .waitFor();
  expect(bot.bad.entersAfter).toBe(0);
});

it('a large photo is made smaller on the phone', async () => {
  const { bot, page } = await opened();
  const large = await aPhoto(1, 3_000, 95);
  expect(large.length).toBeGreaterThan(1_000_000);
  await photographs(page, 'The shop', large);
  await expect.poll(() => bot.arrived.length).toBe(1);
  expect(bot.arrived[0]?.photo.length).toBeLessThan(large.length);
});
