import { gzipSync } from 'node:zlib';
import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import type { IdSource } from '@field/kit/ids';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { type T, translator } from '../../../cards/text.ts';
import { recordUpdate } from '../../../models/inbox.ts';
import { adminsOf, findPerson, type Person } from '../../../models/people.ts';
import { isLanguage } from '../../domain/languages.ts';
import { isShutOut } from '../../domain/person-state.ts';
import { isQuickEntry, type QuickEntry } from '../../domain/quick-entries.ts';
import type { Platform } from '../../platform/platform.ts';
import { textsFor } from '../pages/language.ts';
import { sendPage } from '../pages/page.ts';
import { createPageTurns } from '../pages/page-turns.ts';
import { readJson } from '../pages/read-body.ts';
import { shortMac } from '../pages/short-mac.ts';
import { createVisitLimits, visitorAddress } from '../pages/visit-limits.ts';
import type { EntryAnswer } from './client/answer.ts';
import { entryPage } from './entry-page.ts';
import { createSessions } from './sessions.ts';

export interface EntryPagesOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly clientId: string;
  /** Where phones reach these pages, without a slash at the end. */
  readonly address: string;
  /** `client/open-entry.ts` as built. */
  readonly script: string;
  readonly platform: Pick<Platform, 'userByCode'>;
  /** Wakes the lane of somebody who tapped. */
  readonly recorded: (lane: string) => void;
}

const CORP_ID = /^[\w-]{1,64}$/;
const TAP = z.object({ nonce: z.string().max(200), code: z.string().min(1).max(200).optional() });
const STATUS: Readonly<Record<EntryAnswer['outcome'], number>> = {
  moved: 200,
  whoAreYou: 401,
  refused: 403,
  later: 503,
};

/**
 * `/go/<entry>?corpId=`: the small page that an entry at the bottom of the chat opens. It learns who taps (DingTalk is asked once,
 * then a signed cookie tells), records that in the person's lane, and closes; the card follows in the chat. Whoever cannot be
 * served reads a sentence in their language.
 */
export function entryRoutes(options: EntryPagesOptions): Router {
  const { clock, ids, clientId, address, platform } = options;
  const limits = createVisitLimits(() => clock.machine());
  const { inTurn } = createPageTurns();
  const sessions = createSessions(
    clientId,
    () => clock.machine(),
    () => ids.token(),
  );
  const script = {
    name: `open-${shortMac(options.script)}.js`,
    text: options.script,
    gzipped: gzipSync(options.script),
  };

  async function admitted(ctx: Context): Promise<boolean> {
    const waitS = await limits.visit('entry', visitorAddress(ctx.req));
    if (waitS > 0) ctx.set('Retry-After', String(waitS));
    return waitS === 0;
  }

  async function open(ctx: Context, entry: QuickEntry): Promise<void> {
    const { corpId } = ctx.query;
    if (typeof corpId !== 'string' || !CORP_ID.test(corpId)) return;
    const userId = sessions.userIn(ctx.get('cookie'));
    const person = userId === undefined ? undefined : await findPerson(userId);
    const isSignedIn = userId !== undefined;
    const model = { entry, corpId, clientId, nonce: sessions.newNonce(), isSignedIn, script: script.name };
    const t = textsOf(ctx, person);
    sendPage(ctx, t, entryPage(model, t));
  }

  /** Who tapped, by a code if there is one, which is remembered; `whoAreYou` when that is nobody. */
  async function userOf(ctx: Context, code: string | undefined): Promise<string | undefined> {
    if (code === undefined) return sessions.userIn(ctx.get('cookie'));
    const userId = await platform.userByCode(code);
    if (userId !== undefined) ctx.append('Set-Cookie', sessions.header(userId, address.startsWith('https:')));
    return userId;
  }

  async function tapped(ctx: Context, entry: QuickEntry): Promise<EntryAnswer> {
    const t = textsOf(ctx, undefined);
    const { data } = TAP.safeParse(await readJson(ctx.req));
    if (data === undefined || !sessions.isGood(data.nonce)) return { outcome: 'refused', text: t('entryPage.stale') };
    const userId = await userOf(ctx, data.code);
    if (userId === undefined) return { outcome: 'whoAreYou', text: t('entryPage.whoAreYou') };
    const person = await findPerson(userId);
    if (person === undefined) return { outcome: 'refused', text: t('entryPage.greetFirst') };
    if (isShutOut(person.state)) return { outcome: 'refused', text: await pausedText(person, textsOf(ctx, person)) };
    const now = clock.now();
    const id = `entry:${data.nonce}:${userId}`;
    const update = {
      kind: 'event',
      id,
      type: 'quickEntry.tapped',
      at: now,
      facts: { entry },
    } as const;
    await recordUpdate(update, userId, now);
    options.recorded(userId);
    return { outcome: 'moved' };
  }

  return new Router({ prefix: '/go' })
    .get(`/${script.name}`, (ctx) => {
      ctx.type = 'text/javascript; charset=utf-8';
      ctx.set('Cache-Control', 'public, max-age=31536000, immutable');
      ctx.vary('Accept-Encoding');
      const zipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
      if (zipped) ctx.set('Content-Encoding', 'gzip');
      ctx.body = zipped ? script.gzipped : script.text;
    })
    .get('/:entry', async (ctx) => {
      const { entry } = ctx.params;
      if (!isQuickEntry(entry)) return;
      if (await admitted(ctx)) await inTurn(ctx.req, () => open(ctx, entry));
      else ctx.status = 429;
    })
    .post('/:entry', async (ctx) => {
      const { entry } = ctx.params;
      if (!isQuickEntry(entry)) return;
      const answer = (await admitted(ctx))
        ? await tapped(ctx, entry).catch((thrown) => later(ctx, thrown))
        : later(ctx);
      ctx.status = STATUS[answer.outcome];
      ctx.set('Cache-Control', 'no-store');
      ctx.body = answer;
    });
}

/** What may work in a moment, as when DingTalk does not answer; a mistake of ours goes on as one. */
function later(ctx: Context, thrown?: unknown): EntryAnswer {
  if (thrown !== undefined && asAppError(thrown).kind === 'bug') throw thrown;
  return { outcome: 'later', text: textsOf(ctx, undefined)('entryPage.noConnection') };
}

/** In the language that the person works in, else in the browser's. */
function textsOf(ctx: Context, person: Person | undefined): T {
  if (isLanguage(person?.language)) return translator(person.language);
  return textsFor(ctx.query, ctx.get('accept-language'));
}

async function pausedText({ isoId }: Person, t: T): Promise<string> {
  const [admin] = isoId === undefined ? [] : await adminsOf(isoId);
  return admin === undefined ? t('notice.suspended') : t('notice.suspended.named', { name: admin.name });
}
