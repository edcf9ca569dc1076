import { createECDH } from 'node:crypto';
import { systemIds } from '@field/kit/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCapture } from '../../models/captures.ts';
import { forgetEverything } from '../../models/database.ts';
import { markApplied, nextRecorded } from '../../models/inbox.ts';
import { changePerson, meetPerson, type PersonChange } from '../../models/people.ts';
import { inTransaction } from '../../models/transaction.ts';
import { openCapture } from '../../src/media/open-capture.ts';
import type { CaptureState } from '../../src/web/capture/client/protocol.ts';
import { captureRoutes, type EndedWork } from '../../src/web/capture/routes.ts';
import { createSignIn } from '../../src/web/entries/sign-in.ts';
import { newMetrics } from '../../src/web/metrics.ts';
import { fontRoutes } from '../../src/web/pages/fonts.ts';
import { startWeb, type Web } from '../../src/web/server.ts';
import { useModels } from '../models/store.ts';
import { CapturePhone } from '../support/capture-phone.ts';
import { pictures } from '../support/pictures.ts';
import { MovableMachine } from './movable-machine.ts';

useModels(undefined);

const HOUR_MS = 3_600_000;

let web: Web;
const clock = new MovableMachine();
const recorded: string[] = [];
const codes = new Map<string, string>();
let ended: EndedWork;
const NONE_YET = { most: 1, have: 0, checking: 0 } as const;
const SIGNATURE = { agentId: '42', corpId: 'demo-corp', timeStamp: '1', nonceStr: 'n', signature: 's' };

beforeAll(async () => {
  const address = 'https://field.example';
  const platform = {
    async userByCode(code: string) {
      const userId = codes.get(code);
      codes.delete(code);
      return userId;
    },
  };
  web = await startWeb({
    port: 0,
    host: '127.0.0.1',
    metrics: newMetrics(),
    health: {},
    onError: () => undefined,
    pages: [
      captureRoutes({
        clock,
        dingTalkNow: () => clock.now(),
        clientId: 'app-1',
        address,
        signIn: createSignIn({ clock, ids: systemIds, clientId: 'app-1', address, platform }),
        files: { script: 'scan/files/main.js', wasm: 'scan/files/reader.wasm' },
        workOf: async ({ userId }) => ({
          work: { kind: 'draft', id: `draft of ${userId}` },
          shop: 'Baan Coffee',
          forms: [],
          asks: [{ slot: 'store//front', place: 'Baan Coffee', title: 'Front', hint: '', takes: 'photo', ...NONE_YET }],
        }),
        endedOf: async () => ended,
        wishes: async () => ({ location: 'no', gallery: false }),
        signed: async (search) => (search === '?corpId=demo-corp' ? SIGNATURE : undefined),
        recorded: (lane) => recorded.push(lane),
      }),
      fontRoutes(),
    ],
  });
});
afterAll(() => web.close());
beforeEach(async () => {
  await forgetEverything();
  recorded.length = 0;
  ended = undefined;
  await meet('nok');
  await meet('lek');
});

async function meet(userId: string, change: PersonChange = { state: 'ACTIVE', isoId: 'lotus' }): Promise<void> {
  await inTransaction(async (tx) => {
    await meetPerson(userId, userId, tx);
    await changePerson(userId, change, tx);
  });
}

/** Time goes by, for whoever lives by it and for the machine. */
function later(ms: number): void {
  clock.go(ms);
  clock.moveTo(clock.now() + ms);
}

let nth = 0;
function phoneOf(userId: string): CapturePhone {
  const code = async (): Promise<string> => {
    nth += 1;
    codes.set(`code${nth}`, userId);
    return `code${nth}`;
  };
  return new CapturePhone(`http://127.0.0.1:${web.port}`, code, () => clock.now());
}

/** What was recorded for somebody, each once. */
async function taken(
  userId: string,
): Promise<readonly { readonly at: number; readonly facts: Record<string, unknown> }[]> {
  const found: { at: number; facts: Record<string, unknown> }[] = [];
  await inTransaction(async (tx) => {
    for (let next = await nextRecorded(userId, tx); next !== undefined; next = await nextRecorded(userId, tx)) {
      if (next.update?.kind === 'event' && next.update.type === 'capture.taken')
        found.push({ at: next.update.at, facts: next.update.facts });
      await markApplied(next.id, tx);
    }
  });
  return found;
}

const SLOT = 'store//front';

describe('the page that takes photos', () => {
  it('finds its letters from its own address on, wherever a client shows it', async () => {
    const page = await (await phoneOf('nok').asks('/go/scan?corpId=demo-corp&lang=th')).text();
    const [font = ''] = page.match(/(?<=url\(")[^"]*noto-sans-thai-thai-wght-normal\.woff2/) ?? [];
    const below = (folder: string): string => new URL(font, `http://127.0.0.1:${web.port}${folder}/go/scan`).pathname;
    expect(below('/sandbox/web/nok/1')).toBe(`/sandbox/web/nok/1${below('')}`);
    expect((await phoneOf('nok').asks(below(''))).headers.get('content-type')).toBe('font/woff2');
  });

  it('tells nobody anything who is not signed in, and takes a code of DingTalk once', async () => {
    expect((await phoneOf('nok').asks('/go/scan/state')).status).toBe(401);
    expect((await phoneOf('nok').asks('/go/scan/signature?search=%3FcorpId%3Ddemo-corp')).status).toBe(401);
    codes.set('once', 'nok');
    const again = new CapturePhone(`http://127.0.0.1:${web.port}`, async () => 'once');
    expect((await again.opens()).name).toBe('nok');
    const signature = (search: string) => again.asks(`/go/scan/signature?search=${encodeURIComponent(search)}`);
    expect(await (await signature('?corpId=demo-corp')).json()).toEqual(SIGNATURE);
    expect((await signature('?corpId=other')).status).toBe(404);
    const other = new CapturePhone(`http://127.0.0.1:${web.port}`, async () => 'once');
    await expect(other.opens()).rejects.toThrow('401');
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
  ])('tells nothing to a page elsewhere, and takes nothing from it: %o', async (elsewhere) => {
    const phone = phoneOf('nok');
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
    const phone = phoneOf('nok');
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
    const phone = phoneOf('nok');
    const nonceOf = async () => /data-nonce="([^"]+)"/.exec(await (await phone.asks('/go/scan?corpId=c')).text())?.[1];
    const signIn = async (nonce: string | undefined) => {
      codes.set('fresh', 'nok');
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ nonce, code: 'fresh' });
      return await phone.asks('/go/scan/sign-in', { method: 'POST', headers, body });
    };
    expect((await signIn('a.b.c')).status).toBe(403);
    const nonce = await nonceOf();
    later(61 * 60_000);
    expect((await signIn(nonce)).status).toBe(403);
    // neither was worth a question to DingTalk
    expect(codes.has('fresh')).toBe(true);
    const answer = await signIn(await nonceOf());
    expect(answer.headers.get('set-cookie')).toMatch(/^go=.*Path=\/go; .*HttpOnly; SameSite=None; Secure$/);
  });

  it('asks whoever comes too often to wait', async () => {
    const phone = phoneOf('nok');
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
    expect((await phoneOf('lek').opens()).name).toBe('lek');
  });

  it('says that somebody is paused, and lets them send no more', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(1));
    await meet('nok', { state: 'PAUSED' });
    expect((await phone.asks('/go/scan/state')).status).toBe(403);
    expect((await phone.begins(sealed)).status).toBe(403);
  });
});

describe('what was taken', () => {
  it('comes in pieces, opens as it was sealed, and is recorded once, for the work of its ticket', async () => {
    const [phone, photo] = [phoneOf('nok'), await pictures.storefront(1)];
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, photo);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { have: sealed.bytes.length, done: true } });
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect(openCapture(sealed.bytes).photo.equals(photo)).toBe(true);
    expect(recorded).toEqual(['nok']);
    expect((await phone.opens()).entering).toBe(true);
    expect((await taken('nok')).map(({ facts }) => facts)).toEqual([
      { hash: sealed.hash, kind: 'photo', slot: SLOT, work: { kind: 'draft', id: 'draft of nok' } },
    ]);
    expect((await phone.opens()).entering).toBe(false);
  });

  it('goes on after a break where it was, whatever is sent twice, out of order or with a gap', async () => {
    const phone = phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(2));
    await phone.begins(sealed);
    expect(await phone.piece(sealed, 30_000, 1_000)).toMatchObject({ body: { have: 0 } });
    expect(await phone.piece(sealed, 0, 1_000)).toMatchObject({ body: { have: 1_000 } });
    expect(await phone.piece(sealed, 0, 50_000)).toMatchObject({ body: { have: 1_000 } });
    const both = await Promise.all([phone.piece(sealed, 1_000, 4_000), phone.piece(sealed, 1_000, 9_000)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await phone.sends(sealed)).toMatchObject({ body: { done: true } });
    expect(await taken('nok')).toHaveLength(1);
  });

  it('is sent anew from its beginning when what came is not what was announced', async () => {
    const phone = phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(3));
    await phone.begins(sealed);
    const spoilt = { ...sealed, bytes: Buffer.alloc(sealed.bytes.length) };
    let last = await phone.piece(spoilt, 0);
    while ((last.body.have ?? 0) > 0) last = await phone.piece(spoilt, last.body.have ?? 0);
    expect(last).toMatchObject({ status: 200, body: { have: 0, done: false } });
    expect(await phone.sends(sealed)).toMatchObject({ body: { done: true } });
  });

  it('comes once from two phones, and once from many at the same moment', async () => {
    const phone = phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(4));
    await Promise.all(Array.from({ length: 5 }, () => phone.sends(sealed)));
    expect(await taken('nok')).toHaveLength(1);
  });

  it.each([
    ['a text', Buffer.from('<html><script>alert(1)</script></html>'.repeat(20)), 422],
    ['nothing that is sealed for us', undefined, 422],
  ])('is no picture: %s', async (_, photo, status) => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const seal = photo === undefined ? { ...state.seal, publicKey: strangersKey() } : state.seal;
    const sealed = phone.seals({ ...state, seal }, { slot: SLOT }, photo ?? (await pictures.storefront(5)));
    const answer = await phone.sends({ ...sealed, keyId: state.seal.keyId });
    expect([answer.status, answer.body.outcome]).toEqual([status, 'dropped']);
    expect(await taken('nok')).toEqual([]);
  });

  it('is too big: said before any of it is taken', async () => {
    const phone = phoneOf('nok');
    const { ticket, seal, limits } = await phone.opens();
    const upload = { ticket, hash: 'a'.repeat(64), size: limits.largestBytes + 1, keyId: seal.keyId, phoneNow: 0 };
    const body = JSON.stringify(upload);
    const answer = await phone.asks('/go/scan/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(413);
  });

  it('needs a ticket of ours that is not over: nobody takes anything for somebody else', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(6));
    expect((await phone.begins({ ...sealed, ticket: `${sealed.ticket.slice(0, -8)}AAAAAAA=` })).status).toBe(401);
    later(73 * HOUR_MS);
    expect((await phone.begins(sealed)).status).toBe(401);
    expect(await findCapture(sealed.hash)).toBeUndefined();
  });

  it('is of whoever began it: another ticket adds nothing to it, and learns nothing of it', async () => {
    const phone = phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(6));
    await phone.begins(sealed);
    await phone.piece(sealed, 0, 1_000);
    const { ticket } = await phoneOf('lek').opens();
    const answer = await phoneOf('lek').begins({ ...sealed, ticket });
    expect([answer.status, answer.body.have]).toEqual([403, undefined]);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect([await taken('lek'), (await taken('nok')).length]).toEqual([[], 1]);
  });

  it('comes in pieces that are not too large', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(6));
    await phone.begins(sealed);
    const most = state.limits.pieceBytes;
    expect((await phone.piece(sealed, 0, most + 1)).status).toBe(413);
    expect((await findCapture(sealed.hash))?.have).toBe(0);
    expect((await phone.piece(sealed, 0, most)).status).toBe(200);
  });

  it('is sent by the ticket alone, days after the cookie is over', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(7));
    later(48 * HOUR_MS);
    expect((await phone.asks('/go/scan/state')).status).toBe(401);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect(await taken('nok')).toHaveLength(1);
  });

  it.each([-9, 0, 9])(
    'counts from the moment at which it was taken, on a phone whose clock is %i hours off',
    async (hours) => {
      const phone = phoneOf('nok');
      phone.aheadMs = hours * HOUR_MS;
      const state = await phone.opens();
      later(HOUR_MS);
      const at = clock.now();
      const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(8));
      later(10 * HOUR_MS);
      await phone.sends(sealed);
      const [one] = await taken('nok');
      expect(Math.abs((one?.at ?? 0) - at)).toBeLessThan(60_000);
    },
  );

  it('was never taken before its page knew the work, nor is it to come', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    for (const takenAt of [phone.now() - 99 * HOUR_MS, phone.now() + 99 * HOUR_MS])
      await phone.sends(phone.seals(state, { slot: SLOT, takenAt }, await pictures.storefront(9)));
    for (const { at } of await taken('nok')) {
      expect(at).toBeGreaterThanOrEqual(state.now);
      expect(at).toBeLessThanOrEqual(clock.now());
    }
  });

  it('is taken and said to be used no more where its work has ended', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    ended = { shop: 'Baan Coffee', how: 'submitted' };
    const answer = await phone.sends(phone.seals(state, { slot: SLOT }, await pictures.storefront(10)));
    expect([answer.body.done, answer.body.says]).toEqual([true, expect.stringContaining('Baan Coffee was submitted')]);
    expect(await taken('nok')).toHaveLength(1);
  });

  it('is no more than three hundred an hour', async () => {
    const phone = phoneOf('nok');
    const state = await phone.opens();
    const code = (n: number) => phone.begins(phone.seals(state, { slot: SLOT, code: `code ${n}` }));
    for (let n = 0; n < 300; n += 1) await code(n);
    const one = await code(301);
    expect([one.status, one.body.outcome]).toEqual([429, 'later']);
    expect(
      (await phoneOf('lek').begins(phone.seals(await phoneOf('lek').opens(), { slot: SLOT, code: 'x' }))).status,
    ).toBe(200);
  });
});

function strangersKey(): CaptureState['seal']['publicKey'] {
  return createECDH('prime256v1').generateKeys().toString('base64url');
}
