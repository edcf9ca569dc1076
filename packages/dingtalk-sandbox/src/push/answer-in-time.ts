import { setTimeout as after } from 'node:timers/promises';
import type { SentPush } from './courier.ts';
import type { Ack } from './frames.ts';

/** Contract 2.2: an answer to a card's question after that changes nothing. */
const LIMIT_MS = 2_000;

/** The answer to a push for which the client waits, or undefined when it is late; a later one is not listened for. */
export async function answerInTime(sent: SentPush): Promise<Ack | undefined> {
  const calledOff = new AbortController();
  const limit = after(LIMIT_MS, undefined, { signal: calledOff.signal }).catch(() => undefined);
  const ack = await Promise.race([sent.ack, limit]);
  calledOff.abort();
  sent.forget();
  return ack;
}
