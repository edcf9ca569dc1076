import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureUpload } from '../../../src/web/capture/client/protocol.ts';
import { type Kept, sendAll } from '../../../src/web/capture/client/send.ts';
import type { WaitingCapture } from '../../../src/web/capture/client/waiting.ts';

const NOW = 1_800_000_000_000;

/** A phone with these captures, in memory. */
function aPhone(contents: readonly Uint8Array<ArrayBuffer>[]) {
  const kept = new Map<string, { capture: WaitingCapture; bytes: Uint8Array<ArrayBuffer> }>();
  for (const [order, bytes] of contents.entries()) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const plain = { who: 'w', work: 'k', slot: `s${order}`, keyId: 'k1', size: bytes.length, order };
    kept.set(hash, { capture: { hash, ...plain, failures: 0, notBefore: 0, needsTicket: false }, bytes });
  }
  const said: string[] = [];
  const store: Kept = {
    async list() {
      return [...kept.values()].map(({ capture }) => capture);
    },
    async open(hash) {
      const found = kept.get(hash);
      return found && { bytes: found.bytes, ticket: 't' };
    },
    async change(capture) {
      const found = kept.get(capture.hash);
      if (found) kept.set(capture.hash, { ...found, capture });
    },
    async forget(capture, says) {
      kept.delete(capture.hash);
      if (says) said.push(says);
    },
  };
  return { store, said, waiting: () => [...kept.values()].map(({ capture }) => capture) };
}

/** The bot's side, by the words of the protocol. `fate` decides of each request: answered, lost on its way, or its answer lost. */
function aBot(fate: () => 'answered' | 'lost' | 'unheard') {
  const uploads = new Map<string, { size: number; bytes: Buffer }>();
  const largest: number[] = [];
  const asked: CaptureUpload[] = [];
  const fetch = async (path: string, init: RequestInit): Promise<Response> => {
    const comes = fate();
    if (comes === 'lost') throw new TypeError('lost');
    const answer = handle(path, init);
    if (comes === 'unheard') throw new TypeError('unheard');
    return answer;
  };
  function handle(path: string, init: RequestInit): Response {
    if (init.method === 'POST') {
      const announced = JSON.parse(String(init.body)) as CaptureUpload;
      const { hash, size } = announced;
      asked.push(announced);
      const upload = uploads.get(hash) ?? { size, bytes: Buffer.alloc(0) };
      uploads.set(hash, upload);
      return progress(upload);
    }
    const [, hash = '', from = ''] = /uploads\/(\w+)\?from=(\d+)/.exec(path) ?? [];
    const upload = uploads.get(hash);
    if (upload === undefined) return Response.json({ outcome: 'unknown', text: '' }, { status: 404 });
    const piece = Buffer.from(init.body as Uint8Array<ArrayBuffer>);
    largest.push(piece.length);
    const have = upload.bytes.length;
    if (Number(from) <= have) upload.bytes = Buffer.concat([upload.bytes, piece.subarray(have - Number(from))]);
    return progress(upload);
  }
  const progress = ({ size, bytes }: { size: number; bytes: Buffer }): Response =>
    Response.json({ have: bytes.length, done: bytes.length >= size });
  return { fetch, uploads, largest, asked };
}

const sending = (kept: Kept, fetch: (path: string, init: RequestInit) => Promise<Response>, now = NOW) => ({
  kept,
  fetch,
  now: () => now,
  chance: () => 0.5,
  isSeen: async () => true,
  pieceBytes: 65_536,
});

describe('whatever gets lost', () => {
  it('all arrive, once and whole, in pieces of 64 KB at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.constantFrom('answered', 'lost', 'unheard'), { maxLength: 60 }),
        async (contents, fates) => {
          const distinct = [...new Map(contents.map((one) => [one.join(), Uint8Array.from(one)])).values()];
          const phone = aPhone(distinct);
          let at = 0;
          const bot = aBot(() => fates[at++] ?? 'answered');
          // each time that it may be tried again, until nothing waits
          for (let round = 0; phone.waiting().length > 0 && round < 100; round++) {
            await sendAll(sending(phone.store, bot.fetch, NOW + round * 400_000));
          }
          expect(phone.waiting()).toEqual([]);
          const came = [...bot.uploads.values()].map(({ bytes }) => bytes.toString('hex')).sort();
          expect(came).toEqual(distinct.map((one) => Buffer.from(one).toString('hex')).sort());
          expect(Math.max(...bot.largest)).toBeLessThanOrEqual(65_536);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('what is large goes in growing pieces', async () => {
    const phone = aPhone([new Uint8Array(300_000)]);
    const bot = aBot(() => 'answered');
    expect(await sendAll(sending(phone.store, bot.fetch))).toBe(1);
    expect(bot.largest.slice(0, 4)).toEqual([16_384, 32_768, 65_536, 65_536]);
  });

  it('two that send the same at once send it once', async () => {
    const phone = aPhone([new Uint8Array(100_000), new Uint8Array(50_000)]);
    const bot = aBot(() => 'answered');
    await Promise.all([1, 2].map(() => sendAll(sending(phone.store, bot.fetch))));
    expect([...bot.uploads.values()].map(({ bytes }) => bytes.length).sort()).toEqual([100_000, 50_000].sort());
    expect(phone.waiting()).toEqual([]);
  });
});

describe('what the bot refuses', () => {
  const refusing =
    (status: number, outcome: string, headers: Record<string, string> = {}) =>
    async () =>
      Response.json({ outcome, text: `because ${outcome}` }, { status, headers });

  it.each([
    [403, 'refused'],
    [413, 'dropped'],
    [422, 'dropped'],
  ])('%s is forgotten, and its sentence kept', async (status, outcome) => {
    const phone = aPhone([new Uint8Array(5)]);
    await sendAll(sending(phone.store, refusing(status, outcome)));
    expect(phone.waiting()).toEqual([]);
    expect(phone.said).toEqual([`because ${outcome}`]);
  });

  it('a ticket that is over keeps it, and it is not sent until there is a new one', async () => {
    const phone = aPhone([new Uint8Array(5)]);
    await sendAll(sending(phone.store, refusing(401, 'whoAreYou')));
    expect(phone.waiting()).toMatchObject([{ needsTicket: true }]);
    expect(await sendAll(sending(phone.store, () => Promise.reject(new Error('asked'))))).toBe(0);
  });

  it('later is as late as it asks for', async () => {
    const phone = aPhone([new Uint8Array(5)]);
    await sendAll(sending(phone.store, refusing(429, 'later', { 'retry-after': '90' })));
    expect(phone.waiting()).toMatchObject([{ notBefore: NOW + 90_000, failures: 1 }]);
  });

  it.each([
    ['the page of a hotel’s network', async () => new Response('<html>Log in</html>')],
    ['an error of something on the way', async () => Response.json({ error: 'bad gateway' }, { status: 502 })],
    ['another 403', async () => Response.json({ message: 'blocked' }, { status: 403 })],
  ])('%s is no answer: it is kept', async (_, fetch) => {
    const phone = aPhone([new Uint8Array(5)]);
    expect(await sendAll(sending(phone.store, fetch))).toBe(0);
    expect(phone.waiting()).toHaveLength(1);
    expect(phone.said).toEqual([]);
  });
});

it('says of each whether others of its work follow, and whether anybody looks at the page', async () => {
  const phone = aPhone([1, 2, 3].map((byte) => Uint8Array.from([byte])));
  const [, , third] = phone.waiting();
  if (third !== undefined) await phone.store.change({ ...third, work: 'another' });
  const bot = aBot(() => 'answered');
  let seen = true;
  const isSeen = async (): Promise<boolean> => seen;
  const fetch = async (path: string, init: RequestInit): Promise<Response> => {
    seen &&= init.method === 'POST';
    return bot.fetch(path, init);
  };
  expect(await sendAll({ ...sending(phone.store, fetch), isSeen })).toBe(3);
  expect(bot.asked.map(({ more, unseen }) => [more, unseen])).toEqual([
    [true, undefined],
    [undefined, true],
    [undefined, true],
  ]);
});
