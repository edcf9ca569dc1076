import { describe, expect, it } from 'vitest';
import { findCapture } from '../../models/captures.ts';
import { CapturePhone } from '../support/capture-phone.ts';
import { pictures } from '../support/pictures.ts';
import { SIGNATURE, SLOT, useCaptureWeb } from './capture-web.ts';

const web = useCaptureWeb();

describe('the page that takes photos', () => {
  it('finds its letters from its own address on, wherever a client shows it', async () => {
    const page = await (await web.phoneOf('nok').asks('/go/scan?corpId=demo-corp&lang=th')).text();
    const [font = ''] = page.match(/(?<=url\(")[^"]*noto-sans-thai-thai-wght-normal\.woff2/) ?? [];
    const below = (folder: string): string => new URL(font, `${web.address}${folder}/go/scan`).pathname;
    expect(below('/sandbox/web/nok/1')).toBe(`/sandbox/web/nok/1${below('')}`);
    expect((await web.phoneOf('nok').asks(below(''))).headers.get('content-type')).toBe('font/woff2');
  });

  it('tells nobody anything who is not signed in, and takes a code of DingTalk once', async () => {
    expect((await web.phoneOf('nok').asks('/go/scan/state')).status).toBe(401);
    expect((await web.phoneOf('nok').asks('/go/scan/signature?search=%3FcorpId%3Ddemo-corp')).status).toBe(401);
    web.codes.set('once', 'nok');
    const again = new CapturePhone(web.address, async () => 'once');
    expect((await again.opens()).name).toBe('nok');
    const signature = (search: string) => again.asks(`/go/scan/signature?search=${encodeURIComponent(search)}`);
    expect(await (await signature('?corpId=demo-corp')).json()).toEqual(SIGNATURE);
    expect((await signature('?corpId=other')).status).toBe(404);
    const other = new CapturePhone(web.address, async () => 'once');
    await expect(other.opens()).rejects.toThrow('401');
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
  ])('tells nothing to a page elsewhere, and takes nothing from it: %o', async (elsewhere) => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const { hash, bytes, ticket, keyId } = phone.seals(state, { slot: SLOT }, await pictures.storefront(1));
    const json = { 'content-type': 'application/json' };
    const octets = { 'content-type': 'application/octet-stream' };
    const begun = JSON.stringify({ ticket, hash, size: bytes.length, keyId, phoneNow: 0 });
    const asked: readonly (readonly [string, string, Record<string, string>, string?])[] = [
      ['GET', '/go/scan/state', {}],
      ['GET', '/go/scan/signature', {}],
      ['POST', '/go/scan/sign-in', json, '{}'],
      ['POST', '/go/scan/uploads', json, begun],
      ['PUT', `/go/scan/uploads/${hash}?from=0`, octets, 'abc'],
      ['POST', '/go/scan/left', json, JSON.stringify({ ticket })],
    ];
    for (const [method, path, headers, body = null] of asked) {
      const answer = await phone.asks(path, { method, headers: { ...headers, ...elsewhere }, body });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect(await findCapture(hash)).toBeUndefined();
  });

  it('takes what a form of another page could send for nothing: only the types that it has to be allowed to', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(1));
    const begun = { ticket: sealed.ticket, hash: sealed.hash, size: sealed.bytes.length, keyId: sealed.keyId };
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      const body = JSON.stringify({ ...begun, phoneNow: 0 });
      expect((await phone.asks('/go/scan/uploads', { method: 'POST', headers, body })).status).toBe(422);
    }
    expect(await findCapture(sealed.hash)).toBeUndefined();
    await phone.begins(sealed);
    const piece = { method: 'PUT', headers: { 'content-type': 'image/jpeg' }, body: 'abc' };
    expect((await phone.asks(`/go/scan/uploads/${sealed.hash}?from=0`, piece)).status).toBe(422);
    expect((await findCapture(sealed.hash))?.have).toBe(0);
  });

  it('signs nobody in by a page that was not ours, or is too old', async () => {
    const phone = web.phoneOf('nok');
    const nonceOf = async () => /data-nonce="([^"]+)"/.exec(await (await phone.asks('/go/scan?corpId=c')).text())?.[1];
    const signIn = async (nonce: string | undefined) => {
      web.codes.set('fresh', 'nok');
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ nonce, code: 'fresh' });
      return await phone.asks('/go/scan/sign-in', { method: 'POST', headers, body });
    };
    expect((await signIn('a.b.c')).status).toBe(403);
    const nonce = await nonceOf();
    web.later(61 * 60_000);
    expect((await signIn(nonce)).status).toBe(403);
    // neither was worth a question to DingTalk
    expect(web.codes.has('fresh')).toBe(true);
    const answer = await signIn(await nonceOf());
    expect(answer.headers.get('set-cookie')).toMatch(/^go=.*Path=\/go; .*HttpOnly; SameSite=None; Secure$/);
  });

  it('asks whoever comes too often to wait', async () => {
    const phone = web.phoneOf('nok');
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const statuses = new Map<number, number>();
    for (let n = 0; n < 1_230; n += 30) {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => phone.asks('/go/scan/state', { headers: from })),
      );
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()]).toEqual([401, 429]);
    const last = await phone.asks('/go/scan/state', { headers: from });
    expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect((await web.phoneOf('lek').opens()).name).toBe('lek');
  });

  it('says that somebody is paused, and lets them send no more', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(1));
    await web.meet('nok', { state: 'PAUSED' });
    expect((await phone.asks('/go/scan/state')).status).toBe(403);
    expect((await phone.begins(sealed)).status).toBe(403);
  });
});
