import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { browserOptions, NOT_FOR_EVER_MS } from './chat-page.ts';

const NARROW = { width: 320, height: 640 } as const;

/** A phone with a browser whose memory outlives it: closed and started again, as after a restart. */
export async function aPhone(url: string, options: BrowserContextOptions = {}) {
  const memory = await mkdtemp(join(tmpdir(), 'scan-phone-'));
  let context: BrowserContext | undefined;
  const start = async (): Promise<BrowserContext> => {
    context = await playwright.launchPersistentContext(memory, {
      ...(await browserOptions()),
      viewport: NARROW,
      locale: 'en-US',
      ...options,
    });
    context.setDefaultTimeout(NOT_FOR_EVER_MS);
    return context;
  };
  onTestFinished(async () => {
    await context?.close();
    await rm(memory, { recursive: true, force: true });
  });
  await start();
  return {
    /** Who has the phone in hand, from now on. */
    async isOf(userId: string): Promise<void> {
      await context?.addCookies([{ name: 'go', value: userId, url }]);
    },
    async opens(): Promise<Page> {
      if (context === undefined) throw new Error('it is off');
      const [blank] = context.pages();
      const page = blank?.url() === 'about:blank' ? blank : await context.newPage();
      await page.goto(url);
      return page;
    },
    async restarts(): Promise<void> {
      await context?.close();
      await start();
    },
    /** The system ends the browser with everything that belongs to it, as it stands; it is started again. */
    async isKilled(): Promise<void> {
      const ended = context?.waitForEvent('close');
      for (const pid of await browsersOn(memory)) process.kill(pid, 'SIGKILL');
      await ended;
      await start();
    },
    context(): BrowserContext {
      if (context === undefined) throw new Error('it is off');
      return context;
    },
  };
}

/** The processes of the browser that has its memory in this folder of ours. */
async function browsersOn(memory: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  // the others of it end with the first
  const isFirst = (line = ''): boolean => line.includes(`--user-data-dir=${memory}`) && !line.includes('--type=');
  return pids.filter((_, at) => isFirst(lines[at])).map(Number);
}

/** A photo that no other is alike: noise, which no JPEG makes small. */
export async function aPhoto(seed: number, side = 64, quality = 60): Promise<Buffer> {
  let chance = seed + 1;
  const noise = Buffer.alloc(side * side * 3);
  for (let at = 0; at < noise.length; at++) {
    chance = (chance * 48_271) % 2_147_483_647;
    noise[at] = chance;
  }
  return sharp(noise, { raw: { width: side, height: side, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

/** Takes a photo for an ask, as the camera would hand it over, and waits until the page says that it is kept. */
export async function photographs(page: Page, place: string, photo: Buffer): Promise<void> {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: place, exact: true }) });
  const before = await section.locator('.thumbs img').count();
  await section.locator('input[type=file]').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
  await section.locator('.thumbs img').nth(before).waitFor();
}
