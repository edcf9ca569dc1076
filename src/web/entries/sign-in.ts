import type { Clock } from '@field/kit/clock';
import type { IdSource } from '@field/kit/ids';
import type { Context } from 'koa';
import { type T, translator } from '../../../cards/text.ts';
import { adminsOf, type Person } from '../../../models/people.ts';
import { isLanguage } from '../../domain/languages.ts';
import type { Platform } from '../../platform/platform.ts';
import { textsFor } from '../pages/language.ts';
import { createSessions } from './sessions.ts';

export interface SignInOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly clientId: string;
  /** Where phones reach these pages, without a slash at the end. */
  readonly address: string;
  readonly platform: Pick<Platform, 'userByCode'>;
}

/** Who looks at a page below `/go`: DingTalk says it once, then a signed cookie. */
export interface SignIn {
  /** Whom the cookie names. */
  userIn(ctx: Context): string | undefined;
  /** Whom a code names, which is remembered; without one, whom the cookie does. Undefined when that is nobody. */
  userOf(ctx: Context, code: string | undefined): Promise<string | undefined>;
  newNonce(): string;
  isGood(nonce: string): boolean;
}

const CORP_ID = /^[\w-]{1,64}$/;

export function createSignIn({ clock, ids, clientId, address, platform }: SignInOptions): SignIn {
  const sessions = createSessions(
    clientId,
    () => clock.machine(),
    () => ids.token(),
  );
  const userIn = (ctx: Context) => sessions.userIn(ctx.get('cookie'));
  return {
    userIn,
    async userOf(ctx, code) {
      if (code === undefined) return userIn(ctx);
      const userId = await platform.userByCode(code);
      if (userId !== undefined) ctx.append('Set-Cookie', sessions.header(userId, address.startsWith('https:')));
      return userId;
    },
    newNonce: sessions.newNonce,
    isGood: sessions.isGood,
  };
}

/** The organisation that an address names; undefined for what cannot be one. */
export function corpIdIn(ctx: Context): string | undefined {
  const { corpId } = ctx.query;
  return typeof corpId === 'string' && CORP_ID.test(corpId) ? corpId : undefined;
}

/** In the language that the person works in, else in the browser's. */
export function textsOf(ctx: Context, person: Person | undefined): T {
  if (isLanguage(person?.language)) return translator(person.language);
  return textsFor(ctx.query, ctx.get('accept-language'));
}

/** Who may not work: their admin by name, where there is one. */
export async function pausedText({ isoId }: Person, t: T): Promise<string> {
  const [admin] = isoId === undefined ? [] : await adminsOf(isoId);
  return admin === undefined ? t('notice.suspended') : t('notice.suspended.named', { name: admin.name });
}
