import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDemoSandbox } from '../../packages/demo/test/support/demo-sandbox.ts';
import { aBotControl } from '../../packages/dingtalk-sandbox/test/support/bot-control.ts';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { aStream, type SeenFrame } from '../../packages/dingtalk-sandbox/test/support/stream.ts';
import {
  accessibilityFindings,
  BUILT_PAGE,
  cardEntry,
  openBrowser,
  openChatPage,
  PHONE,
  say,
} from './support/chat-page.ts';
import { deliver, paramsOf, redraw, storeCard, storeForm, summaryCard } from './support/sample-cards.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** A sandbox with the chat of `staff1` open; the bot behind it is as each test wants it. */
async function aChat() {
  const sandbox = await aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json' });
  const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
  await page.getByTestId('composer-input').waitFor();
  return { sandbox, page };
}

function tapParams(frame: SeenFrame): Record<string, unknown> {
  const content = JSON.parse(String(frame.data.content)) as { cardPrivateData: { params: Record<string, unknown> } };
  return content.cardPrivateData.params;
}

describe('a form', () => {
  it('is sent once what is needed is there, in the shapes of DingTalk', async () => {
    const { sandbox, page } = await aChat();
    const bot = await aStream(sandbox);
    await deliver(sandbox, 'store', storeCard);
    const save = page.getByRole('button', { name: 'Save' });
    await save.click();
    await page.getByText('Write the name.').waitFor();
    const nameHasFocus = () => page.getByLabel('Name on the sign').evaluate((field) => field.matches(':focus'));
    await expect.poll(nameHasFocus).toBe(true);
    expect(bot.frames).toEqual([]);
    await page.getByLabel('Name on the sign').fill('ร้านกาแฟ');
    expect(await page.getByText('Write the name.').count()).toBe(0);
    await page.getByLabel('Pays with').selectOption('alipay');
    await page.getByLabel('How many spots').fill('two');
    await save.click();
    await page.getByText('Use digits only').waitFor();
    await page.getByLabel('How many spots').fill('2');
    await page.getByLabel('The manager agreed').check();
    await save.click();
    const [tap] = await bot.received(1);
    expect(tap && tapParams(tap)).toMatchObject({
      action: 'promotion.answer',
    });
    expect(Object.entries((tap && tapParams(tap).form) ?? {})).toEqual([
      [expect.stringMatching(/^name_/), 'ร้านกาแฟ'],
      [expect.stringMatching(/^pays_/), { index: 1, value: 'alipay' }],
      [expect.stringMatching(/^spots_/), 2],
      [expect.stringMatching(/^agreed_/), true],
    ]);
  });

  it('opens the keyboard of numbers for a number, and for a text whose example is one', async () => {
    const { sandbox, page } = await aChat();
    const fields = [
      { name: 'spots', label: 'How many spots', type: 'NUMBER' },
      { name: 'amount', label: 'Amount', type: 'TEXT', placeholder: 'such as 35.50' },
      { name: 'account', label: 'Account', type: 'TEXT', placeholder: 'such as TH-04' },
    ] as const;
    await deliver(sandbox, 'paid', { ...storeCard, form: { ...storeForm, fields } });
    const keyboards = ['How many spots', 'Amount', 'Account'].map((name) =>
      page.getByRole('textbox', { name }).getAttribute('inputmode'),
    );
    expect(await Promise.all(keyboards)).toEqual(['decimal', 'decimal', null]);
    const bot = await aStream(sandbox);
    await page.getByLabel('Amount').fill('฿1,250');
    await page.getByRole('button', { name: 'Save' }).click();
    const [tap] = await bot.received(1);
    expect(Object.values((tap && tapParams(tap).form) ?? {})).toEqual(['฿1,250']);
  });

  it('keeps what is typed by the names of its fields, whatever the bot puts there, until the chat is left', async () => {
    const { sandbox, page } = await aChat();
    await deliver(sandbox, 'store', storeCard);
    const name = page.getByLabel('Name on the sign');
    await name.fill('Baan Coffee');
    await redraw(sandbox, 'store', { ...storeCard, body: ['Photo kept.'] });
    await page.getByText('Photo kept.').waitFor();
    expect(await name.inputValue()).toBe('Baan Coffee');
    const [first, ...others] = storeForm.fields;
    if (!first) throw new Error('the form has fields');
    await redraw(sandbox, 'store', {
      ...storeCard,
      body: ['Read again.'],
      form: { ...storeForm, fields: [{ ...first, value: 'From the bot' }, ...others] },
    });
    await page.getByText('Read again.').waitFor();
    expect(await name.inputValue()).toBe('Baan Coffee');
    await page.getByRole('link', { name: 'All chats' }).click();
    await page.getByTestId('conversation-staff1').click();
    expect(await name.inputValue()).toBe('From the bot');
  });
});

describe('a tap', () => {
  it('spins alone until the answer, which changes the card in its place', async () => {
    const { sandbox, page } = await aChat();
    let answer = (): void => undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await aStream(sandbox, async () => {
      await answered;
      return { data: { response: { cardData: { cardParamMap: paramsOf({ title: 'Submitted', actions: [] }) } } } };
    });
    await deliver(sandbox, 'summary', summaryCard);
    const submit = page.getByRole('button', { name: 'Submit' });
    await submit.click();
    await page.locator('button[aria-busy=true]').waitFor();
    expect(await page.locator('button[aria-busy=true]').allTextContents()).toEqual(['Submit']);
    await submit.click({ force: true });
    answer();
    await cardEntry(page, 'summary').getByRole('heading', { name: 'Submitted' }).waitFor();
    expect(await page.getByTestId('card').count()).toBe(1);
    const { body } = await sandbox.control('GET', '/stats?userId=staff1');
    expect(body).toMatchObject({ pushes: { taps: 1 } });
    expect(await page.getByTestId('toast').count()).toBe(0);
  });

  it('that failed says so, and is offered again', async () => {
    const { sandbox, page } = await aChat();
    await deliver(sandbox, 'summary', summaryCard);
    await page.getByRole('button', { name: 'Submit' }).click();
    const toast = page.getByTestId('toast');
    await toast.getByText('The bot is not connected').waitFor();
    const bot = await aStream(sandbox);
    await toast.getByRole('button', { name: 'Try again' }).click();
    const [tap] = await bot.received(1);
    expect(tap && tapParams(tap)).toMatchObject({ action: 'promotion.submit' });
    await expect.poll(() => toast.count()).toBe(0);
  });

  it('works by keyboard alone, which stays on the card when the control has gone', async () => {
    const { sandbox, page } = await aChat();
    await aStream(sandbox, () => ({
      data: { response: { cardData: { cardParamMap: paramsOf({ title: 'Submitted', actions: [] }) } } },
    }));
    await page.getByTestId('composer-input').focus();
    await page.keyboard.type('hi');
    await page.keyboard.press('Enter');
    await page.getByTestId('entry').getByText('hi', { exact: true }).waitFor();
    await deliver(sandbox, 'summary', { ...summaryCard, table: { columns: ['A'], rows: [['1']] } });
    await page.getByRole('button', { name: 'Submit' }).waitFor();
    await page.getByTestId('entries').focus();
    // The table scrolls, so it is a stop of its own on the way.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Submitted' }).waitFor();
    const cardHasFocus = () => page.getByTestId('card').evaluate((card) => card.matches(':focus'));
    await expect.poll(cardHasFocus).toBe(true);
    await expect.poll(() => page.getByTestId('announcer').textContent()).toContain('Submitted');
  });
});

describe('pictures', () => {
  it('go thirty at once as one message', async () => {
    const { sandbox, page } = await aChat();
    const bot = await aStream(sandbox);
    const sample = await fetch(`${sandbox.url}/sandbox/api/samples/counter.jpg`);
    const buffer = Buffer.from(await sample.arrayBuffer());
    const files = Array.from({ length: 30 }, (_, index) => ({ name: `${index}.jpg`, mimeType: 'image/jpeg', buffer }));
    await page.getByTestId('picture-input').setInputFiles(files);
    const [message] = await bot.received(1);
    expect(message?.data).toMatchObject({ msgtype: 'richText' });
    await expect.poll(() => page.locator('[data-testid=entry] .picture').count()).toBe(30);
    await expect.poll(() => page.getByTestId('unsent').count()).toBe(0);
  });

  it('are offered as the card asks for them, and only then, and pasted ones are sent too', async () => {
    const { sandbox, page } = await aChat();
    const bot = await aStream(sandbox);
    const next = page.getByRole('button', { name: '(next)' });
    expect(await next.count()).toBe(0);
    await deliver(sandbox, 'spot', {
      title: 'Step 2 of 4 · Cashier 1',
      progress: { text: 'Lotus Tea', percent: 25 },
      body: ['Send 2 photos, in any order:', '① the counter', '② the code'],
      actions: (['promotion.typeCode', 'promotion.skipSpot'] as const).map((action) => ({
        label: action,
        action,
        style: 'plain',
      })),
    });
    for (const [index, name] of ['Counter', 'Code'].entries()) {
      await next.getByText(name).waitFor();
      await next.click();
      await bot.received(index + 1);
    }
    await expect.poll(() => next.count()).toBe(0);
    await page.getByTestId('composer-input').evaluate((input) => {
      const scope = globalThis as unknown as {
        DataTransfer: new () => { items: { add(file: unknown): void } };
        ClipboardEvent: new (type: string, init: object) => Event;
      };
      const clipboardData = new scope.DataTransfer();
      clipboardData.items.add(new File(['x'], 'pasted.png', { type: 'image/png' }));
      input.dispatchEvent(new scope.ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    const frames = await bot.received(3);
    expect(frames.every((frame) => frame.data.msgtype === 'picture')).toBe(true);
  });
});

describe('what is new', () => {
  it('is marked at people and chats until they are opened, with the line of the card', async () => {
    const { sandbox, page } = await aChat();
    await deliver(sandbox, 'request', { title: 'Join request', body: ['Som'], actions: [] }, 'admin1');
    const admin = page.getByTestId('person-admin1');
    await page.getByRole('link', { name: 'All chats' }).click();
    await page.getByRole('link', { name: 'Choose another person' }).click();
    await admin.getByText('Join request').waitFor();
    expect(await admin.textContent()).toContain('new');
    await sandbox.control('POST', '/messages', { from: 'staff2', to: 'cid-demo', text: 'Hello all' });
    await admin.click();
    await page.getByRole('link', { name: 'All chats' }).click();
    const group = page.getByTestId('conversation-cid-demo');
    await group.getByText('Fah Kanda: Hello all').waitFor();
    expect(await group.textContent()).toContain('1 new');
    await group.click();
    await page.getByText('@Field assistant Hello all').waitFor();
    await page.getByRole('link', { name: 'All chats' }).click();
    await page.reload();
    await group.getByText('Fah Kanda: Hello all').waitFor();
    expect(await group.textContent()).not.toContain('new');
    await page.getByRole('link', { name: 'Choose another person' }).click();
    await admin.getByText('in the organisation').waitFor();
  });

  it('in a group is said to the bot with an @', async () => {
    const { sandbox, page } = await aChat();
    const bot = await aStream(sandbox);
    await page.goto(`${sandbox.url}/#staff1/cid-demo`);
    await page.getByPlaceholder('@Field assistant').fill('bind');
    await page.getByTestId('send-button').click();
    const [frame] = await bot.received(1);
    expect(frame?.data).toMatchObject({ conversationId: 'cid-demo', isInAtList: true, text: { content: ' bind' } });
    expect(await page.getByTestId('sample-storefront').count()).toBe(0);
  });
});

describe('Next day', () => {
  it('is always in sight, shows that it is at work, and says what came', async () => {
    const { bot, controlUrl } = await aBotControl();
    const sandbox = await aDemoSandbox({
      pageDir: BUILT_PAGE,
      templateFile: 'cards/template.json',
      bot: { controlUrl },
    });
    await aStream(sandbox);
    const { page } = await openChatPage(browser, { url: sandbox.url });
    const next = page.getByTestId('next-day');
    await next.waitFor();
    await page.goto(`${sandbox.url}/#staff1/staff1`);
    let morning = (): void => undefined;
    bot.onClock = () =>
      new Promise((resolve) => {
        morning = resolve;
      });
    await next.click();
    await page.getByText('Night passes…').waitFor();
    bot.onClock = async () => undefined;
    morning();
    await page.getByTestId('toast').getByText('Nothing was submitted').waitFor();
    expect(await next.getAttribute('aria-busy')).toBe('false');
  });

  it('is refused where no bot is, and offered again', async () => {
    const sandbox = await aDemoSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json' });
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
    await page.getByTestId('next-day').click();
    await page.getByTestId('toast').getByText('needs a bot').waitFor();
  });

  it('is not offered by a sandbox that has no nights', async () => {
    const { page } = await aChat();
    expect(await page.getByTestId('next-day').count()).toBe(0);
  });
});

describe('a lost connection', () => {
  it('is said, and what happened meanwhile is there once after it', async () => {
    const { sandbox, page } = await aChat();
    await say(page, 'before');
    await page.getByTestId('entry').getByText('before').waitFor();
    await sandbox.close();
    await page.getByText('Reconnecting…').waitFor();
    await say(page, 'meanwhile');
    await page.getByText('Not sent.').waitFor();
    const port = Number(new URL(sandbox.url).port);
    const { dataDir } = sandbox;
    const again = await aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json', dataDir, port });
    await again.control('POST', '/messages', { from: 'staff1', text: 'from elsewhere' });
    await page.getByTestId('entry').getByText('from elsewhere').waitFor();
    expect(await page.getByText('Reconnecting…').count()).toBe(0);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByTestId('entry').getByText('meanwhile').waitFor();
    const texts = await page.locator('[data-testid=entry] .bubble').allTextContents();
    expect(texts).toEqual(['before', 'from elsewhere', 'meanwhile']);
  });
});

describe('a to-do of DingTalk', () => {
  it('stands under the head of the chat as long as it is open, of whoever it is, and opens its page', async () => {
    const { sandbox, page } = await aChat();
    const people = (await sandbox.control<{ userId: string; unionId: string }[]>('GET', '/users')).body;
    const unionId = people.find(({ userId }) => userId === 'staff1')?.unionId ?? '';
    const todos = page.getByTestId('todo');
    expect(await todos.count()).toBe(0);
    const subject = '12 to fix, first by Thu 26 Nov, 18:00';
    const results = `${sandbox.url}/go/results`;
    const detailUrl = { appUrl: results, pcUrl: results };
    const tasks = `/v1.0/todo/users/${unionId}/tasks`;
    const made = await sandbox.api('POST', tasks, { sourceId: 'one', subject, executorIds: [unionId], detailUrl });
    await todos.filter({ hasText: 'To-do' }).filter({ hasText: subject }).waitFor();
    const box = await todos.boundingBox();
    expect((box?.height ?? 0) >= 44 && (box?.width ?? 999) <= PHONE.width).toBe(true);
    expect(await accessibilityFindings(page)).toEqual([]);
    const change = (body: object) => sandbox.api('PUT', `${tasks}/${String(made.body.id)}?operatorId=${unionId}`, body);
    await change({ subject: '1 to fix' });
    await todos.filter({ hasText: '1 to fix' }).waitFor();
    await todos.click();
    await page.getByTestId('web-view').waitFor({ state: 'attached' });
    await page.goto(`${sandbox.url}/#staff2/staff2`);
    await page.getByText(/^You are (?!Nok)/).waitFor();
    await todos.waitFor({ state: 'detached' });
    await page.goto(`${sandbox.url}/#staff1/staff1`);
    await todos.waitFor();
    await change({ done: true });
    await todos.waitFor({ state: 'detached' });
  });
});
