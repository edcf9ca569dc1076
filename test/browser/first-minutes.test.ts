import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { story } from '../support/story.ts';
import { accessibilityFindings, DESK, openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';
import { exampleIsThere, picturesAreThere } from './support/pictures-there.ts';
import { Thumb } from './support/thumb.ts';

const it = story('a demo that is broken off is started again, tried, and begun afresh');

const dataDir = mkdtempSync(join(tmpdir(), 'first-minutes-'));
let browser: Browser;
let demo: Demo;
beforeAll(async () => {
  browser = await openBrowser();
  demo = await Demo.start(dataDir, { story: true });
});
afterAll(async () => {
  demo?.end();
  await browser?.close();
});

async function api(path: string): Promise<unknown> {
  return (await fetch(`${demo.url}/sandbox/api${path}`)).json();
}

async function looksRight(page: Page, what: string): Promise<void> {
  await new Phone(page).keepsScreen(`first-${what}`);
  expect(await accessibilityFindings(page), what).toEqual([]);
  expect(await new Phone(page).width(), what).toBeLessThanOrEqual(PHONE.width);
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

it('a story that is broken off is told again from the beginning, and is not counted', async () => {
  const said = async () => ((await api('/conversations/nok?viewer=nok')) as unknown[]).length;
  await expect.poll(said).toBeGreaterThan(3);
  demo.end();
  await expect.poll(() => demo.processes()).toEqual({ sandbox: [], bot: [] });

  demo = await Demo.start(dataDir, { story: true });
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  await page.getByTestId('preparing').waitFor();
  await looksRight(page, 'preparing');
  await page.getByTestId('try-fix').waitFor();
  const clock = async () => ((await api('/clock')) as { now: number }).now;
  await expect.poll(async () => Math.abs((await clock()) - Date.now())).toBeLessThan(60_000);
  const stats = () => api('/stats');
  await expect.poll(stats).toMatchObject({ pushes: { messages: 0, taps: 0 }, apiCalls: { billed: 0 } });
  const requests = (await api('/conversations/ploy?viewer=ploy')) as { view?: { title: string } }[];
  expect(requests.filter(({ view }) => view?.title === 'Join request')).toHaveLength(3);
  expect(complaints).toEqual([]);
});

it('it opens on a life in progress, and four tries are under sixty taps', async () => {
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  const phone = new Phone(page);
  const thumb = new Thumb(page);
  await page.getByTestId('try-fix').waitFor();
  expect(new URL(page.url()).hash).toBe('#nok/nok');
  await phone.sees('Results up to', '2 approved, 1 failed');
  expect(await page.getByTestId('entry').last().textContent()).toContain('Results up to');
  expect(await page.getByTestId('quick-entry').allInnerTexts()).toEqual(['Products', 'Tasks', 'Results', 'Language']);
  await looksRight(page, 'open');

  await thumb.tries('promote');
  await phone.sees('Step 2 of 4', 'Lotus Tea');
  const hint = page.getByTestId('try-hint');
  await hint.getByText('Lotus Tea is half done').waitFor();
  await looksRight(page, 'promote');
  await thumb.field('fixedSecurely', true);
  await thumb.button('Next');
  await thumb.sample('counter');
  await phone.sees('Now the close-up of the code.');
  await thumb.sample('closeup');
  await phone.sees('Step 3 of 4', 'Lotus Tea');
  await thumb.field('contactPhoneOrEmail', '+66 2 233 0303');
  await thumb.button('Next');
  await phone.sees('Check and submit', 'Lotus Tea');
  await thumb.button('Submit');
  await phone.sees(/Submitted P-[2-9A-Z]{4}/, 'Lotus Tea');
  await hint.getByText('Next day brings the result').waitFor();

  await thumb.tries('fix');
  await looksRight(page, 'fix');
  await thumb.button('Fix Door');
  await phone.sees('Baan Coffee', 'Door', 'Modify');
  await picturesAreThere(page);
  await thumb.button('Modify');
  await phone.sees('Modify · Door');
  await looksRight(page, 'modify');
  await thumb.sample('closeup');
  await phone.sees('Resubmit');
  await thumb.button('Resubmit');
  await phone.sees('Sent again');

  await thumb.tries('inspect');
  await looksRight(page, 'inspect');
  await thumb.button('Menu');
  await thumb.button(/^Spot Inspection/);
  await thumb.button('Verification Tasks');
  await thumb.button(/^Som Tam House/);
  await phone.sees('Shop front', 'Som Tam House');
  await thumb.sample('storefront');
  await phone.sees('Photo kept', 'Som Tam House');
  await thumb.button('Everything matches');
  await phone.sees('Cashier 1', 'Som Tam House');
  await thumb.sample('closeup');
  await phone.sees('as submitted');
  await thumb.button('Good');
  await phone.sees('Select a tool');
  await thumb.button('Alipay+ Linker');
  for (const way of ['the shop shows the code', 'you show the code']) {
    await phone.sees(way);
    await thumb.field('result', 'SUCCESS');
    await thumb.field('amount', '1');
    await thumb.button('Next');
    await thumb.sample('receipt');
  }
  await phone.sees('Check and submit', 'Som Tam House');
  await thumb.button('Submit');
  await phone.sees('Submitted', 'Som Tam House');
  await looksRight(page, 'inspected');

  await thumb.tries('approve');
  await phone.sees('Join request', 'Mai Srisuk');
  await looksRight(page, 'approve');
  await thumb.button('Approve');
  await phone.sees('Approved by Ploy');
  await hint.getByRole('link', { name: 'Be Mai Srisuk' }).waitFor();
  expect(await page.locator('.try-done').count()).toBe(4);
  await looksRight(page, 'all-tried');
  await thumb.link('Be Mai Srisuk');
  await phone.sees('Hi Mai Srisuk');
  expect(thumb.taps).toBeLessThan(60);

  await page.goto(`${demo.url}/#nok/cid-story`);
  await phone.sees('Results up to', '1 failed');
  await looksRight(page, 'group');
  expect(complaints).toEqual([]);
});

it('every picture is there as it is, when the story is told again, and after a reset, which leaves it out', async () => {
  const { page, complaints } = await openChatPage(browser, { url: demo.url, hash: '#nok/nok', size: DESK });
  const phone = new Phone(page);
  await exampleIsThere(page, phone, 'Rama Juice');

  await startsAgain(page, 'Start the story again', 'The story is being told again.');
  await page.getByTestId('try-fix').click();
  await phone.taps('Fix Door');
  await phone.sees('Baan Coffee', 'Door', 'Modify');
  await picturesAreThere(page);
  await phone.taps('Modify');
  await phone.sees('Modify · Door');
  await exampleIsThere(page, phone, 'Rama Juice');

  await startsAgain(page, 'Start empty', 'The demo starts afresh.');
  const people = (await api('/users')) as { userId: string }[];
  expect(people.map(({ userId }) => userId)).toEqual(['admin1', 'staff1', 'staff2', 'outsider1']);
  await joins(page, phone, demo.url);
  await exampleIsThere(page, phone, 'Rama Juice');
  expect(complaints).toEqual([]);
});
