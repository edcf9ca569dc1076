import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { aStream } from '../../packages/dingtalk-sandbox/test/support/stream.ts';
import { accessibilityFindings, BUILT_PAGE, cardEntry, openBrowser, openChatPage, say } from './support/chat-page.ts';
import { deliver, paramsOf, storeCard, summaryCard } from './support/sample-cards.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const aSandboxWithPage = () => aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json' });
const MINE = '#staff1/staff1';

/** How far something stands from the edges of the messages' frame, pixels; negative when it is outside. */
async function distances(page: Page, selector: string) {
  const frame = await page.getByTestId('entries').boundingBox();
  const box = await page.locator(selector).last().boundingBox();
  if (!frame || !box) throw new Error(`${selector} is not there`);
  return { top: box.y - frame.y, right: frame.x + frame.width - box.x - box.width };
}

describe('a form that is refused', () => {
  it('by the client says so at the field and beside the button', async () => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    await deliver(sandbox, 'store', storeCard);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write the name.').waitFor();
    expect(await page.getByTestId('form-problems').textContent()).toContain('Name on the sign, Pays with');
    await page.getByLabel('Name on the sign').fill('Baan Coffee');
    await page.getByLabel('Pays with').selectOption('both');
    expect(await page.getByTestId('form-problems').count()).toBe(0);
  });

  it('by the bot shows the first line of its card, which says why', async () => {
    const sandbox = await aSandboxWithPage();
    const why = '! Name on the sign: write it as it stands there.';
    await aStream(sandbox, () => ({
      data: { response: { cardData: { cardParamMap: paramsOf({ ...storeCard, body: [why] }) } } },
    }));
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    await deliver(sandbox, 'store', storeCard);
    await page.getByLabel('Name on the sign').fill('x');
    await page.getByLabel('Pays with').selectOption('both');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(why).waitFor();
    await expect.poll(async () => (await distances(page, '[data-testid=card]')).top).toBeGreaterThanOrEqual(0);
  });
});

describe('what a tap on an older card brings', () => {
  it('is gone to, though it stands below', async () => {
    const sandbox = await aSandboxWithPage();
    await aStream(sandbox, async () => {
      await deliver(sandbox, 'answer', { ...storeCard, title: 'The answer' });
      return { data: { response: {} } };
    });
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    for (const id of ['old', 'between', 'last']) await deliver(sandbox, id, { ...summaryCard, title: id });
    await page.getByRole('heading', { name: 'last' }).waitFor();
    await cardEntry(page, 'old').getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'The answer' }).waitFor();
    const answerInSight = () =>
      page.getByRole('heading', { name: 'The answer' }).evaluate((heading) => {
        const { top } = heading.getBoundingClientRect();
        return top > 0 && top < 740;
      });
    await expect.poll(answerInSight).toBe(true);
    expect(await page.getByRole('button', { name: 'New messages' }).count()).toBe(0);
  });
});

describe('what comes while one reads further up', () => {
  it('is said beside what is read, and covers none of it', async () => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    for (const id of ['first', 'second', 'third']) await deliver(sandbox, id, { ...summaryCard, title: id });
    await page.getByRole('heading', { name: 'third' }).waitFor();
    await page.getByTestId('entries').evaluate(async (entries) => {
      const scrolled = new Promise((resolve) => entries.addEventListener('scroll', resolve, { once: true }));
      entries.scrollTo(0, 0);
      await scrolled;
    });
    await deliver(sandbox, 'new', { ...summaryCard, title: 'new' });
    const more = page.getByRole('button', { name: 'New messages' });
    await more.waitFor();
    const [chat, pill] = await Promise.all([page.getByTestId('entries').boundingBox(), more.boundingBox()]);
    if (!chat || !pill) throw new Error('the chat is not there');
    expect(pill.y).toBeGreaterThanOrEqual(chat.y + chat.height);
    await more.click();
    await page.getByRole('button', { name: 'New messages' }).waitFor({ state: 'detached' });
    const newInSight = () =>
      page.getByRole('heading', { name: 'new' }).evaluate((heading) => {
        const { top } = heading.getBoundingClientRect();
        return top > 0 && top < 740;
      });
    await expect.poll(newInSight).toBe(true);
  });
});

describe('a chat that has not arrived', () => {
  it('says that it loads, and never that nothing was said', async () => {
    const sandbox = await aSandboxWithPage();
    await sandbox.control('POST', '/messages', { from: 'staff1', text: 'said before' });
    const { page } = await openChatPage(browser, { url: sandbox.url });
    await page.getByTestId('person-staff1').waitFor();
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.routeWebSocket(/\/sandbox\/live$/, (socket) => {
      const server = socket.connectToServer();
      server.onMessage(async (message) => {
        if (String(message).startsWith('{"type":"entries"')) await arrived;
        socket.send(message);
      });
    });
    await page.goto(`${sandbox.url}/?anew${MINE}`);
    await page.getByText('Loading what was said').waitFor();
    expect(await page.getByRole('button', { name: 'Say hi' }).count()).toBe(0);
    arrive();
    await page.getByTestId('entry').getByText('said before').waitFor();
    expect(await page.getByText('Loading what was said').count()).toBe(0);
  });
});

describe('a message', () => {
  it('is there before the sandbox has taken it', async () => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => {
      pass = resolve;
    });
    await page.route('**/sandbox/api/messages', async (route) => {
      await passed;
      await route.continue();
    });
    await say(page, 'hello');
    await page.getByTestId('unsent').getByText('hello').waitFor();
    await page.getByTestId('unsent').getByText('Sending…').waitFor();
    pass();
    await page.getByTestId('entry').getByText('hello').waitFor();
    await expect.poll(() => page.getByTestId('unsent').count()).toBe(0);
  });

  it('of two pictures stands at the edge of who sent it', async () => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    const sample = await fetch(`${sandbox.url}/sandbox/api/samples/counter.jpg?side=480`);
    const buffer = Buffer.from(await sample.arrayBuffer());
    const files = ['1.jpg', '2.jpg'].map((name) => ({ name, mimeType: 'image/jpeg', buffer }));
    await page.getByTestId('picture-input').setInputFiles(files);
    await page.locator('[data-testid=entry] .picture').nth(1).waitFor();
    expect((await distances(page, '[data-testid=entry] .picture')).right).toBeLessThan(20);
  });
});

describe('two tabs of one person', () => {
  it('stay in step: what is said, what a card shows, what was seen, what the page speaks', async () => {
    const sandbox = await aSandboxWithPage();
    await aStream(sandbox, () => ({
      data: { response: { cardData: { cardParamMap: paramsOf({ title: 'Submitted', actions: [] }) } } },
    }));
    const { page: one, context } = await openChatPage(browser, { url: sandbox.url, hash: MINE });
    const other = await context.newPage();
    await other.goto(`${sandbox.url}/${MINE}`);
    await say(one, 'from one');
    await other.getByTestId('entry').getByText('from one').waitFor();
    await deliver(sandbox, 'summary', summaryCard);
    await other.getByRole('button', { name: 'Submit' }).click();
    await one.getByRole('heading', { name: 'Submitted' }).waitFor();

    await sandbox.control('POST', '/messages', { from: 'staff2', to: 'cid-demo', text: 'Hello all' });
    for (const tab of [one, other]) await tab.getByRole('link', { name: 'All chats' }).click();
    const group = (tab: Page) => tab.getByTestId('conversation-cid-demo');
    await other.getByText('1 new').waitFor();
    await group(one).click();
    await expect.poll(() => group(other).textContent()).not.toContain('new');

    await one.getByRole('link', { name: 'All chats' }).click();
    await one.getByTestId('speak-th').click();
    await other.getByText('แชต', { exact: true }).waitFor();
  });
});

describe('the language of the page', () => {
  it("is the browser's, until another is chosen, which stays", async () => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, locale: 'zh-CN' });
    await page.getByText('今天您是谁？').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByTestId('speak-th').click();
    await page.getByText('วันนี้คุณเป็นใคร').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.reload();
    await page.getByText('วันนี้คุณเป็นใคร').waitFor();
  });
});

describe('at 200 %', () => {
  it.each([
    ['a desk', { width: 640, height: 400 }],
    ['a phone', { width: 180, height: 370 }],
  ])('on %s nothing is beside the page, and there is room for what is said', async (_name, size) => {
    const sandbox = await aSandboxWithPage();
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: MINE, size });
    await deliver(sandbox, 'summary', summaryCard);
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(size.width);
    // what the page says for a moment, and letters that come late, take some of it
    const room = async () => (await page.getByTestId('entries').boundingBox())?.height ?? 0;
    await expect.poll(room).toBeGreaterThan(size.height / 3);
    await say(page, 'hi');
    await page.getByTestId('entry').getByText('hi', { exact: true }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});

describe('the view for developers', () => {
  it('opens and closes by keyboard, and shows frames, calls and cards', async () => {
    const sandbox = await aSandboxWithPage();
    await aStream(sandbox);
    const size = { width: 1280, height: 800 };
    const { page, complaints } = await openChatPage(browser, { url: sandbox.url, hash: MINE, size });
    await deliver(sandbox, 'summary', summaryCard);
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.getByTestId('inspector').count()).toBe(0);
    await page.getByTestId('inspect').focus();
    await page.keyboard.press('Enter');
    const traffic = page.getByTestId('traffic');
    await traffic.locator('summary', { hasText: 'card/instances/callback' }).click();
    await traffic.getByText('promotion.submit').first().waitFor();
    await traffic.locator('summary', { hasText: 'POST /v1.0/card/instances/createAndDeliver' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByTestId('inspector').getByRole('button', { name: 'Cards' }).click();
    await page.getByTestId('inspected-cards').locator('summary').click();
    await page.getByTestId('inspected-cards').getByText('Check and submit').first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('inspector').count()).toBe(0);
    const isFocused = () => page.getByTestId('inspect').evaluate((button) => button.matches(':focus'));
    await expect.poll(isFocused).toBe(true);
    expect(complaints).toEqual([]);
  });
});
