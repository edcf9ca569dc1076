import { AppError } from '@field/kit/errors';
import { z } from 'zod';
import { parseJson, someCode, someText } from './json.ts';
import { banned, isBan, notJson, refusal } from './refusal.ts';

/** The SDK loses its own read time-out on a connection that is used again, so every call has this one too. */
const HARD_LIMIT_MS = 7_000;

/** What the SDK throws for an answer of 4xx or 5xx. */
const SDK_REFUSAL = z.looseObject({
  code: someText,
  statusCode: z.number().optional().catch(undefined),
  data: z.looseObject({ statusCode: z.number().optional().catch(undefined) }),
});

/** Runs one call of the SDK; whatever goes wrong comes out as an `AppError`, without the request or the answer in it. */
export async function callSdk<T>(call: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('dingtalk.unreachable', { reason: 'timeout' })), HARD_LIMIT_MS);
  });
  try {
    return await Promise.race([call(), late]);
  } catch (thrown) {
    throw sdkError(thrown);
  } finally {
    clearTimeout(timer);
  }
}

function sdkError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const refused = SDK_REFUSAL.safeParse(thrown);
  if (refused.success) {
    const { code, statusCode, data } = refused.data;
    // the SDK writes an absent code as the word "undefined"
    return isBan(data) ? banned() : refusal(statusCode ?? data.statusCode, code === 'undefined' ? undefined : code);
  }
  // it parses every answer as JSON; the message of that error quotes the answer, so it is not kept
  if (thrown instanceof SyntaxError) return notJson();
  return unreachable(thrown);
}

function unreachable(thrown: unknown): AppError {
  const { data } = z.looseObject({ code: someText, name: someText }).safeParse(thrown);
  const reason = data?.code ?? (data?.name?.includes('Timeout') ? 'timeout' : 'network');
  return new AppError('dingtalk.unreachable', { reason });
}

const OLD_ANSWER = z.looseObject({ errcode: someCode, sub_code: someCode, errmsg: someText });

/** Reads an answer of the old API: HTTP 200 with `errcode`, which is a number or its text (dingtalk 3). */
export function readOldAnswer(status: number, text: string): Record<string, unknown> {
  const body = parseJson(text);
  if (isBan(body)) throw banned();
  const answer = OLD_ANSWER.safeParse(body).data;
  if (answer?.errcode !== undefined && Number(answer.errcode) !== 0) throw refusal(undefined, causeOf(answer));
  if (status < 200 || status > 299) throw refusal(status, undefined);
  if (answer === undefined) throw notJson();
  return answer;
}

/** What stands before every call of `topapi` (token, permission, rate, address) refuses as 88, and says below it which of them it is. */
function causeOf({ errcode, sub_code: subCode, errmsg }: z.infer<typeof OLD_ANSWER>): string | undefined {
  if (errcode !== '88') return errcode;
  return subCode ?? /\bsubcode=(-?\d+)/.exec(errmsg ?? '')?.[1] ?? errcode;
}
