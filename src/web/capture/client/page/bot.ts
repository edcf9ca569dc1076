import type { CaptureLeft, CaptureRefusal, CaptureSignature, CaptureSignIn, CaptureState } from '../protocol.ts';

const ANSWERS_WITHIN_MS = 20_000;

/** Where the page's own addresses are from: below a prefix in a client that shows it there. */
export const BASE = new URL('.', location.href);

/** The bot, as the page asks it. */
export async function getState(): Promise<CaptureState | CaptureRefusal | 'noConnection'> {
  return ask('scan/state', { method: 'GET' });
}

export async function signIn(
  said: CaptureSignIn,
): Promise<{ readonly outcome: 'signedIn' } | CaptureRefusal | 'noConnection'> {
  const headers = { 'content-type': 'application/json' };
  return ask('scan/sign-in', { method: 'POST', headers, body: JSON.stringify(said) });
}

/** What lets this page ask DingTalk's client for the place. */
export async function getSignature(): Promise<CaptureSignature | CaptureRefusal | 'noConnection'> {
  return ask(`scan/signature?search=${encodeURIComponent(location.search)}`, { method: 'GET' });
}

/** Goes out though the page is gone by then; nobody waits for an answer. */
export function tellLeft(said: CaptureLeft): void {
  navigator.sendBeacon(new URL('scan/left', BASE), new Blob([JSON.stringify(said)], { type: 'application/json' }));
}

/** What is no answer of the bot's (a hotel's page, an error on the way) is no connection. */
async function ask<Answer>(path: string, init: RequestInit): Promise<Answer | CaptureRefusal | 'noConnection'> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), ANSWERS_WITHIN_MS);
  try {
    const answer = await fetch(new URL(path, BASE), {
      ...init,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: stop.signal,
    });
    const body: unknown = await answer.json();
    if (typeof body !== 'object' || body === null || (!answer.ok && !('outcome' in body))) return 'noConnection';
    return body as Answer | CaptureRefusal;
  } catch {
    return 'noConnection';
  } finally {
    clearTimeout(late);
  }
}
