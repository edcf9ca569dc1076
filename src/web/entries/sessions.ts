import { same, shortMac } from '../pages/short-mac.ts';

const COOKIE = 'go';
/** A working day: who tapped is asked of DingTalk once in it, and a phone that is handed on is not asked in vain for long. */
const LIVES_MS = 12 * 3_600_000;
const USER_ID = /^[\w@.$+/=-]{1,64}$/;
const NONCE_LIVES_MS = 3_600_000;

/** Who tapped, kept in a signed cookie, so that the next tap asks nobody. */
export interface EntrySessions {
  /** Whom a `Cookie` header names; undefined without one of ours, or when it is too old. */
  userIn(header: string | undefined): string | undefined;
  /** The `Set-Cookie` header for somebody. `secure`: the page is only reached by https. */
  header(userId: string, secure: boolean): string;
  /** Names one opened page, so that what it sends twice happens once. */
  newNonce(): string;
  /** Whether a page of ours had this nonce, not too long ago. */
  isGood(nonce: string): boolean;
}

/** `app`: the client id; another app's people are others. `machine`: real time, milliseconds. */
export function createSessions(app: string, machine: () => number, token: () => string): EntrySessions {
  const macOf = (userId: string, at: string): string => shortMac(`entry session ${app} ${at} ${userId}`);
  const macOfNonce = (at: string, name: string): string => shortMac(`entry nonce ${at} ${name}`);
  const isRecent = (at: string, livesMs: number): boolean => {
    const age = machine() - Number.parseInt(at, 36);
    return age >= 0 && age <= livesMs;
  };
  return {
    userIn(header = '') {
      const found = header.split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`));
      const [name = '', at = '', mac = ''] = found?.slice(COOKIE.length + 1).split('.') ?? [];
      const userId = Buffer.from(name, 'base64url').toString('utf8');
      const isOurs = USER_ID.test(userId) && same(mac, macOf(userId, at));
      return isOurs && isRecent(at, LIVES_MS) ? userId : undefined;
    },
    header(userId, secure) {
      const at = machine().toString(36);
      const value = `${Buffer.from(userId, 'utf8').toString('base64url')}.${at}.${macOf(userId, at)}`;
      // a frame of DingTalk's own is a foreign site to us
      const site = secure ? 'SameSite=None; Secure' : 'SameSite=Lax';
      return `${COOKIE}=${value}; Path=/go; Max-Age=${LIVES_MS / 1_000}; HttpOnly; ${site}`;
    },
    newNonce() {
      const [at, name] = [machine().toString(36), token()];
      return `${at}.${name}.${macOfNonce(at, name)}`;
    },
    isGood(nonce) {
      const [at = '', name = '', mac = ''] = nonce.split('.');
      return same(mac, macOfNonce(at, name)) && isRecent(at, NONCE_LIVES_MS);
    },
  };
}
