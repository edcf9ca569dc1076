import type { Clock } from '@field/kit/clock';
import Router from '@koa/router';
import type { Context } from 'koa';
import { z } from 'zod';
import type { T } from '../../../cards/text.ts';
import { findPerson, type Person } from '../../../models/people.ts';
import type { EntryAnswer } from '../entries/client/answer.ts';
import { entryPage } from '../entries/entry-page.ts';
import { ENTRY_STATUS } from '../entries/routes.ts';
import { corpIdIn, type SignIn, textsOf } from '../entries/sign-in.ts';
import { sendPage } from '../pages/page.ts';
import { createPageTurns } from '../pages/page-turns.ts';
import { readJson } from '../pages/read-body.ts';
import type { StaticFile } from '../pages/static-file.ts';
import { createVisitLimits, visitorAddress } from '../pages/visit-limits.ts';
import { noPhotosPage, type PhotosOfItem, photosPage } from './photos-page.ts';

export interface ItemPhotoOptions {
  readonly clock: Clock;
  readonly clientId: string;
  readonly signIn: SignIn;
  /** `entries/client/open-entry.ts` as built, which says who looks; `/go` has it. */
  readonly script: StaticFile;
  /** Of an item, undefined where there is none: whose it is, and its photos as far as they are kept. */
  readonly photosOf: (itemRef: string, t: T) => Promise<PhotosOfItem | undefined>;
  /** A photo as a phone loads it, or undefined when it is not there. */
  readonly photo: (contentHash: string) => Promise<Buffer | undefined>;
}

const SIGN_IN = z.object({ nonce: z.string().max(200), code: z.string().min(1).max(200) });

/**
 * `/go/photos/<itemRef>?corpId=`: the photos that a list taken away has the address of. DingTalk says who looks; nobody sees anything but
 * an admin of the item's ISO, asked anew for the page and for each of its pictures.
 */
export function itemPhotoRoutes(options: ItemPhotoOptions): Router {
  const { clock, clientId, signIn } = options;
  const script = `../${options.script.name}`;
  const limits = createVisitLimits(() => clock.machine());
  const { inTurn } = createPageTurns();

  async function admitted(ctx: Context): Promise<boolean> {
    const waitS = await limits.visit('entry', visitorAddress(ctx.req));
    if (waitS > 0) ctx.set('Retry-After', String(waitS));
    return waitS === 0;
  }

  /** Nobody who asks for what is not theirs learns whether it is there. */
  async function shownTo(person: Person | undefined, itemRef: string, t: T): Promise<PhotosOfItem | undefined> {
    if (person?.state !== 'ACTIVE' || person.role !== 'ADMIN') return undefined;
    const found = await options.photosOf(itemRef, t);
    return found?.isoId === person.isoId ? found : undefined;
  }

  async function open(ctx: Context, itemRef: string): Promise<void> {
    const corpId = corpIdIn(ctx);
    if (corpId === undefined) return;
    const userId = signIn.userIn(ctx);
    const person = userId === undefined ? undefined : await findPerson(userId);
    const t = textsOf(ctx, person);
    if (userId === undefined) {
      const said = { title: t('part.photos'), elsewhere: t('photosPage.elsewhere') };
      const nonce = signIn.newNonce();
      return sendPage(ctx, t, entryPage({ ...said, corpId, clientId, nonce, isSignedIn: false, script }, t));
    }
    const found = await shownTo(person, itemRef, t);
    if (found === undefined) ctx.status = 403;
    sendPage(ctx, t, found === undefined ? noPhotosPage(t) : photosPage(found, { itemRef, corpId }, t));
  }

  async function enter(ctx: Context): Promise<EntryAnswer> {
    const t = textsOf(ctx, undefined);
    const { data } = SIGN_IN.safeParse(await readJson(ctx.req));
    if (data === undefined || !signIn.isGood(data.nonce)) return { outcome: 'refused', text: t('entryPage.stale') };
    const userId = await signIn.userOf(ctx, data.code);
    return userId === undefined ? { outcome: 'whoAreYou', text: t('entryPage.whoAreYou') } : { outcome: 'signedIn' };
  }

  async function picture(ctx: Context, itemRef: string, place: number): Promise<void> {
    const userId = signIn.userIn(ctx);
    const person = userId === undefined ? undefined : await findPerson(userId);
    const found = await shownTo(person, itemRef, textsOf(ctx, person));
    const contentHash = found?.photos[place - 1]?.contentHash;
    const jpeg = contentHash === undefined ? undefined : await options.photo(contentHash);
    if (jpeg === undefined) return;
    ctx.type = 'image/jpeg';
    // whoever is an admin no more sees nothing more
    ctx.set('Cache-Control', 'no-store');
    ctx.body = jpeg;
  }

  return new Router({ prefix: '/go/photos' })
    .get('/:itemRef', async (ctx) => {
      if (await admitted(ctx)) await inTurn(ctx.req, () => open(ctx, ctx.params.itemRef ?? ''));
      else ctx.status = 429;
    })
    .get('/:itemRef/:place.jpg', async (ctx) => {
      await inTurn(ctx.req, () => picture(ctx, ctx.params.itemRef ?? '', Number(ctx.params.place)));
    })
    .post('/:itemRef', async (ctx) => {
      const answer: EntryAnswer = (await admitted(ctx))
        ? await enter(ctx)
        : { outcome: 'later', text: textsOf(ctx, undefined)('entryPage.noConnection') };
      ctx.status = ENTRY_STATUS[answer.outcome];
      ctx.set('Cache-Control', 'no-store');
      ctx.body = answer;
    });
}
