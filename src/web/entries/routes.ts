import type { Clock } from '@field/kit/clock';
import { asAppError } from '@field/kit/errors';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import { quickEntryName } from '../../../cards/quick-entries.ts';
import { recordUpdate } from '../../../models/inbox.ts';
import { findPerson } from '../../../models/people.ts';
import { isShutOut } from '../../domain/person-state.ts';
import { isQuickEntry, type QuickEntry } from '../../domain/quick-entries.ts';
import { sendPage } from '../pages/page.ts';
import { createPageTurns } from '../pages/page-turns.ts';
import { readJson } from '../pages/read-body.ts';
import type { StaticFile } from '../pages/static-file.ts';
import { createVisitLimits, visitorAddress } from '../pages/visit-limits.ts';
import type { EntryAnswer } from './client/answer.ts';
import { entryPage } from './entry-page.ts';
import { corpIdIn, pausedText, type SignIn, textsOf } from './sign-in.ts';

export interface EntryPagesOptions {
  readonly clock: Clock;
  readonly clientId: string;
  readonly signIn: SignIn;
  /** `client/open-entry.ts` as built. */
  readonly script: StaticFile;
  /** Wakes the lane of somebody who tapped. */
  readonly recorded: (lane: string) => void;
}

const TAP = z.object({ nonce: z.string().max(200), code: z.string().min(1).max(200).optional() });
/** The status of each answer. */
export const ENTRY_STATUS: Readonly<Record<EntryAnswer['outcome'], number>> = {
  moved: 200,
  signedIn: 200,
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
  const { clock, clientId, signIn, script } = options;
  const limits = createVisitLimits(() => clock.machine());
  const { inTurn } = createPageTurns();

  async function admitted(ctx: Context): Promise<boolean> {
    const waitS = await limits.visit('entry', visitorAddress(ctx.req));
    if (waitS > 0) ctx.set('Retry-After', String(waitS));
    return waitS === 0;
  }

  async function open(ctx: Context, entry: QuickEntry): Promise<void> {
    const corpId = corpIdIn(ctx);
    if (corpId === undefined) return;
    const userId = signIn.userIn(ctx);
    const person = userId === undefined ? undefined : await findPerson(userId);
    const isSignedIn = userId !== undefined;
    const t = textsOf(ctx, person);
    const said = { title: quickEntryName(t, entry), elsewhere: t('entryPage.elsewhere') };
    const model = { ...said, corpId, clientId, nonce: signIn.newNonce(), isSignedIn, script: script.name };
    sendPage(ctx, t, entryPage(model, t));
  }

  async function tapped(ctx: Context, entry: QuickEntry): Promise<EntryAnswer> {
    const t = textsOf(ctx, undefined);
    const { data } = TAP.safeParse(await readJson(ctx.req));
    if (data === undefined || !signIn.isGood(data.nonce)) return { outcome: 'refused', text: t('entryPage.stale') };
    const userId = await signIn.userOf(ctx, data.code);
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
    .get(`/${script.name}`, (ctx) => script.send(ctx))
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
      ctx.status = ENTRY_STATUS[answer.outcome];
      ctx.set('Cache-Control', 'no-store');
      ctx.body = answer;
    });
}

/** What may work in a moment, as when DingTalk does not answer; a mistake of ours goes on as one. */
function later(ctx: Context, thrown?: unknown): EntryAnswer {
  if (thrown !== undefined && asAppError(thrown).kind === 'bug') throw thrown;
  return { outcome: 'later', text: textsOf(ctx, undefined)('entryPage.noConnection') };
}
