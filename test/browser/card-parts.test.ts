import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AI_ID, AI_TEMPLATE } from '../../packages/dingtalk-sandbox/test/support/ai-template.ts';
import { aCard, aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { aStream, type SeenFrame } from '../../packages/dingtalk-sandbox/test/support/stream.ts';
import { ALL_PARTS, ALL_PARTS_DATA, ALL_PARTS_ID } from './support/all-parts.ts';
import { accessibilityFindings, BUILT_PAGE, openBrowser, openChatPage } from './support/chat-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Tapped {
  readonly id: string | undefined;
  readonly params: Record<string, unknown>;
}

function tapped(frames: readonly SeenFrame[]): Tapped | undefined {
  const last = frames.at(-1);
  if (last === undefined) return undefined;
  const content = JSON.parse(String(last.data.content)) as {
    cardPrivateData: { actionIds: string[]; params: Record<string, unknown> };
  };
  return { id: content.cardPrivateData.actionIds[0], params: content.cardPrivateData.params };
}

/** The card with all parts before a person, and a bot that answers each tap as told. */
async function allParts(answer: (tap: Tapped) => object | null = () => null) {
  const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
  await sandbox.control('POST', '/templates', { templateId: ALL_PARTS_ID, template: ALL_PARTS });
  const stream = await aStream(sandbox, (frame) => {
    const tap = tapped([frame]);
    return { data: { response: tap === undefined ? null : answer(tap) } };
  });
  const card = aCard('all', 'staff1', ALL_PARTS_DATA, { cardTemplateId: ALL_PARTS_ID });
  await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card);
  const { page, context } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
  await page.getByRole('heading', { name: 'All parts' }).waitFor();
  return { sandbox, stream, page, context };
}

describe('what is filled in on a card without a form', () => {
  it('stays in the client, is read by what is drawn, and goes with the button that names it', async () => {
    const { stream, page } = await allParts();
    await page.getByRole('button', { name: 'Name: Type a name' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nok');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('Hello Nok').waitFor();
    await page.getByRole('textbox', { name: 'Phone' }).fill('081');
    await page.getByRole('combobox', { name: 'Choose one' }).selectOption({ label: 'Two' });
    await page.getByRole('button', { name: 'Choose some' }).click();
    await page.getByRole('checkbox', { name: 'Three' }).check();
    await page.getByRole('checkbox', { name: 'One' }).check();
    await page.getByRole('button', { name: 'OK', exact: true }).click();
    await page.getByLabel('When').fill('2026-11-26T10:30');
    await page.getByRole('checkbox', { name: 'I agree' }).check();
    await page.getByRole('checkbox', { name: 'Second' }).check();
    await page.getByRole('button', { name: 'Slow' }).click();
    expect(stream.frames).toEqual([]);
    await page.getByRole('button', { name: 'Send it in' }).click();
    await expect
      .poll(() => tapped(stream.frames))
      .toEqual({
        id: 'send',
        params: {
          localName: 'Nok',
          localContact: { phone: '081' },
          localOne: { index: 1, value: '2' },
          localSome: { index: [0, 2], value: ['1', '3'] },
          localWhen: '2026-11-26 10:30',
          localAgree: true,
          localItems: [2],
          localWhy: ['slow'],
        },
      });
  });

  it('is gone when the chat was left', async () => {
    const { page } = await allParts();
    await page.getByRole('checkbox', { name: 'Second' }).check();
    await page.reload();
    await page.getByRole('heading', { name: 'All parts' }).waitFor();
    expect(await page.getByRole('checkbox', { name: 'Second' }).isChecked()).toBe(false);
  });

  it('is kept while the card changes', async () => {
    const { page, sandbox } = await allParts();
    await page.getByRole('button', { name: 'Slow' }).click();
    await sandbox.api('PUT', '/v1.0/card/instances', {
      outTrackId: 'all',
      cardData: { cardParamMap: { figures: '[{"name":"Doors","count":4}]' } },
      cardUpdateOptions: { updateCardDataByKey: true },
    });
    await page.getByText('Doors').waitFor();
    expect(await page.getByRole('button', { name: 'Slow' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('goes at once with a request where the input makes one', async () => {
    const { stream, page } = await allParts();
    await page.getByRole('button', { name: 'Remark: Add a remark' }).click();
    await page.getByRole('textbox', { name: 'Remark' }).fill('me too');
    await page.getByRole('button', { name: 'Submit' }).click();
    await expect.poll(() => tapped(stream.frames)).toEqual({ id: 'remark', params: { remark: 'me too' } });
  });
});

describe('what a tap does', () => {
  it('says how a request went, by what the card holds then', async () => {
    const answers = [{ state: 'open', why: 'Name is missing' }, { state: 'done' }];
    const { page } = await allParts(() => ({
      cardUpdateOptions: { updateCardDataByKey: true },
      cardData: { cardParamMap: answers.shift() },
    }));
    await page.getByRole('button', { name: 'Send it in' }).click();
    await page.getByTestId('toast').getByText('Name is missing').waitFor();
    await page.getByRole('button', { name: 'Send it in' }).click();
    await page.getByTestId('toast').getByText('Sent').waitFor();
  });

  it('opens the address that a chain was answered with, or says why there is none', async () => {
    let address = '';
    const { page, context, sandbox } = await allParts(() => {
      const found = address === '' ? { state: 'failed', why: 'Nothing there' } : { state: 'success', url: address };
      return { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap: found } };
    });
    await page.getByRole('button', { name: 'Open what comes' }).click();
    await page.getByTestId('toast').getByText('Nothing there').waitFor();
    address = `dingtalk://dingtalkclient/page/link?pc_slide=true&url=${encodeURIComponent(`${sandbox.url}/#staff1`)}`;
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open what comes' }).click();
    expect((await opened).url()).toBe(`${sandbox.url}/#staff1`);
  });

  it('leads through menus, and asks before it does what cannot be taken back', async () => {
    const { page, stream } = await allParts();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('button', { name: 'Deep' }).click();
    await page.getByTestId('toast').getByText('Deep it is').waitFor();
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByTestId('toast').getByText('Asked').waitFor();
    expect(tapped(stream.frames)?.id).toBe('asked');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('It is gone then.').waitFor();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('button', { name: 'Yes' }).click();
    await expect.poll(() => stream.frames.map((frame) => tapped([frame])?.id)).toEqual(['asked', 'remove']);
  });

  it('tells of a cell of a table in which row and which column it stands', async () => {
    const { page, stream } = await allParts();
    const table = page.getByRole('region', { name: 'Table' });
    await table.getByRole('button', { name: 'Tell about it' }).click();
    await table.getByRole('button', { name: 'Visit' }).click();
    const where = { shop: { name: 'Baan Coffee' } };
    await expect
      .poll(() => stream.frames.map((frame) => tapped([frame])?.params))
      .toMatchObject([
        { row: where, column: { alias: 'about' } },
        { row: where, column: { alias: 'go' } },
      ]);
  });

  it('is of a whole part of the card, and of what is folded away', async () => {
    const { page, stream } = await allParts();
    await page.getByRole('button', { name: 'Leave' }).click();
    await expect.poll(() => tapped(stream.frames)).toEqual({ id: 'leave', params: { who: 'me' } });
    expect(await page.getByText('It was folded').isVisible()).toBe(false);
    await page.getByText('More about it').click();
    await page.getByText('It was folded').waitFor();
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.getByText('The rest', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.getByText('The rest', { exact: true }).waitFor({ state: 'detached' });
  });
});

describe('an AI card', () => {
  it('is at work, types what comes, and stands whole when it is finished', async () => {
    const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
    await sandbox.control('POST', '/templates', { templateId: AI_ID, template: AI_TEMPLATE });
    const card = aCard('ai', 'staff1', { content: '' }, { cardTemplateId: AI_ID });
    await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', card);
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1' });
    await page.getByText('Working…').waitFor();
    const answer = 'Shops that sell iced coffee. '.repeat(20).trim();
    const stream = (guid: string, isFinalize: boolean) =>
      sandbox.api('PUT', '/v1.0/card/streaming', {
        outTrackId: 'ai',
        guid,
        key: 'content',
        content: answer,
        isFull: true,
        isFinalize,
      });
    await stream('g1', false);
    const typed = page.locator('.typed');
    await typed.waitFor();
    const lengths = new Set<number>();
    while ((await typed.getAttribute('data-typing')) === 'true') lengths.add((await typed.textContent())?.length ?? 0);
    expect(lengths.size).toBeGreaterThan(1);
    await typed.getByText(answer, { exact: true }).waitFor();
    await stream('g2', true);
    await typed.waitFor({ state: 'detached' });
    await page.getByText(answer, { exact: true }).waitFor();
  });
});

describe('a card at the top of a chat', () => {
  it('asks for its data when it is seen and as often as it says, and goes when it is closed', async () => {
    const sandbox = await aSandbox({ pageDir: BUILT_PAGE });
    let asked = 0;
    await aStream(
      sandbox,
      () => {
        const data = JSON.stringify({ title: `Asked ${++asked} times` });
        return { data: { response: { dataSourceQueryResponses: [{ data, dynamicDataSourceId: 'd' }] } } };
      },
      { subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/card/dynamicData/get' }] },
    );
    const pullConfig = { pullStrategy: 'INTERVAL', interval: 3, timeUnit: 'SECONDS' };
    await sandbox.api('POST', '/v1.0/card/instances/createAndDeliver', {
      ...aCard('top', 'staff1', { title: 'Nothing yet' }),
      openSpaceId: 'dtv1.card//ONE_BOX.cid-demo',
      topOpenSpaceModel: { spaceType: 'ONE_BOX' },
      topOpenDeliverModel: { expiredTimeMillis: Date.now() + 600_000 },
      openDynamicDataConfig: { dynamicDataSourceConfigs: [{ dynamicDataSourceId: 'd', pullConfig }] },
    });
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/cid-demo' });
    const top = page.getByTestId('top-card');
    await top.getByText('Asked 1 times').waitFor();
    await top.getByText('Asked 2 times').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.getByTestId('entry').count()).toBe(0);
    await top.getByRole('button', { name: 'Close' }).click();
    await top.waitFor({ state: 'detached' });
  });
});

describe('how it looks', () => {
  it.each([360, 320])('is accessible and fits %i pixels, its dialogs too', async (width) => {
    const { page } = await allParts();
    await page.setViewportSize({ width, height: 740 });
    await page.getByText('More about it').click();
    const looksRight = async (what: string): Promise<void> => {
      expect(await accessibilityFindings(page), what).toEqual([]);
      const wide = 'document.documentElement.scrollWidth';
      expect(await page.evaluate(wide), what).toBeLessThanOrEqual(width);
    };
    await looksRight('card');
    await page.getByRole('button', { name: 'Name: Type a name' }).click();
    await looksRight('a text');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Choose some' }).click();
    await looksRight('a choice');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Remove' }).click();
    await looksRight('a confirmation');
  });

  it('shows small pictures small, cells beside each other, and what it does not know by name', async () => {
    const { page } = await allParts();
    const face = await page.getByText('N', { exact: true }).boundingBox();
    expect(face).toMatchObject({ width: 24, height: 24 });
    const [shops, spots] = await Promise.all(
      ['Shops seen', 'Spots seen'].map((one) => page.getByText(one, { exact: true }).boundingBox()),
    );
    expect(shops?.y).toBe(spots?.y);
    const [refuse, agree] = await Promise.all(
      ['Refuse', 'Agree'].map((name) => page.getByRole('button', { name, exact: true }).boundingBox()),
    );
    expect({ y: agree?.y, width: agree?.width }).toEqual({ y: refuse?.y, width: refuse?.width });
    const chart = await page.locator('.chart-group, .chart-legend li').allTextContents();
    expect(chart).toEqual(['Morning', 'Mon3', 'Evening', 'Mon5']);
    await page.getByText('Component “Countdown” is not drawn here.').waitFor();
  });
});
