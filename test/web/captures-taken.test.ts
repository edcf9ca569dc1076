import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findCapture } from '../../models/captures.ts';
import { openCapture } from '../../src/media/open-capture.ts';
import type { CaptureState } from '../../src/web/capture/client/protocol.ts';
import { pictures } from '../support/pictures.ts';
import { HOUR_MS, SLOT, useCaptureWeb } from './capture-web.ts';

const web = useCaptureWeb();

describe('what was taken on the page', () => {
  it('comes in pieces, opens as it was sealed, and is recorded once, for the work of its ticket', async () => {
    const [phone, photo] = [web.phoneOf('nok'), await pictures.storefront(1)];
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, photo);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { have: sealed.bytes.length, done: true } });
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect(openCapture(sealed.bytes).photo.equals(photo)).toBe(true);
    expect(web.recorded).toEqual(['nok']);
    expect((await phone.opens()).entering).toBe(true);
    expect((await web.taken('nok')).map(({ facts }) => facts)).toEqual([
      { hash: sealed.hash, kind: 'photo', slot: SLOT, work: { kind: 'draft', id: 'draft of nok' } },
    ]);
    expect((await phone.opens()).entering).toBe(false);
  });

  it('goes on after a break where it was, whatever is sent twice, out of order or with a gap', async () => {
    const phone = web.phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(2));
    await phone.begins(sealed);
    expect(await phone.piece(sealed, 30_000, 1_000)).toMatchObject({ body: { have: 0 } });
    expect(await phone.piece(sealed, 0, 1_000)).toMatchObject({ body: { have: 1_000 } });
    expect(await phone.piece(sealed, 0, 50_000)).toMatchObject({ body: { have: 1_000 } });
    const both = await Promise.all([phone.piece(sealed, 1_000, 4_000), phone.piece(sealed, 1_000, 9_000)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await phone.sends(sealed)).toMatchObject({ body: { done: true } });
    expect(await web.taken('nok')).toHaveLength(1);
  });

  it('is sent anew from its beginning when what came is not what was announced', async () => {
    const phone = web.phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(3));
    await phone.begins(sealed);
    const spoilt = { ...sealed, bytes: Buffer.alloc(sealed.bytes.length) };
    let last = await phone.piece(spoilt, 0);
    while ((last.body.have ?? 0) > 0) last = await phone.piece(spoilt, last.body.have ?? 0);
    expect(last).toMatchObject({ status: 200, body: { have: 0, done: false } });
    expect(await phone.sends(sealed)).toMatchObject({ body: { done: true } });
  });

  it('comes once from two phones, and once from many at the same moment', async () => {
    const phone = web.phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(4));
    await Promise.all(Array.from({ length: 5 }, () => phone.sends(sealed)));
    expect(await web.taken('nok')).toHaveLength(1);
  });

  it.each([
    ['a text', Buffer.from('<html><script>alert(1)</script></html>'.repeat(20)), 422],
    ['nothing that is sealed for us', undefined, 422],
  ])('is no picture: %s', async (_, photo, status) => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const seal = photo === undefined ? { ...state.seal, publicKey: strangersKey() } : state.seal;
    const sealed = phone.seals({ ...state, seal }, { slot: SLOT }, photo ?? (await pictures.storefront(5)));
    const answer = await phone.sends({ ...sealed, keyId: state.seal.keyId });
    expect([answer.status, answer.body.outcome]).toEqual([status, 'dropped']);
    expect(await web.taken('nok')).toEqual([]);
  });

  it('is too big: said before any of it is taken', async () => {
    const phone = web.phoneOf('nok');
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
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(6));
    expect((await phone.begins({ ...sealed, ticket: `${sealed.ticket.slice(0, -8)}AAAAAAA=` })).status).toBe(401);
    web.later(73 * HOUR_MS);
    expect((await phone.begins(sealed)).status).toBe(401);
    expect(await findCapture(sealed.hash)).toBeUndefined();
  });

  it('is of whoever began it: another ticket adds nothing to it, and learns nothing of it', async () => {
    const phone = web.phoneOf('nok');
    const sealed = phone.seals(await phone.opens(), { slot: SLOT }, await pictures.storefront(6));
    await phone.begins(sealed);
    await phone.piece(sealed, 0, 1_000);
    const { ticket } = await web.phoneOf('lek').opens();
    const answer = await web.phoneOf('lek').begins({ ...sealed, ticket });
    expect([answer.status, answer.body.have]).toEqual([403, undefined]);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect([await web.taken('lek'), (await web.taken('nok')).length]).toEqual([[], 1]);
  });

  it('comes in pieces that are not too large', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(6));
    await phone.begins(sealed);
    const most = state.limits.pieceBytes;
    expect((await phone.piece(sealed, 0, most + 1)).status).toBe(413);
    expect((await findCapture(sealed.hash))?.have).toBe(0);
    expect((await phone.piece(sealed, 0, most)).status).toBe(200);
  });

  it('is sent by the ticket alone, days after the cookie is over', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(7));
    web.later(48 * HOUR_MS);
    expect((await phone.asks('/go/scan/state')).status).toBe(401);
    expect(await phone.sends(sealed)).toMatchObject({ status: 200, body: { done: true } });
    expect(await web.taken('nok')).toHaveLength(1);
  });

  it.each([-9, 0, 9])(
    'counts from the moment at which it was taken, on a phone whose clock is %i hours off',
    async (hours) => {
      const phone = web.phoneOf('nok');
      phone.aheadMs = hours * HOUR_MS;
      const state = await phone.opens();
      web.later(HOUR_MS);
      const at = web.clock.now();
      const sealed = phone.seals(state, { slot: SLOT }, await pictures.storefront(8));
      web.later(10 * HOUR_MS);
      await phone.sends(sealed);
      const [one] = await web.taken('nok');
      expect(Math.abs((one?.at ?? 0) - at)).toBeLessThan(60_000);
    },
  );

  it('was never taken before its page knew the work, nor is it to come', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    for (const takenAt of [phone.now() - 99 * HOUR_MS, phone.now() + 99 * HOUR_MS])
      await phone.sends(phone.seals(state, { slot: SLOT, takenAt }, await pictures.storefront(9)));
    for (const { at } of await web.taken('nok')) {
      expect(at).toBeGreaterThanOrEqual(state.now);
      expect(at).toBeLessThanOrEqual(web.clock.now());
    }
  });

  it('is taken and said to be used no more where its work has ended', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    web.ended = { shop: 'Baan Coffee', how: 'submitted' };
    const answer = await phone.sends(phone.seals(state, { slot: SLOT }, await pictures.storefront(10)));
    expect([answer.body.done, answer.body.says]).toEqual([true, expect.stringContaining('Baan Coffee was submitted')]);
    expect(await web.taken('nok')).toHaveLength(1);
  });

  it('is no more than three hundred an hour', async () => {
    const phone = web.phoneOf('nok');
    const state = await phone.opens();
    const code = (n: number) => phone.begins(phone.seals(state, { slot: SLOT, code: `code ${n}` }));
    for (let n = 0; n < 300; n += 1) await code(n);
    const one = await code(301);
    expect([one.status, one.body.outcome]).toEqual([429, 'later']);
    expect(
      (await web.phoneOf('lek').begins(phone.seals(await web.phoneOf('lek').opens(), { slot: SLOT, code: 'x' })))
        .status,
    ).toBe(200);
  });
});

function strangersKey(): CaptureState['seal']['publicKey'] {
  return createECDH('prime256v1').generateKeys().toString('base64url');
}
