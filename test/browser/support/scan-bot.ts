import { createDecipheriv, createECDH, createHash, hkdfSync } from 'node:crypto';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { buffer, json } from 'node:stream/consumers';
import Router from '@koa/router';
import Koa from 'koa';
import { translator } from '../../../cards/text.ts';
import type { Language } from '../../../src/domain/languages.ts';
import { RAW_KEY_BYTES } from '../../../src/platform/captured.ts';
import { scanAssets } from '../../../src/web/capture/assets.ts';
import {
  type CaptureAsk,
  type CaptureHeader,
  type CaptureState,
  type CaptureUpload,
  IV_BYTES,
  SEAL_INFO,
} from '../../../src/web/capture/client/protocol.ts';
import { scanPage } from '../../../src/web/capture/scan-page.ts';
import { fontRoutes } from '../../../src/web/pages/fonts.ts';
import { sendPage } from '../../../src/web/pages/page.ts';
import { seeded } from '../../support/picture-canvas.ts';
import { hereAndAway } from './here-and-away.ts';

/** Something that arrived whole, and was opened. */
export interface Arrived {
  readonly header: CaptureHeader;
  readonly photo: Buffer;
  readonly ticket: string;
}

interface Upload {
  readonly asked: CaptureUpload;
  bytes: Buffer;
  done: boolean;
}

/** What a person is asked for, and in which language. */
export interface AskedPerson {
  readonly name: string;
  readonly asks: readonly CaptureAsk[];
  readonly language?: Language;
  readonly location?: 'ask';
  readonly gallery?: true | undefined;
}

const TAG_BYTES = 16;

/**
 * The bot's side of `Scan and photograph`, written a second time from `protocol.ts` alone: what the page does is held against the words of
 * that, and not against the bot's own reading of them. A cookie `go=<userId>` says who is looking.
 */
export async function startScanBot(people: Readonly<Record<string, AskedPerson>>) {
  const key = createECDH('prime256v1');
  const publicKey = key.generateKeys().toString('base64url');
  const uploads = new Map<string, Upload>();
  const arrived: Arrived[] = [];
  /** Set by the test. */
  const bad = {
    /** How many of a hundred requests for uploads end without an answer, half of them after they were carried out. */
    lost: 0,
    /** Milliseconds by which the bot's clock is away from the phone's. */
    clockMs: 0,
    /** How often it is asked before what has arrived stands in the work. */
    entersAfter: 0,
    /** Answered to an upload in place of anything else. */
    refusal: undefined as { status: number; outcome: string; text: string } | undefined,
  };
  const random = seeded(7);
  const { router: assets, files } = scanAssets(resolve('dist/src/web/capture/files'));
  const viewer = (cookie = ''): string => /go=(\w+)/.exec(cookie)?.[1] ?? '';

  const router = new Router({ prefix: '/go' });
  router.get('/scan', (ctx) => {
    const t = translator(people[viewer(ctx.get('cookie'))]?.language ?? 'en');
    sendPage(ctx, t, scanPage({ corpId: 'corp', clientId: 'app', nonce: 'nonce', files }, t));
  });
  router.get('/scan/state', (ctx) => {
    const who = viewer(ctx.get('cookie'));
    const person = people[who];
    ctx.set('Cache-Control', 'no-store');
    if (person === undefined) {
      ctx.status = 401;
      ctx.body = { outcome: 'whoAreYou', text: 'Who are you?' };
      return;
    }
    ctx.body = stateOf(who, person);
  });
  router.post('/scan/uploads', async (ctx) => {
    const asked = (await json(ctx.req)) as CaptureUpload;
    if (bad.refusal !== undefined) {
      ctx.status = bad.refusal.status;
      ctx.body = bad.refusal;
      return;
    }
    const upload = uploads.get(asked.hash) ?? { asked, bytes: Buffer.alloc(0), done: false };
    uploads.set(asked.hash, upload);
    ctx.body = { have: upload.bytes.length, done: upload.done };
  });
  router.put('/scan/uploads/:hash', async (ctx) => {
    const piece = await buffer(ctx.req);
    const upload = uploads.get(ctx.params.hash ?? '');
    if (upload === undefined) {
      ctx.status = 404;
      ctx.body = { outcome: 'unknown', text: '' };
      return;
    }
    if (piece.length > 65_536) throw new Error('a piece is too large');
    const have = upload.bytes.length;
    const from = Number(ctx.query.from);
    if (from <= have && from + piece.length > have) {
      upload.bytes = Buffer.concat([upload.bytes, piece.subarray(have - from)]);
    }
    if (upload.bytes.length >= upload.asked.size && !upload.done) take(upload);
    ctx.body = { have: upload.bytes.length, done: upload.done };
  });

  function take(upload: Upload): void {
    const { bytes, asked } = upload;
    if (createHash('sha256').update(bytes).digest('hex') !== asked.hash) throw new Error('not what was named');
    arrived.push({ ...opened(bytes), ticket: asked.ticket });
    upload.done = true;
  }

  function opened(bytes: Buffer): { header: CaptureHeader; photo: Buffer } {
    const ephemeral = bytes.subarray(0, RAW_KEY_BYTES);
    const iv = bytes.subarray(RAW_KEY_BYTES, RAW_KEY_BYTES + IV_BYTES);
    const secret = hkdfSync('sha256', key.computeSecret(ephemeral), ephemeral, SEAL_INFO, 32);
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(secret), iv);
    cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const closed = bytes.subarray(RAW_KEY_BYTES + IV_BYTES, -TAG_BYTES);
    const plain = Buffer.concat([cipher.update(closed), cipher.final()]);
    const end = 4 + plain.readUInt32BE(0);
    return { header: JSON.parse(plain.toString('utf8', 4, end)) as CaptureHeader, photo: plain.subarray(end) };
  }

  function stateOf(who: string, person: AskedPerson): CaptureState {
    const entering = arrived.length > 0 && bad.entersAfter > 0;
    if (entering) bad.entersAfter -= 1;
    const asks = person.asks.map((ask) => ({
      ...ask,
      have: (entering ? [] : arrived).filter(
        ({ header, ticket }) => ticket === `ticket-${who}` && header.slot === ask.slot,
      ).length,
    }));
    return {
      now: Date.now() + bad.clockMs,
      who: `who-${who}`,
      name: person.name,
      language: person.language ?? 'en',
      work: { ref: `work-${who}`, shop: 'Baan Coffee', asks, forms: [] },
      entering,
      seal: { keyId: 'k1', publicKey },
      ticket: `ticket-${who}`,
      limits: { pieceBytes: 65_536, largestBytes: 20_000_000 },
      location: person.location ?? 'no',
      gallery: person.gallery ?? false,
    };
  }

  const app = new Koa();
  app.on('error', () => undefined);
  app.use(async (ctx, next) => {
    const fails = ctx.path.startsWith('/go/scan/uploads') && random() * 100 < bad.lost;
    if (fails && random() < 0.5) return void ctx.req.socket.destroy();
    await next();
    if (fails) ctx.req.socket.destroy();
  });
  app.use(fontRoutes().routes()).use(assets.routes()).use(router.routes());
  const server = createServer(app.callback());
  const { port, away, back } = await hereAndAway(server);
  return {
    url: `http://127.0.0.1:${port}/go/scan?corpId=corp`,
    arrived,
    uploads,
    bad,
    /** Nobody answers, until it is back at the same address. */
    away,
    back,
  };
}

/** One ask of a shop, as the bot words it. */
export function anAsk(slot: string, place: string, takes: CaptureAsk['takes'] = 'photo', most = 2): CaptureAsk {
  const title = takes === 'photo' ? 'Wide photo' : 'Code';
  return { slot, place, title, hint: 'The whole counter, with the code on it.', takes, most, have: 0, checking: 0 };
}
