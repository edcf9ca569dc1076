import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import chromium from '@sparticuz/chromium';
import {
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
  chromium as playwright,
} from 'playwright-core';
import { onTestFinished } from 'vitest';

/**
 * The headless browser that comes with npm. Of the arguments it comes with none is used: they make one process of it, which would end
 * with the first closed context, and let the processor play a graphics card, which takes 70 % more of it.
 */
export const browserOptions = async () => ({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
  headless: true,
  timeout: NOT_FOR_EVER_MS,
});

export async function openBrowser(): Promise<Browser> {
  return playwright.launch(await browserOptions());
}

/** The chat page as the build leaves it. */
export const BUILT_PAGE = resolve('packages/dingtalk-sandbox/dist/page');

export const PHONE = { width: 360, height: 740 } as const;
export const DESK = { width: 1000, height: 800 } as const;

/** A guard against what hangs, as the tests' own (`vitest.config.ts`). */
export const NOT_FOR_EVER_MS = 250_000;

interface Place {
  readonly url: string;
  /** `#staff1/staff1`, or nothing for the people. */
  readonly hash?: string;
  readonly size?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  readonly scheme?: 'light' | 'dark';
}

/** A page of a browser with no memory of others, until the test ends. */
export async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  context.setDefaultTimeout(NOT_FOR_EVER_MS);
  return context.newPage();
}

/** Opens the chat page in a context of its own for one test; `complaints` gathers what the browser's console objects to, and where. */
export async function openChatPage(
  browser: Browser,
  { url, hash = '', size = PHONE, locale = 'en-US', scheme = 'light' }: Place,
) {
  const page = await newPage(browser, { viewport: size, timezoneId: 'Asia/Bangkok', locale, colorScheme: scheme });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (thrown) => complaints.push(String(thrown)));
  await page.goto(`${url}/${hash}`);
  return { page, complaints, context: page.context() };
}

/** Writes a text into the composer and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByTestId('composer-input').fill(text);
  await page.getByTestId('send-button').click();
}

/** The entry in which a card stands. */
export function cardEntry(page: Page, outTrackId: string): Locator {
  return page.locator(`[data-out-track-id="${outTrackId}"]`);
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it stands: a line a finding. */
export async function accessibilityFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
