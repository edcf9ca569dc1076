import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { translator } from '../../cards/text.ts';
import { SHIPPED_WORDS } from '../support/shipped-programme.ts';
import { operatorCommand } from '../support/world/operator-command.ts';
import { sharedWorld } from '../support/world/shared-world.ts';
import { accessibilityFindings, newPage, openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Phone } from './support/phone.ts';

const { world, nok } = sharedWorld({ joined: ['staff1', 'staff2'] });
const t = translator('en', SHIPPED_WORDS);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  await setEntriesOf('demo-corp');
});
afterAll(() => browser?.close());

/** Sets the entries as the operator of this organisation does. */
async function setEntriesOf(corpId: string): Promise<void> {
  const [sandbox, bot] = [new URL(world.sandbox.url), new URL(world.botUrl)];
  const env = { DINGTALK_CLIENT_ID: '', SANDBOX_PORT: sandbox.port, PORT: bot.port };
  const set = await operatorCommand({ dataDir: world.dataDir, env }, 'quick-entries', 'set', '--corp-id', corpId);
  expect(set.problem).toBe('');
}

const chatOf = (userId: string) => openChatPage(browser, { url: world.sandbox.url, hash: `#${userId}/${userId}` });

/** Taps an entry, and waits until its page has closed by itself: it is not there for long enough to be seen for certain. */
async function taps(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse(
    (answer) => answer.request().method() === 'POST' && /\/go\//.test(answer.url()),
  );
  await page.getByTestId('quick-entry').filter({ hasText: name }).click();
  await answered;
  await page.getByTestId('web-view').waitFor({ state: 'detached' });
}

it('each of the four entries brings its card below, with DingTalk’s own JSAPI, and DingTalk is asked once who taps', async () => {
  await nok.says('menu');
  const { page, complaints } = await chatOf('staff1');
  const phone = new Phone(page);
  const before = await world.stats();
  for (const [name, words] of [
    ['Tasks', 'Spot Inspection'],
    ['Results', 'My results · 7 days'],
    ['Language', t('language.title')],
    ['Products', 'Hi Nok'],
  ] as const) {
    await taps(page, name);
    await phone.sees(words);
  }
  const after = await world.stats();
  const asked = (stats: typeof after) => stats.apiCalls.byPath['POST /topapi/v2/user/getuserinfo'] ?? 0;
  expect(asked(after) - asked(before)).toBe(1);
  expect(complaints).toEqual([]);
});

it('on one browser everybody taps as themselves', async () => {
  const { page } = await chatOf('staff1');
  await taps(page, 'Tasks');
  await page.goto(`${world.sandbox.url}/#staff2/staff2`);
  await page.getByText('You are Fah Kanda').waitFor();
  await taps(page, 'Results');
  await new Phone(page).sees('My results · 7 days');
});

it('fits a narrow phone in every language, the page too, and axe-core finds nothing', async () => {
  for (const [locale, name] of [
    ['en-US', 'Products'],
    ['th-TH', 'สินค้า'],
    ['zh-CN', '产品'],
  ] as const) {
    const page = await newPage(browser, { viewport: PHONE, locale });
    await page.goto(`${world.sandbox.url}/#staff1/staff1`);
    const entries = page.getByTestId('quick-entry');
    await entries.filter({ hasText: name }).waitFor();
    const boxes = await Promise.all((await entries.all()).map((entry) => entry.boundingBox()));
    expect(boxes).toHaveLength(4);
    for (const box of boxes) {
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= PHONE.width).toBe(true);
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(await accessibilityFindings(page)).toEqual([]);
  }
});

/** The page behind an entry as it is without DingTalk around it. */
async function plainBrowser(options: { locale?: string; javaScriptEnabled?: boolean }): Promise<Page> {
  const page = await newPage(browser, { viewport: PHONE, ...options });
  await page.goto(`${world.botUrl}/go/tasks?corpId=demo-corp`);
  return page;
}

it.each([
  ['en-US', 'en'],
  ['th-TH', 'th'],
  ['zh-CN', 'zh-CN'],
] as const)('in a plain browser it is a sentence: %s', async (locale, language) => {
  const page = await plainBrowser({ locale });
  await page.getByText(translator(language, SHIPPED_WORDS)('entryPage.elsewhere')).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await accessibilityFindings(page)).toEqual([]);
});

it('without script it is a sentence too', async () => {
  const page = await plainBrowser({ javaScriptEnabled: false });
  expect(await page.locator('main').innerText()).toBe(`Tasks\n\n${t('entryPage.elsewhere')}`);
});

it('without a connection nothing is lost: the page can be tried again, and then closes', async () => {
  const { page } = await chatOf('staff1');
  let isCut = true;
  await page.route('**/go/results**', (route) =>
    isCut && route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await page.getByTestId('quick-entry').filter({ hasText: 'Results' }).click();
  const inside = page.frameLocator('iframe');
  await inside.getByText(t('entryPage.noConnection')).waitFor();
  isCut = false;
  await inside.getByRole('button', { name: t('button.tryAgain') }).click();
  await page.getByTestId('web-view').waitFor({ state: 'detached' });
  await new Phone(page).sees('My results · 7 days');
});

it('with the CorpId of another organisation nobody is known, and the page says so', async () => {
  await setEntriesOf('other-corp');
  const { page } = await chatOf('admin1');
  await page.getByTestId('quick-entry').filter({ hasText: 'Tasks' }).click();
  await page.frameLocator('iframe').getByText(t('entryPage.whoAreYou')).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByTestId('web-view').waitFor({ state: 'detached' });
});
