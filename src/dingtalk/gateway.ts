import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { parseJson, someText } from './json.ts';
import { LONGEST_ANSWER_BYTES, readUpTo } from './read-up-to.ts';
import { banned, isBan, notJson, refusal, tooLong } from './refusal.ts';

const PATH = '/v1.0/gateway/connections/open';

const TICKET = z.object({ endpoint: z.url({ protocol: /^wss?$/ }), ticket: z.string().min(1) });
const REFUSAL = z.looseObject({ code: someText });

export interface GatewayRequest {
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ua: string;
  readonly subscriptions: readonly { readonly type: string; readonly topic: string }[];
  readonly signal: AbortSignal;
}

/**
 * Asks DingTalk for a place to connect to (dingtalk 1.1): the WebSocket address with its ticket, good once and for 90 s.
 * Throws `dingtalk.unreachable`, `dingtalk.busy`, `dingtalk.credentials` or `dingtalk.refused`.
 */
export async function askForEndpoint(request: GatewayRequest): Promise<string> {
  const { apiBase, clientId, clientSecret, ua, subscriptions, signal } = request;
  const { status, body } = await post(
    `${apiBase}${PATH}`,
    JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    signal,
  );
  const answer = parseJson(body);
  if (isBan(answer)) throw banned();
  if (status < 200 || status > 299) throw refused(status, REFUSAL.safeParse(answer).data?.code);
  if (answer === undefined) throw notJson();
  const { data: place } = TICKET.safeParse(answer);
  if (place === undefined) throw new AppError('dingtalk.refused', { status, reason: 'noTicket' });
  const address = new URL(place.endpoint);
  // a ticket is a password: it goes out in the clear only where the whole DingTalk is on this machine
  if (address.protocol !== 'wss:' && !apiBase.startsWith('http://')) {
    throw new AppError('dingtalk.refused', { status, reason: 'notEncrypted' });
  }
  address.searchParams.set('ticket', place.ticket);
  return address.href;
}

/** Here no token is sent, so 401 speaks of the credentials. */
function refused(status: number, code: string | undefined): AppError {
  const error = refusal(status, code);
  return error.code === 'dingtalk.tokenExpired' ? new AppError('dingtalk.credentials', { ...error.details }) : error;
}

async function post(url: string, body: string, signal: AbortSignal): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      // without `accept` DingTalk answers in XML
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'error',
      signal,
    });
    return { status: response.status, body: String(await readUpTo(response, LONGEST_ANSWER_BYTES, tooLong())) };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw new AppError('dingtalk.unreachable', { path: PATH }, { cause: thrown });
  }
}
