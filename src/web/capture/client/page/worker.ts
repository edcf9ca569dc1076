import { PhoneStore } from './phone-store.ts';
import { sendFrom, waitsFor } from './queue.ts';

/** The page without a network, and what waits sent when there is one again though the page is closed. */
const CACHE = 'scan-1';
const NETWORK_WITHIN_MS = 4_000;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface Worker {
  readonly location: { readonly href: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(
      wanted: object,
    ): Promise<readonly { readonly url: string; readonly visibilityState?: DocumentVisibilityState }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'sync', listener: (event: Lasting) => void): void;
  addEventListener(type: 'message', listener: (event: Lasting & { readonly data: unknown }) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}

const worker = globalThis as unknown as Worker;
/** This file is `scan/sw.js` below it. */
const base = new URL('..', worker.location.href);
const page = new URL('scan', base);
const files = new URL('scan/files/', base);
const left = new URL('scan/left', base);

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

/** The page says what it is made of, as it was loaded before there was a worker. */
worker.addEventListener('message', (event) => {
  if (!Array.isArray(event.data)) return;
  const parts = event.data.filter((part): part is string => typeof part === 'string' && part.startsWith(base.href));
  event.waitUntil(keepParts(parts));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'POST' && request.url === left.href) event.respondWith(leftAnswer(event));
  if (request.method !== 'GET') return;
  const url = new URL(request.url);
  if (url.origin === page.origin && url.pathname === page.pathname) event.respondWith(pageAnswer(event));
  else if (request.url.startsWith(files.href) || url.pathname.includes('/examples/')) {
    event.respondWith(fileAnswer(event));
  }
});

/** What the page says as it is left would be broken off with it; the worker outlives it, and goes on with what the page had not sent. */
async function leftAnswer(event: Fetching): Promise<Response> {
  const body = await event.request.text();
  const headers = { 'content-type': 'application/json' };
  const sent = fetch(left, { method: 'POST', headers, body, credentials: 'same-origin' });
  event.waitUntil(sent.then(() => sendFrom(new PhoneStore(), { base, isSeen, inTurn: true })).catch(() => undefined));
  return sent;
}

worker.addEventListener('sync', (event) => event.waitUntil(sendOrAskAgain()));

/** The browser fires again later when this fails. */
async function sendOrAskAgain(): Promise<void> {
  const store = new PhoneStore();
  await sendFrom(store, { base, isSeen });
  if ((await waitsFor(store)) !== undefined) throw new Error('some still wait');
}

/** Whether one of this bot's pages is before somebody. */
async function isSeen(): Promise<boolean> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return pages.some(({ url, visibilityState }) => url.startsWith(page.href) && visibilityState === 'visible');
}

/** From the bot, so that it is today's; as it was last where the bot is not reached in time. */
async function pageAnswer(event: Fetching): Promise<Response> {
  const cache = await caches.open(CACHE);
  const asked = fetch(event.request).then(async (answer) => {
    if (answer.ok) await cache.put(page.href, answer.clone());
    return answer;
  });
  event.waitUntil(asked.catch(() => undefined));
  const kept = await cache.match(page.href);
  if (kept === undefined) return asked;
  const late = new Promise<Response>((resolve) => setTimeout(resolve, NETWORK_WITHIN_MS, kept.clone()));
  return Promise.race([asked.then((answer) => (answer.ok ? answer : kept.clone())), late]).catch(() => kept);
}

/** Files are named by what is in them, and examples stay for a while: what is there is taken. */
async function fileAnswer(event: Fetching): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(event.request);
  if (kept !== undefined) return kept;
  const answer = await fetch(event.request);
  if (answer.ok) await cache.put(event.request, answer.clone());
  return answer;
}

async function keepParts(parts: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const part of parts) {
    const url = new URL(part);
    const key = url.pathname === page.pathname ? page.href : part;
    if ((await cache.match(key)) !== undefined) continue;
    const answer = await fetch(part);
    if (answer.ok) await cache.put(key, answer);
  }
  // of an earlier release
  for (const { url } of await cache.keys())
    if (url.startsWith(files.href) && !parts.includes(url)) await cache.delete(url);
}
