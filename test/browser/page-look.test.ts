import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { accessibilityFindings, BUILT_PAGE, DESK, openBrowser, openChatPage, PHONE, say } from './support/chat-page.ts';
import { chineseCard, deliver, storeCard, summaryCard, thaiCard } from './support/sample-cards.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const aChat = () => aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json' });

/** Keeps what was seen when a folder for it is named. */
async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOT_DIR;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { documentElement } = (globalThis as unknown as { document: { documentElement: { scrollWidth: number } } })
      .document;
    return documentElement.scrollWidth;
  });

describe.each([
  ['phone', PHONE, 'light'],
  ['phone-dark', PHONE, 'dark'],
  ['desk', DESK, 'light'],
  ['desk-dark', DESK, 'dark'],
] as const)('on a %s', (name, size, scheme) => {
  it('is accessible, fits its width and breaks no content policy, from the people to a card', async () => {
    const sandbox = await aChat();
    const { page, complaints } = await openChatPage(browser, { url: sandbox.url, size, scheme });
    const looksRight = async (what: string): Promise<void> => {
      await keep(page, `${name}-${what}`);
      expect(await accessibilityFindings(page), what).toEqual([]);
      expect(await overflow(page), what).toBeLessThanOrEqual(size.width);
    };
    await page.getByTestId('person-staff1').waitFor();
    await looksRight('people');
    await page.getByTestId('person-staff1').click();
    await page.getByRole('button', { name: 'Say hi' }).waitFor();
    await looksRight('empty');
    await deliver(sandbox, 'store', storeCard);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write the name.').waitFor();
    await looksRight('form');
    await deliver(sandbox, 'summary', summaryCard);
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    await deliver(sandbox, 'thai', thaiCard);
    await say(page, 'สวัสดี 你好');
    await page.getByTestId('entry').getByText('สวัสดี 你好').waitFor();
    await looksRight('thai');
    await deliver(sandbox, 'chinese', chineseCard);
    await page.getByRole('button', { name: '开始推广' }).waitFor();
    await looksRight('chinese');
    await page.getByTestId('sample-more').click();
    await page.getByTestId('sample-two-codes').waitFor();
    await looksRight('menu');
    await page.keyboard.press('Escape');
    await page.goto(`${sandbox.url}/#outsider1/outsider1`);
    await page.getByText('is outside the organisation').waitFor();
    await looksRight('outside');
    await page.goto(`${sandbox.url}/#staff1`);
    await page.getByTestId('conversation-cid-demo').waitFor();
    await looksRight('chats');
    expect(complaints).toEqual([]);
  });
});

describe('the chat page', () => {
  it('says hi, and lands in the same chat after a reload', async () => {
    const sandbox = await aChat();
    const { page } = await openChatPage(browser, { url: sandbox.url });
    await page.getByTestId('person-staff1').click();
    await page.getByRole('button', { name: 'Say hi' }).click();
    await page.locator('[data-testid=entry][data-from=staff1]').waitFor();
    expect(new URL(page.url()).hash).toBe('#staff1/staff1');
    const { body } = await sandbox.control('GET', '/conversations/staff1?viewer=staff1');
    expect(JSON.stringify(body)).toContain('"text":"hi"');
    await page.reload();
    await page.locator('[data-testid=entry]').getByText('hi', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Say hi' }).count()).toBe(0);
  });

  it('shows what a message or a card contains as text, never as code', async () => {
    const sandbox = await aChat();
    const { page, complaints } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    const nasty = '<img src=x onerror=alert(1)>';
    await say(page, nasty);
    await page.locator('[data-testid=entry]').getByText(nasty, { exact: true }).waitFor();
    await deliver(sandbox, 'nasty', {
      title: '<b>title</b>',
      body: [nasty, '[open](javascript:alert(1)) ![x](http://elsewhere.example/x.png) <script>alert(1)</script>'],
      actions: [{ label: '<i>Go</i>', action: 'menu.open', style: 'primary' }],
    });
    await page.getByRole('button', { name: '<i>Go</i>' }).waitFor();
    await page.getByRole('heading', { name: '<b>title</b>' }).waitFor();
    const card = page.getByTestId('card');
    expect(await card.locator('img, script, b, i, a').count()).toBe(0);
    expect(await card.textContent()).toContain(nasty);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('takes nothing from outside', async () => {
    const sandbox = await aChat();
    const { page, context } = await openChatPage(browser, { url: sandbox.url });
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.goto(`${sandbox.url}/#staff1/staff1`);
    await page.reload();
    await say(page, 'สวัสดี 你好 hello');
    await page.getByTestId('entry').getByText('สวัสดี 你好 hello').waitFor();
    expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(new Set([sandbox.url]));
  });
});
