import { systemIds } from '@field/kit/ids';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { changePerson, type PersonChange } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { photosAddress } from '../../src/domain/photos-address.ts';
import { createSignIn } from '../../src/web/entries/sign-in.ts';
import { itemPhotoRoutes } from '../../src/web/item-photos/routes.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { staticFile } from '../../src/web/pages/static-file.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { photosOfPromoted } from '../../src/wiring/item-photos.ts';
import { useModels } from '../models/store.ts';
import { hire, onlyAnIso, submitShop } from '../support/shop-under-review.ts';
import { MovableMachine } from './movable-machine.ts';

const PAGE = '/go/photos/shop-1?corpId=dingcorp';

useModels(undefined);
let web: Web;
const codes = new Map<string, string>();
/** Photos that are not on the disk any more. */
let gone = false;

beforeAll(async () => {
  const clock = new MovableMachine();
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    metrics: newMetrics(),
    health: {},
    onError: (thrown) => {
      throw thrown;
    },
    pages: [
      itemPhotoRoutes({
        clock,
        clientId: 'app-1',
        script: staticFile('open.js', 'text/javascript; charset=utf-8', 'go()'),
        signIn: createSignIn({
          clock,
          ids: systemIds,
          clientId: 'app-1',
          address: 'https://field.example',
          platform: { userByCode: async (code) => codes.get(code) },
        }),
        photosOf: photosOfPromoted,
        photo: async (contentHash) => (gone ? undefined : Buffer.from(`jpeg of ${contentHash}`)),
      }),
    ],
  });
});
afterAll(() => web.close());
beforeEach(async () => {
  gone = false;
  await onlyAnIso();
  for (const userId of ['nok', 'malee']) await hire(userId);
  await become('malee', { role: 'ADMIN' });
  await submitShop('nok', 'shop', { spots: 1 });
});

async function become(userId: string, change: PersonChange): Promise<void> {
  await inTransaction((tx) => changePerson(userId, change, tx));
}

/** Somebody's DingTalk, which opened the page and said who it is. */
async function signedIn(userId: string) {
  const ask = async (path: string, init: RequestInit = {}, cookie = '') => {
    const answer = await fetch(`http://127.0.0.1:${web.port}${path}`, {
      ...init,
      headers: { 'accept-language': 'en', cookie, ...init.headers },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, text: bytes.toString('utf8') };
  };
  codes.set(`code of ${userId}`, userId);
  const nonce = /data-nonce="([^"]+)"/.exec((await ask(PAGE)).text)?.[1];
  const answer = await ask(PAGE, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ nonce, code: `code of ${userId}` }),
  });
  expect(answer).toMatchObject({ status: 200, text: '{"outcome":"signedIn"}' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return (path: string) => ask(path, {}, cookie);
}

it('an admin of the ISO sees the photos of an item, each by its name, in a page that runs nothing', async () => {
  const ask = await signedIn('malee');
  const { status, text, headers } = await ask(PAGE);
  expect(status).toBe(200);
  expect(text).toContain('<h1>Shop shop</h1>');
  expect(text).toContain('Sent by nok, Mon 23 Nov.');
  expect([...text.matchAll(/<img src="([^"]+)" alt="([^"]+)"/g)].map(([, src, alt]) => [src, alt])).toEqual([
    ['shop-1/1.jpg', 'Wide photo'],
    ['shop-1/2.jpg', 'Close-up'],
  ]);
  expect(headers.get('content-security-policy')).not.toContain('script-src');
  const picture = await ask('/go/photos/shop-1/2.jpg');
  expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual([
    200,
    'image/jpeg',
    'no-store',
  ]);
  expect(picture.text).toMatch(/^jpeg of [\da-f]{64}$/);
  expect((await ask('/go/photos/shop-1/3.jpg')).status).toBe(404);
});

it('a shop has its photos, too', async () => {
  const ask = await signedIn('malee');
  const { text } = await ask('/go/photos/shop?corpId=dingcorp');
  expect(text.match(/<img /g)).toHaveLength(1);
});

it('whoever is not signed in is asked who they are, and sees nothing', async () => {
  const page = await fetch(`http://127.0.0.1:${web.port}${PAGE}`);
  const text = await page.text();
  expect(text).toContain('<script src="../open-');
  expect(text).not.toMatch(/Shop shop|<img/);
  expect((await fetch(`http://127.0.0.1:${web.port}/go/photos/shop-1/1.jpg`)).status).toBe(404);
});

it.each<[string, PersonChange]>([
  ['their author, who is no admin', { role: 'STAFF' }],
  ['an admin of another ISO', { isoId: 'other' }],
  ['an admin who is paused', { state: 'PAUSED' }],
  ['an admin who left', { state: 'UNKNOWN', isoId: null }],
])('nothing is shown to %s, and the right ends with the role, signed in or not', async (_, change) => {
  const ask = await signedIn('malee');
  expect((await ask(PAGE)).status).toBe(200);
  await become('malee', change);
  const page = await ask(PAGE);
  expect(page.status).toBe(403);
  expect(page.text).toContain('Only an admin of this ISO sees these photos.');
  expect(page.text).not.toMatch(/Shop shop|<img/);
  expect((await ask('/go/photos/shop-1/1.jpg')).status).toBe(404);
});

it('what is not there looks like what is not theirs', async () => {
  const ask = await signedIn('malee');
  for (const itemRef of ['nothing', '%00', 'shop-1%2F..%2Fshop'])
    expect((await ask(`/go/photos/${itemRef}?corpId=dingcorp`)).status).toBe(403);
  expect((await ask('/go/photos/shop-1')).status).toBe(404);
});

it('of an old item whose photos are gone none is shown', async () => {
  gone = true;
  const ask = await signedIn('malee');
  expect((await ask('/go/photos/shop-1/1.jpg')).status).toBe(404);
});

it('a list has no address that nobody could open', () => {
  expect(photosAddress(undefined, 'ding1')).toBeUndefined();
  expect(photosAddress('https://field.example', undefined)).toBeUndefined();
  expect(photosAddress('https://field.example', 'ding 1')?.('a/b')).toBe(
    'https://field.example/go/photos/a%2Fb?corpId=ding%201',
  );
});
