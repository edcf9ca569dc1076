import { expect, it } from 'vitest';
import { anAsk, startScanBot } from './support/scan-bot.ts';
import { aPhone, aPhoto, photographs } from './support/scan-phone.ts';

const PLACES = Array.from({ length: 10 }, (_, place) => `Spot ${place + 1}`);
const NOK = { name: 'Nok', asks: PLACES.map((place, at) => anAsk(`slot-${at}`, place)) };

it('twenty photos without a network, the page closed, the browser started again, a slow network that loses 30 %: each arrives once, in its place', async () => {
  const bot = await startScanBot({ nok: NOK });
  const phone = await aPhone(bot.url);
  await phone.isOf('nok');
  let page = await phone.opens();
  await page.getByText('Baan Coffee').waitFor();
  await expect.poll(() => page.evaluate(CACHED)).toEqual(expect.arrayContaining(['main', 'page']));
  await phone.context().setOffline(true);
  const photos = await Promise.all(Array.from({ length: 20 }, (_, seed) => aPhoto(seed)));
  for (const [at, photo] of photos.entries()) await photographs(page, PLACES[at % PLACES.length] ?? '', photo);
  await page.getByText('On this phone, not sent yet: 20.').waitFor();
  expect(bot.uploads.size).toBe(0);
  await page.close();

  await phone.restarts();
  await phone.isOf('nok');
  await bot.away();
  page = await phone.opens();
  await page.getByText('Baan Coffee').waitFor();
  await page.getByText('On this phone, not sent yet: 20.').waitFor();
  expect(await page.getByText('No connection.').count()).toBe(1);
  await page.close();

  bot.bad.lost = 30;
  await bot.back();
  page = await phone.opens();
  const network = await phone.context().newCDPSession(page);
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000 / 8,
    uploadThroughput: 50_000 / 8,
  });
  await expect.poll(() => bot.arrived.length).toBe(20);
  await page.getByText('All of it is sent.').waitFor();
  for (const [at, photo] of photos.entries()) {
    const there = bot.arrived.filter((one) => one.photo.equals(photo));
    expect(there.map(({ header }) => header.slot)).toEqual([`slot-${at % PLACES.length}`]);
  }
  expect(new Set(bot.arrived.map(({ ticket }) => ticket))).toEqual(new Set(['ticket-nok']));
  expect(await page.evaluate(KEPT)).toBe(0);
});

/** Of the page and its script, what opens without a network. */
const CACHED = `caches.open('scan-1').then((cache) => cache.keys()).then((keys) =>
  keys.map(({ url }) => (url.endsWith('/go/scan') ? 'page' : url.includes('/files/main-') ? 'main' : url)))`;

/** How many captures the phone still has. */
const KEPT = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('scan');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const counting = opening.result.transaction('contents').objectStore('contents').count();
    counting.onsuccess = () => resolve(counting.result);
  };
})`;

it('killed in the middle of an upload, it goes on from there', async () => {
  const bot = await startScanBot({ nok: NOK });
  const phone = await aPhone(bot.url);
  await phone.isOf('nok');
  const page = await phone.opens();
  await page.getByText('Baan Coffee').waitFor();
  const network = await phone.context().newCDPSession(page);
  const slow = { offline: false, latency: 50, downloadThroughput: 20_000, uploadThroughput: 20_000 };
  await network.send('Network.emulateNetworkConditions', slow);
  const photo = await aPhoto(1, 700);
  await photographs(page, 'Spot 1', photo);
  const [upload] = await until(() => [...bot.uploads.values()].filter(({ bytes }) => bytes.length > 0));
  await phone.restarts();
  const before = upload?.bytes.length ?? 0;
  expect(before).toBeLessThan(upload?.asked.size ?? 0);
  await phone.opens();
  await expect.poll(() => bot.arrived.length).toBe(1);
  expect(bot.arrived[0]?.photo.equals(photo)).toBe(true);
  expect(bot.uploads.size).toBe(1);
});

/** Looks until there is something. */
async function until<Found>(look: () => readonly Found[]): Promise<readonly Found[]> {
  await expect.poll(() => look().length).toBeGreaterThan(0);
  return look();
}
