import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** What is cut, stands out or breaks a word on the cards of this chat: a line each. */
export function faultsOfLook(page: Page): Promise<string[]> {
  return page.evaluate(LOOK);
}

const LOOK = `(() => {
  const wrong = [];
  const others = new Intl.Segmenter('en', { granularity: 'word' });
  const thai = new Intl.Segmenter('th', { granularity: 'word' });
  // a line of Chinese or Japanese ends anywhere, a date or a state in the cell of a table does not
  const isProse = (segment, node) => /[\\u3040-\\u30ff\\u4e00-\\u9fff]/.test(segment) && !node.parentElement.closest('td, th');
  const say = (card, what) => wrong.push(card.closest('[data-out-track-id]').dataset.outTrackId + ': ' + what);
  const short = (part) => part.textContent.slice(0, 40);
  const isHidden = (overflow) => overflow === 'hidden' || overflow === 'clip';
  const isControl = (part) => part.matches('select, input, textarea, svg, svg *');
  for (const card of document.querySelectorAll('[data-testid=card]')) {
    const frame = card.getBoundingClientRect();
    for (const part of card.querySelectorAll('*')) {
      const box = part.getBoundingClientRect();
      if (box.width === 0 || isControl(part)) continue;
      if (box.right > frame.right + 1 || box.left < frame.left - 1) say(card, 'stands out: ' + short(part));
      if (box.width < 2) continue; // for readers aloud alone
      if (part.matches('.table-frame') && part.scrollWidth > part.clientWidth + 1) say(card, 'wider than the card: ' + short(part));
      const { overflowX, overflowY } = getComputedStyle(part);
      if (isHidden(overflowX) && part.scrollWidth > part.clientWidth + 1) say(card, 'cut: ' + short(part));
      if (isHidden(overflowY) && part.scrollHeight > part.clientHeight + 2) say(card, 'cut below: ' + short(part));
    }
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement.closest('option, textarea, select')) continue;
      range.selectNodeContents(node);
      if (range.getClientRects().length < 2) continue;
      for (const { segment, index, isWordLike } of (/[\\u0e00-\\u0e7f]/.test(node.data) ? thai : others).segment(node.data)) {
        if (!isWordLike || isProse(segment, node) || segment.length < 2) continue;
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top / 4)));
        if (lines.size > 1) say(card, 'broken: ' + segment);
      }
    }
  }
  return wrong;
})()`;

interface FirstAction {
  readonly card: string;
  /** How far below the top of its card the first button, or the first field, ends: pixels. */
  readonly bottom: number;
}

export function firstActions(page: Page): Promise<FirstAction[]> {
  return page.evaluate(`[...document.querySelectorAll('[data-testid=card]')].flatMap((card) => {
    const first = card.querySelector('button:not(:disabled), input, select, textarea');
    if (!first) return [];
    const { bottom } = first.getBoundingClientRect();
    return [{
      card: card.closest('[data-out-track-id]').dataset.outTrackId,
      bottom: bottom - card.getBoundingClientRect().top,
    }];
  })`);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with contrast, targets and names on the cards of this chat: a line a finding. */
export async function whatAxeFinds(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(`(async () => {
    const rules = ['color-contrast', 'target-size', 'button-name', 'label', 'select-name', 'image-alt', 'link-name'];
    const { violations } = await axe.run('[data-testid=entries]', { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => id + ': ' + html));
  })()`);
}
