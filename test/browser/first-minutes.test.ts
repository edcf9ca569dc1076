import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { accessibilityFindings, openBrowser, openChatPage } from './support/chat-page.ts';
import { Demo } from './support/demo.ts';
import { Phone } from './support/phone.ts';

it('npm start opens on a life in progress, with four things to try', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'first-minutes-'));
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const demo = await Demo.start(dataDir, { story: true });
  onTestFinished(() => demo.end());
  const { page, complaints } = await openChatPage(browser, { url: demo.url });
  const phone = new Phone(page);
  await page.getByTestId('preparing').waitFor();
  await phone.keepsScreen('first-preparing');
  await page.getByTestId('try-fix').waitFor({ timeout: 90_000 });
  expect(new URL(page.url()).hash).toBe('#nok/nok');
  await phone.keepsScreen('first-open');
  for (const name of ['promote', 'fix', 'inspect', 'approve']) {
    await page.getByTestId(`try-${name}`).click();
    await page.getByRole('status').first().waitFor();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await phone.keepsScreen(`first-${name}`);
    expect(await accessibilityFindings(page)).toEqual([]);
  }
  await page.goto(`${demo.url}/#nok/cid-story`);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await phone.keepsScreen('first-group');
  await page.setViewportSize({ width: 1200, height: 800 });
  await page.getByTestId('try-fix').click();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await phone.keepsScreen('first-desk');
  expect(complaints).toEqual([]);
}, 300_000);
