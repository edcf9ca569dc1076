import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { readOldAnswer } from './call.ts';
import { allowedAddress } from './fetch-file.ts';
import { parseJson, someTime } from './json.ts';
import { LONGEST } from './lengths.ts';
import { LONGEST_ANSWER_BYTES, readUpTo } from './read-up-to.ts';

const WITHIN_MS = 5_000;

const SESSION = z.looseObject({
  sessionWebhook: z.string().min(1).max(LONGEST.code).optional().catch(undefined),
  sessionWebhookExpiredTime: someTime,
});

/** Where a robot message's `data` says that it can be replied to, while that holds (dingtalk 2.1: 90 minutes). */
export function sessionWebhookOf(data: string, now: number): string | undefined {
  const { sessionWebhook, sessionWebhookExpiredTime = Number.POSITIVE_INFINITY } =
    SESSION.safeParse(parseJson(data)).data ?? {};
  return now < sessionWebhookExpiredTime ? sessionWebhook : undefined;
}

/**
 * Writes a text to a `sessionWebhook` of DingTalk's hosts or of `bases` (dingtalk 3.3): no access token, and none of the month's calls.
 * Throws `dingtalk.refused` for another host, and what any call throws.
 */
export function createSessionReply(bases: readonly string[]): (webhook: string, text: string) => Promise<void> {
  return async (webhook, text) => {
    const address = allowedAddress(webhook, bases);
    if (address === undefined) throw new AppError('dingtalk.refused', { reason: 'foreignHost' });
    const response = await post(address, JSON.stringify({ msgtype: 'text', text: { content: text } }));
    const answer = await readUpTo(
      response,
      LONGEST_ANSWER_BYTES,
      new AppError('dingtalk.failed', { reason: 'tooLong' }),
    );
    readOldAnswer(response.status, answer.toString('utf8'));
  };
}

async function post(address: URL, body: string): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
  } catch {
    // the error of `fetch` may quote the address, which lets whoever has it write into the chat
    throw new AppError('dingtalk.unreachable', { reason: 'session' });
  }
}
