import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, type Page, chromium as playwright } from 'playwright-core';
import sharp from 'sharp';
import { expect, onTestFinished } from 'vitest';
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

/** A small photo, bright and sharp, with a number from 0 to 31 in its upper row that can be read in what is made of it. */
export async function aNumberedPhoto(number: number): Promise<Buffer> {
  const pixels = Buffer.alloc(NUMBERED_SIDE ** 2);
  for (let at = 0; at < pixels.length; at++) {
    const [column, row] = [Math.floor((at % NUMBERED_SIDE) / CELL), Math.floor(at / NUMBERED_SIDE / CELL)];
    const isBright = row === 0 ? (number >> column) % 2 === 1 : (row + column) % 2 === 0;
    pixels[at] = isBright ? 240 : 20;
  }
  return await sharp(pixels, { raw: { width: NUMBERED_SIDE, height: NUMBERED_SIDE, channels: 1 } })
    .jpeg({ quality: 30 })
    .toBuffer();
}

/** The number in such a photo, however it was stored. */
export async function numberIn(photo: Buffer): Promise<number> {
  const grey = await sharp(photo).greyscale().raw().toBuffer({ resolveWithObject: true });
  const cell = grey.info.width / COLUMNS;
  const brightAt = (column: number): boolean =>
    (grey.data[Math.floor(cell / 2) * grey.info.width + Math.floor((column + 0.5) * cell)] ?? 0) > 128;
  return Array.from({ length: COLUMNS }, (_, column) => (brightAt(column) ? 2 ** column : 0)).reduce((a, b) => a + b);
}

/** The smallest that is taken, in whole blocks of a JPEG, which packs it best. */
const NUMBERED_SIDE = 480;
const COLUMNS = 5;
const CELL = NUMBERED_SIDE / COLUMNS;

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

/** Takes a photo for a place of the work, and waits until the page says that it is kept. */
export async function photographsAt(page: Page, slot: string, photo: Buffer): Promise<void> {
  const ask = page.locator('article.ask', { has: page.locator(`[id="ask-${slot.replace(/\W/g, '-')}"]`) });
  await ask.locator('input[type=file]').first().setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
  await ask.locator('.thumbs img').first().waitFor();
}

/** Of the page and its script, what opens without a network. */
export async function isKept(page: Page): Promise<void> {
  const kept = `caches.open('scan-1').then((cache) => cache.keys()).then((keys) =>
    keys.map(({ url }) => (new URL(url).pathname.endsWith('/go/scan') ? 'page' : url.includes('/files/main-') ? 'main' : url)))`;
  await expect.poll(() => page.evaluate(kept)).toEqual(expect.arrayContaining(['main', 'page']));
}

/** How many captures the phone still has. */
export async function countKept(page: Page): Promise<number> {
  return await page.evaluate<number>(`new Promise((resolve, reject) => {
    const opening = indexedDB.open('scan');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('contents').objectStore('contents').count();
      counting.onsuccess = () => resolve(counting.result);
    };
  })`);
}

/** Takes a photo for an ask, as the camera would hand it over, and waits until the page says that it is kept. */
export async function photographs(page: Page, place: string, photo: Buffer): Promise<void> {
  const section = page.locator('section').filter({ has: page.getByRole('heading', { name: place, exact: true }) });
  const before = await section.locator('.thumbs img').count();
  await section.locator('input[type=file]').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: photo });
  await section.locator('.thumbs img').nth(before).waitFor();
}
