import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MovableClock } from '@field/kit/clock';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSandbox } from '../../packages/dingtalk-sandbox/test/support/sandbox.ts';
import { drawnIn } from '../cards/drawn.ts';
import { BUILT_PAGE, openBrowser, openChatPage } from './support/chat-page.ts';
import { faultsOfLook, firstActions, whatAxeFinds } from './support/look-at-cards.ts';
import { LOOKED_AT, READ_BY_AXE } from './support/looked-at.ts';
import { deliver } from './support/sample-cards.ts';

/** The narrowest phone that is still sold, and the one that most promoters have. */
const NARROW = { width: 320, height: 740 } as const;
const USUAL = { width: 360, height: 740 } as const;

/** Whose first button or field is out of sight at first, in some language, and why that may be. */
const FURTHER_DOWN: ReadonlySet<string> = new Set([
  // who looks after others reads the six rows before the button of one of them
  'team.requests paged',
  'team.failed paged',
  'team.failed searched',
  'team.photos some',
  'team.found promotion',
  'team.fileStory results',
  // what came of each day, and which answers are late, is read, and asks for nothing
  'team.cameIn late',
  'team.appeals late',
  // numbers, and what changed in them: a group reads them, and the menu has what failed on its first button
  'digest weekOn',
  'review.mine week',
  'review.mine monthByNumber',
  // all that is due on a day is read before the button of one of it
  'review.day withOthers',
  'review.reminder everything',
  // seven clauses are read before one agrees
  'promotion.policy primaryPosms',
  'promotion.policy newer',
]);

/** DingTalk takes twenty calls a second: nothing here depends on how many there are. */
class HurriedClock extends MovableClock {
  #asked = 0;

  override machine(): number {
    this.#asked += 1;
    return super.machine() + this.#asked * 51;
  }
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOT_DIR;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.getByTestId('entries').evaluate((entries) => {
    entries.style.overflow = 'visible';
  });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

it.each(LOOKED_AT)(
  'every card in %s fits a phone of 320 pixels, breaks no word, can be read and tapped, its first action in sight',
  async (language) => {
    const clock = new HurriedClock();
    const sandbox = await aSandbox({ pageDir: BUILT_PAGE, templateFile: 'cards/template.json', clock });
    const cards = drawnIn(language).filter(({ name }) => name !== 'line');
    for (const { label, view } of cards) await deliver(sandbox, label, view);
    const { page } = await openChatPage(browser, { url: sandbox.url, hash: '#staff1/staff1', size: NARROW });
    await page.locator(`[data-out-track-id="${cards.at(-1)?.label}"]`).waitFor();
    await page.evaluate('document.fonts.ready');
    expect(await page.locator('[data-out-track-id]').count()).toBe(cards.length);
    expect.soft(await faultsOfLook(page)).toEqual([]);
    if (READ_BY_AXE.includes(language)) expect.soft(await whatAxeFinds(page)).toEqual([]);
    await page.setViewportSize(USUAL);
    const height = (await page.getByTestId('entries').boundingBox())?.height ?? 0;
    const below = (await firstActions(page)).filter(({ bottom }) => bottom > height);
    const further = below.map(({ card, bottom }) => `${card.split(' ').slice(1).join(' ')}: ${Math.round(bottom)}`);
    expect.soft(further.filter((one) => !FURTHER_DOWN.has(one.split(':')[0] ?? ''))).toEqual([]);
    await keep(page, language);
  },
);
