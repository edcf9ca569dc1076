import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { LANGUAGES, type Language } from '../../src/domain/languages.ts';
import { type Drawn, drawnIn } from '../cards/drawn.ts';
import { accessibilityFindings, BUILT_PAGE, openBrowser, openChatPage } from './support/chat-page.ts';
import { deliver } from './support/sample-cards.ts';

/** The narrowest phone that is still sold. */
const NARROW = { width: 320, height: 740 } as const;
/** One chat would be too long to be looked at at once. */
const CARDS_A_CHAT = 40;

/** Cards whose first button is out of sight at first, and why it may be: a long list is what they are for, or a form with a picture to look at. */
const FURTHER_DOWN = new Set<string>([]);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** What is wrong with the cards of this chat as they stand: a line each. */
function wrongOn(page: Page): Promise<string[]> {
  return page.evaluate(LOOK);
}

const LOOK = `(() => {
  const wrong = [];
  const words = new Intl.Segmenter(document.documentElement.lang || 'en', { granularity: 'word' });
  const thai = new Intl.Segmenter('th', { granularity: 'word' });
  const say = (card, what) => wrong.push(card.closest('[data-out-track-id]').dataset.outTrackId + ': ' + what);
  for (const card of document.querySelectorAll('[data-testid=card]')) {
    const frame = card.getBoundingClientRect();
    for (const part of card.querySelectorAll('*')) {
      const box = part.getBoundingClientRect();
      if (box.width > 0 && (box.right > frame.right + 1 || box.left < frame.left - 1)) say(card, 'stands out: ' + part.textContent.slice(0, 40));
      const style = getComputedStyle(part);
      const isCut = style.overflowX !== 'visible' && style.overflowX !== 'auto' && part.scrollWidth > part.clientWidth + 1;
      if (isCut && part.matches(':not(select):not(input):not(textarea)')) say(card, 'cut: ' + part.textContent.slice(0, 40));
    }
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement.closest('option, textarea, select')) continue;
      const range = document.createRange();
      for (const { segment, index, isWordLike } of (/[\\u0e00-\\u0e7f]/.test(node.data) ? thai : words).segment(node.data)) {
        if (!isWordLike || /[\\u4e00-\\u9fff]/.test(segment) || segment.length < 2) continue;
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 4)));
        if (lines.size > 1) say(card, 'broken: ' + segment);
      }
    }
  }
  return wrong;
})()`;

/** How far below the top of its card the first button ends, by card, pixels. */
function firstActions(page: Page): Promise<[string, number][]> {
  return page.evaluate(`[...document.querySelectorAll('[data-testid=card]')].flatMap((card) => {
    const [first] = card.querySelectorAll('button');
    if (!first) return [];
    const { bottom } = first.getBoundingClientRect();
    return [[card.closest('[data-out-track-id]').dataset.outTrackId, bottom - card.getBoundingClientRect().top]];
  })`);
}

async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOT_DIR;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

function* chats(language: Language): Iterable<{ readonly name: string; readonly cards: readonly Drawn[] }> {
  const cards = drawnIn(language).filter(({ name }) => name !== 'line');
  for (let at = 0; at < cards.length; at += CARDS_A_CHAT) {
    yield { name: `${language} ${at}`, cards: cards.slice(at, at + CARDS_A_CHAT) };
  }
}

describe.each(LANGUAGES)('every card in %s', (language) => {
  it.each([...chats(language)])(
    'fits a phone of 320 pixels, breaks no word, can be read and tapped: $name',
    async ({ name, cards }) => {
      const sandbox = await aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json' });
      const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1', size: NARROW });
      for (const { label, view } of cards) await deliver(sandbox, label, view);
      const last = cards.at(-1);
      await page.locator(`[data-out-track-id="${last?.label}"]`).waitFor();
      await keep(page, name);
      expect(await wrongOn(page)).toEqual([]);
      expect(await accessibilityFindings(page)).toEqual([]);
      const frame = await page.getByTestId('entries').boundingBox();
      const outOfSight = (await firstActions(page)).filter(([, bottom]) => bottom > (frame?.height ?? 0));
      expect(outOfSight.filter(([label]) => !FURTHER_DOWN.has(label.split(' ').slice(1).join(' ')))).toEqual([]);
    },
  );
});
