import { same, shortMac } from '../pages/short-mac.ts';

const COOKIE = 'join';
const COOKIE_VALUE = /^[a-f0-9]{32}$/;
/** A form may lie open over night. */
const FORM_LIVES_MS = 24 * 3_600_000;
const PAGE_ID = /^[0-9a-z]{6,12}-[\w-]{22}$/;

/** What a form carries: signed together with the visitor's cookie, so that only our own page can have made it. */
export interface FormTickets {
  /** The visitor's cookie, and whether it is new and must be set. */
  cookieOf(header: string | undefined): { readonly value: string; readonly isNew: boolean };
  issue(cookie: string): string;
  /** Whether a form with this ticket came from a page of ours, opened by this visitor, not too long ago. */
  isGood(ticket: string, cookie: string): boolean;
  /** The `Set-Cookie` header. `secure`: the page is only reached by https. */
  header(cookie: string, secure: boolean): string;
}

/** Signed double-submit: it needs no script and no address of our own, so it works behind any proxy. */
export function createTickets(now: () => number, token: () => string): FormTickets {
  const macOf = (at: string, cookie: string): string => shortMac(`join form ${at} ${cookie}`);
  return {
    cookieOf(header) {
      const known = cookieIn(header);
      return known === undefined ? { value: token(), isNew: true } : { value: known, isNew: false };
    },
    issue(cookie) {
      const at = now().toString(36);
      return `${at}-${macOf(at, cookie)}`;
    },
    isGood(ticket, cookie) {
      const [at = '', ...mac] = ticket.split('-');
      const age = now() - Number.parseInt(at, 36);
      return age >= 0 && age <= FORM_LIVES_MS && same(mac.join('-'), macOf(at, cookie));
    },
    header(cookie, secure) {
      const life = `Max-Age=${FORM_LIVES_MS / 1_000}`;
      return `${COOKIE}=${cookie}; Path=/join; ${life}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
    },
  };
}

/** The id of what a form asks: the same form with the same words, sent twice, asks once. It begins with when it was asked. */
export function pageIdOf(ticket: string, words: readonly string[], now: number): string {
  const [at = now.toString(36)] = ticket.split('-');
  return `${at}-${shortMac(`join request ${JSON.stringify([ticket, ...words])}`)}`;
}

/** When a request from the page was asked, milliseconds. */
export function askedAtOf(pageId: string): number {
  return Number.parseInt(pageId, 36);
}

/** The unguessable end of a status page's address. */
export function statusTokenOf(pageId: string): string {
  return `${pageId}.${shortMac(`join status ${pageId}`)}`;
}

/** The request whose status a token shows; undefined when it was not made by us. */
export function pageIdIn(token: string): string | undefined {
  const [pageId = '', mac = ''] = token.split('.');
  return PAGE_ID.test(pageId) && same(mac, shortMac(`join status ${pageId}`)) ? pageId : undefined;
}

function cookieIn(header = ''): string | undefined {
  const found = header.split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`));
  const value = found?.slice(COOKIE.length + 1);
  return value !== undefined && COOKIE_VALUE.test(value) ? value : undefined;
}
