import { gzipSync } from 'node:zlib';
import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { T } from '../../../cards/text.ts';
import { hasRecorded, recordUpdate } from '../../../models/inbox.ts';
import { findPerson, type Person } from '../../../models/people.ts';
import { captureKey } from '../../../models/sealing.ts';
import { isShutOut } from '../../domain/person-state.ts';
import type { Subject } from '../../platform/subject.ts';
import { corpIdIn, pausedText, type SignIn, textsOf } from '../entries/sign-in.ts';
import { sendPage } from '../pages/page.ts';
import { createPageTurns } from '../pages/page-turns.ts';
import { readJson, readOctets } from '../pages/read-body.ts';
import { shortMac } from '../pages/short-mac.ts';
import { sendZipped } from '../pages/static-file.ts';
import { createVisitLimits, type Visit, visitorAddress } from '../pages/visit-limits.ts';
import type { ScanFiles } from './assets.ts';
import type {
  CaptureProgress,
  CaptureRefusal,
  CaptureSignature,
  CaptureState,
  CaptureWork,
} from './client/protocol.ts';
import { createReceiver, LARGEST_SEALED_BYTES, PIECE_BYTES, type Received } from './receive.ts';
import { scanPage } from './scan-page.ts';
import { createTickets } from './tickets.ts';

/** What somebody can take and fill in now, in their language. */
export interface WorkToCapture extends Omit<CaptureWork, 'ref'> {
  readonly work: Subject;
}

/** How the work stands that something was taken for, at the moment at which it was. */
export type EndedWork = { readonly shop: string; readonly how: 'submitted' | 'discarded' | 'over' } | undefined;

export interface CapturePagesOptions {
  readonly clock: Clock;
  readonly dingTalkNow: () => number;
  readonly clientId: string;
  /** Where phones reach these pages, without a slash at the end. */
  readonly address: string;
  readonly signIn: SignIn;
  /** What the page is built of. */
  readonly files: ScanFiles;
  /** What is in this person's hand, as the cards of it ask. */
  readonly workOf: (person: Person, t: T) => Promise<WorkToCapture | undefined>;
  readonly endedOf: (person: Person, work: Subject, at: number) => Promise<EndedWork>;
  /** What the page of this person offers. */
  readonly wishes: (person: Person) => Promise<Pick<CaptureState, 'location' | 'gallery'>>;
  /** What lets this page of a client ask for the place; undefined where it is not signed. */
  readonly signed: (search: string) => Promise<CaptureSignature | undefined>;
  /** Wakes the lane of somebody who took something. */
  readonly recorded: (lane: string) => void;
}

const SIGN_IN = z.object({ nonce: z.string().max(200), code: z.string().min(1).max(200) });
const HASH = /^[\da-f]{64}$/;
const UPLOAD = z.object({
  ticket: z.string().min(1).max(2_000),
  hash: z.string().regex(HASH),
  size: z.number().int().positive(),
  keyId: z.string().max(64),
  phoneNow: z.number(),
  more: z.literal(true).optional(),
  unseen: z.literal(true).optional(),
});
const LEFT = UPLOAD.pick({ ticket: true });
const STATUS = { whoAreYou: 401, refused: 403, unknown: 404, dropped: 422, later: 503 } as const satisfies Record<
  CaptureRefusal['outcome'],
  number
>;

/**
 * `/go/scan`: the page that scans codes and takes photos beside the chat. What is taken comes sealed and in pieces, for the work that its
 * ticket names, and goes the way of a photo of the chat.
 */
export function captureRoutes(options: CapturePagesOptions): Router {
  const { clock, dingTalkNow, clientId, signIn, files } = options;
  const limits = createVisitLimits(() => clock.machine());
  const { inTurn } = createPageTurns();
  const tickets = createTickets(clientId, () => clock.machine());
  const receiver = createReceiver({ clock, dingTalkNow, recorded: options.recorded });

  async function open(ctx: Context): Promise<void> {
    const corpId = corpIdIn(ctx);
    if (corpId === undefined) return;
    const userId = signIn.userIn(ctx);
    const t = textsOf(ctx, userId === undefined ? undefined : await findPerson(userId));
    sendPage(ctx, t, scanPage({ corpId, clientId, nonce: signIn.newNonce(), files }, t));
  }

  async function enter(ctx: Context): Promise<void> {
    const t = textsOf(ctx, undefined);
    const { data } = SIGN_IN.safeParse(await readJson(ctx.req));
    if (data === undefined || !signIn.isGood(data.nonce)) return refuse(ctx, 'refused', t('entryPage.stale'));
    const userId = await signIn.userOf(ctx, data.code);
    if (userId === undefined) return refuse(ctx, 'whoAreYou', t('entryPage.whoAreYou'));
    answer(ctx, { outcome: 'signedIn' });
  }

  async function state(ctx: Context): Promise<void> {
    const userId = signIn.userIn(ctx);
    const person = userId === undefined ? undefined : await findPerson(userId);
    const t = textsOf(ctx, person);
    if (userId === undefined) return refuse(ctx, 'whoAreYou', t('entryPage.whoAreYou'));
    if (person === undefined) return refuse(ctx, 'refused', t('entryPage.greetFirst'));
    if (isShutOut(person.state)) return refuse(ctx, 'refused', await pausedText(person, t));
    // looked for first: what is entered meanwhile is part of the work then
    const entering = await hasRecorded(userId);
    const found = person.state === 'ACTIVE' ? await options.workOf(person, t) : undefined;
    const { keyId, publicKey } = captureKey();
    const at = dingTalkNow();
    const isoId = person.isoId ?? '';
    answerPacked(ctx, {
      now: at,
      entering,
      who: shortMac(`capture who ${clientId} ${userId}`),
      name: person.name,
      language: t.language,
      work: found && {
        ref: shortMac(`capture work ${found.work.kind} ${found.work.id}`),
        shop: found.shop,
        asks: found.asks,
        forms: found.forms,
      },
      says: found === undefined ? t('capture.nothingOpen') : undefined,
      seal: { keyId, publicKey },
      ticket: found === undefined ? '' : tickets.give({ userId, isoId, work: found.work, at }),
      limits: { pieceBytes: PIECE_BYTES, largestBytes: LARGEST_SEALED_BYTES },
      ...(await options.wishes(person)),
    } satisfies CaptureState);
  }

  async function signature(ctx: Context): Promise<void> {
    const userId = signIn.userIn(ctx);
    const t = textsOf(ctx, undefined);
    if (userId === undefined) return refuse(ctx, 'whoAreYou', t('entryPage.whoAreYou'));
    const signed = await options.signed(String(ctx.query.search));
    if (signed === undefined) return refuse(ctx, 'unknown', t('entryPage.noConnection'));
    answer(ctx, signed);
  }

  async function begin(ctx: Context): Promise<void> {
    const { data } = UPLOAD.safeParse(await readJson(ctx.req));
    const ticket = data && tickets.read(data.ticket);
    const person = ticket && (await findPerson(ticket.userId));
    const t = textsOf(ctx, person);
    if (data === undefined) return refuse(ctx, 'dropped', t('capture.notForUs'));
    if (ticket === undefined || person === undefined) return refuse(ctx, 'whoAreYou', t('capture.ticketOver'));
    if (isShutOut(person.state)) return refuse(ctx, 'refused', await pausedText(person, t));
    await say(ctx, t, await receiver.begin(ticket, data));
  }

  async function piece(ctx: Context, hash: string): Promise<void> {
    const t = textsOf(ctx, undefined);
    const bytes = await readOctets(ctx.req, PIECE_BYTES);
    const from = Number(ctx.query.from);
    if (bytes === 'tooLarge') return refuse(ctx, 'dropped', t('note.photoTooBig'), 413);
    if (bytes === 'otherType' || !Number.isSafeInteger(from) || from < 0)
      return refuse(ctx, 'dropped', t('capture.notForUs'));
    await say(ctx, t, await receiver.piece(hash, from, bytes));
  }

  /** Whoever has left the page looks at the chat: what they sent is shown there, now that nothing more is awaited. */
  async function left(ctx: Context): Promise<void> {
    const { data } = LEFT.safeParse(await readJson(ctx.req));
    const { userId } = (data && tickets.read(data.ticket)) ?? {};
    if (userId === undefined) return refuse(ctx, 'whoAreYou', textsOf(ctx, undefined)('capture.ticketOver'));
    const [at, now] = [dingTalkNow(), clock.now()];
    const id = `left:${userId}:${clock.machine()}`;
    await recordUpdate({ kind: 'event', type: 'capture.left', id, at, facts: {} }, userId, now);
    options.recorded(userId);
    answer(ctx, {});
  }

  async function say(ctx: Context, t: T, received: Received): Promise<void> {
    switch (received.kind) {
      case 'progress': {
        const { have, done } = received;
        return answer(ctx, { have, done, says: await endedText(ctx, received) } satisfies CaptureProgress);
      }
      case 'dropped':
        return refuse(ctx, 'dropped', t(received.key), received.status);
      case 'unknown':
        return refuse(ctx, 'unknown', t('entryPage.noConnection'));
      case 'foreign':
        return refuse(ctx, 'refused', t('capture.notForUs'));
      case 'tooMany':
        ctx.set('Retry-After', String(received.waitS));
        return refuse(ctx, 'later', t('capture.tooMany'), 429);
    }
  }

  /** Of what can be used no more it is said, and that a photo is kept. */
  async function endedText(
    ctx: Context,
    { capture, at, isKept = false }: Extract<Received, { kind: 'progress' }>,
  ): Promise<string | undefined> {
    const person = capture && (await findPerson(capture.userId));
    if (capture === undefined || person === undefined || at === undefined) return undefined;
    const ended = await options.endedOf(person, capture.work, at);
    const t = textsOf(ctx, person);
    if (ended === undefined) return undefined;
    const { shop, how } = ended;
    return t('capture.tooLate', { what: isKept ? 'photo' : 'other', shop, named: shop === '' ? 'no' : 'yes', how });
  }

  /** Runs it for pages of ours only, within the limits; what may work in a moment is said to be so. */
  function guarded(visit: Visit, run: (ctx: Context) => Promise<void>): (ctx: Context) => Promise<void> {
    return async (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      const t = textsOf(ctx, undefined);
      if (!isFromHere(ctx, options.address)) return refuse(ctx, 'refused', t('entryPage.elsewhere'));
      const waitS = await limits.visit(visit, visitorAddress(ctx.req));
      if (waitS > 0) {
        ctx.set('Retry-After', String(waitS));
        return refuse(ctx, 'later', t('entryPage.noConnection'), 429);
      }
      try {
        await run(ctx);
      } catch (thrown) {
        if (asAppError(thrown).kind === 'bug') throw thrown;
        ctx.set('Retry-After', '5');
        refuse(ctx, 'later', t('entryPage.noConnection'));
      }
    };
  }

  return new Router({ prefix: '/go/scan' })
    .get('/', async (ctx) => {
      const waitS = await limits.visit('entry', visitorAddress(ctx.req));
      if (waitS === 0) return await inTurn(ctx.req, () => open(ctx));
      ctx.set('Retry-After', String(waitS));
      ctx.status = 429;
    })
    .get('/state', guarded('entry', state))
    .get('/signature', guarded('entry', signature))
    .post('/sign-in', guarded('entry', enter))
    .post('/left', guarded('piece', left))
    .post('/uploads', guarded('piece', begin))
    .put('/uploads/:hash', async (ctx) => {
      const { hash = '' } = ctx.params;
      if (HASH.test(hash)) await guarded('piece', () => piece(ctx, hash))(ctx);
    });
}

/** What a browser sends of itself for a page elsewhere is refused; what is no browser says nothing. */
function isFromHere(ctx: Context, address: string): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin' && site !== 'none') return false;
  const origin = ctx.get('origin');
  return (
    origin === '' || origin === new URL(address).origin || (URL.canParse(origin) && new URL(origin).host === ctx.host)
  );
}

function answer(ctx: Context, body: object): void {
  ctx.status = 200;
  ctx.body = body;
}

/** What is asked of a shop with many spots is large on a poor network, and packs well. */
function answerPacked(ctx: Context, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  ctx.status = 200;
  ctx.type = 'application/json';
  sendZipped(ctx, bytes, gzipSync(bytes));
}

function refuse(
  ctx: Context,
  outcome: CaptureRefusal['outcome'],
  text: string,
  status: number = STATUS[outcome],
): void {
  ctx.status = status;
  ctx.body = { outcome, text } satisfies CaptureRefusal;
}
