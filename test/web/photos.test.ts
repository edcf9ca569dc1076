import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPhotoLinks } from '../../src/media/photo-links.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { photoRoutes } from '../../src/web/photos.ts';
import { startWeb, type Web } from '../../src/web/server.ts';

const FRONT = '1a'.repeat(32);
const GONE = '2b'.repeat(32);
const NOW = Date.UTC(2026, 10, 24);
const FORTY_DAYS = 40 * 24 * 3_600_000;
const KEY = Buffer.alloc(32, 7);
const links = createPhotoLinks(KEY, () => NOW);

let web: Web;
const broken: unknown[] = [];
beforeAll(async () => {
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    health: {},
    metrics: newMetrics(),
    onError: (error) => broken.push(error),
    pages: [
      photoRoutes({
        links,
        photo: async (hash) => (hash === FRONT ? Buffer.from('a photo') : undefined),
        sheet: async (hashes, example) => Buffer.from([`${hashes.length} photos`, example].filter(Boolean).join(', ')),
      }),
    ],
  });
});
afterAll(() => web.close());

/** `path` exactly as it stands: `fetch` would tidy it up. */
function get(path: string): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: web.port, path }, (response) => {
      text(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end();
  });
}

it('a phone fetches a photo by its signed link, and keeps it', async () => {
  const { status, headers, body } = await get(`/photos/${links.tokenFor(FRONT)}.jpg`);
  expect({ status, body }).toEqual({ status: 200, body: 'a photo' });
  expect(headers).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'private, max-age=604800, immutable',
    'cross-origin-resource-policy': 'cross-origin',
  });
});

const good = links.tokenFor(FRONT);
it.each([
  ['expired', createPhotoLinks(KEY, () => NOW - FORTY_DAYS).tokenFor(FRONT)],
  ['tampered', `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`],
  ['signed for another photo', `${links.tokenFor(GONE).slice(0, 42)}${good.slice(42)}`],
  ['of a photo that is gone', links.tokenFor(GONE)],
  ['the bare hash', FRONT],
  ['a path', `..%2f..%2f${FRONT}`],
  ['a path inside', `${good}%2f..%2f${good}`],
  ['two names', `${good}.jpg/${good}`],
  ['not to be decoded', '%zz%e0'],
  ['nothing', ''],
])('the answer is the same 404 when a link is %s', async (_what, token) => {
  const nowhere = await get('/nowhere');
  const { status, headers, body } = await get(`/photos/${token}.jpg`);
  expect({ status, body }).toEqual({ status: 404, body: nowhere.body });
  expect(Object.keys(headers)).toEqual(Object.keys(nowhere.headers));
  expect(broken).toEqual([]);
});

it('fetches several photos in one by their names together, and none where one name is wrong', async () => {
  const names = [FRONT, GONE].map((hash) => links.tokenFor(hash));
  expect(await get(`/photos/${names.join('.')}.jpg`)).toMatchObject({ status: 200, body: '2 photos' });
  expect(await get(`/photos/${names[0]}~closeup.jpg`)).toMatchObject({ status: 200, body: '1 photos, closeup' });
  expect((await get('/photos/~closeup.jpg')).status).toBe(404);
  expect((await get(`/photos/${names.join('.')}.${'x'.repeat(68)}.jpg`)).status).toBe(404);
  expect((await get(`/photos/${Array(41).fill(names[0]).join('.')}.jpg`)).status).toBe(404);
});
