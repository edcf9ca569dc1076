import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { accessibilityFindings, openBrowser, openChatPage, PHONE } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';
import { Thumb } from './support/thumb.ts';

it('npm start opens on a life in progress, and four tries are under sixty taps', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'first-minutes-'));
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(dataDir, { story: true });
  onTestFinished(() => demo.end());
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  const phone = new Phone(page);
  const thumb = new Thumb(page);
  const looksRight = async (what: string): Promise<void> => {
    await phone.keepsScreen(`first-${what}`);
    expect(await accessibilityFindings(page), what).toEqual([]);
    expect(await phone.width(), what).toBeLessThanOrEqual(PHONE.width);
  };
  await page.getByTestId('preparing').waitFor();
  await looksRight('preparing');
  await page.getByTestId('try-fix').waitFor();
  expect(new URL(page.url()).hash).toBe('#nok/nok');
  await phone.sees('Results up to', '2 approved, 1 failed');
  expect(await page.getByTestId('entry').last().textContent()).toContain('Results up to');
  expect(await page.getByTestId('quick-entry').allInnerTexts()).toEqual(['Products', 'Tasks', 'Results', 'Language']);
  await looksRight('open');

  await thumb.tries('promote');
  await phone.sees('Step 2 of 4', 'Lotus Tea');
  const hint = page.getByTestId('try-hint');
  await hint.getByText('Lotus Tea is half done').waitFor();
  await looksRight('promote');
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
  await looksRight('fix');
  await thumb.button('Fix Door');
  await phone.sees('Baan Coffee', 'Door', 'Modify');
  await thumb.button('Modify');
  await phone.sees('Modify · Door');
  await looksRight('modify');
  await thumb.sample('closeup');
  await phone.sees('Resubmit');
  await thumb.button('Resubmit');
  await phone.sees('Sent again');

  await thumb.tries('inspect');
  await looksRight('inspect');
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
  await looksRight('inspected');

  await thumb.tries('approve');
  await phone.sees('Join request', 'Mai Srisuk');
  await looksRight('approve');
  await thumb.button('Approve');
  await phone.sees('Approved by Ploy');
  await hint.getByRole('link', { name: 'Be Mai Srisuk' }).waitFor();
  expect(await page.locator('.try-done').count()).toBe(4);
  await looksRight('all-tried');
  await thumb.link('Be Mai Srisuk');
  await phone.sees('Hi Mai Srisuk');
  expect(thumb.taps).toBeLessThan(60);

  await page.goto(`${demo.url}/#nok/cid-story`);
  await phone.sees('Results up to', '1 failed');
  await looksRight('group');
  expect(complaints).toEqual([]);
});

it('a story that is broken off is told again from the beginning, is not counted, and a reset leaves it out', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'story-'));
  const first = await Demo.start(dataDir, { story: true });
  const api = async (demo: Demo, path: string, init: RequestInit = {}): Promise<unknown> =>
    (await fetch(`${demo.url}/sandbox/api${path}`, init)).json();
  const said = async (demo: Demo) => ((await api(demo, '/conversations/nok?viewer=nok')) as unknown[]).length;
  await expect.poll(() => said(first)).toBeGreaterThan(3);
  first.end();
  await expect.poll(() => first.processes()).toEqual({ sandbox: [], bot: [] });

  const second = await Demo.start(dataDir, { story: true });
  onTestFinished(() => second.end());
  const clock = async () => ((await api(second, '/clock')) as { now: number }).now;
  await expect.poll(async () => Math.abs((await clock()) - Date.now())).toBeLessThan(60_000);
  const stats = () => api(second, '/stats');
  await expect.poll(stats).toMatchObject({ pushes: { messages: 0, taps: 0 }, apiCalls: { billed: 0 } });
  const requests = (await api(second, '/conversations/ploy?viewer=ploy')) as { view?: { title: string } }[];
  expect(requests.filter(({ view }) => view?.title === 'Join request')).toHaveLength(3);

  await api(second, '/reset', { method: 'POST' });
  const people = (await api(second, '/users')) as { userId: string }[];
  expect(people.map(({ userId }) => userId)).toEqual(['admin1', 'staff1', 'staff2', 'outsider1']);
});
