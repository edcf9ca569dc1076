import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { FeedSecret } from '../../config/feed-secrets.ts';

/** What a request says and its signature proves. */
export interface Signed {
  /** The secret's. */
  readonly key: string;
  /** SHA-256 of the body, hex. */
  readonly sha256: string;
  /** Tells this request from all others. */
  readonly signature: string;
}

/** Why a request proves nothing: for the log, never for whoever sent it. */
export type Unproved = 'malformed' | 'time' | 'signature';

/** By the machine's clock a signature holds for so long, before and after its time. */
export const HOLDS_MS = 5 * 60_000;

const HEADERS = z.object({
  'x-feed-key': z.string().max(64),
  'x-feed-time': z.string().regex(/^\d{10}$/),
  'x-feed-sha256': z.string().regex(/^[0-9a-f]{64}$/),
  'x-feed-signature': z.string().regex(/^[0-9a-f]{64}$/),
});

/** What is signed, in the order in which it stands in the text: four lines, none with an end at the last. */
export function signatureOf(secret: Buffer, method: string, path: string, time: string, sha256: string): Buffer {
  return createHmac('sha256', secret).update([method, path, time, sha256].join('\n')).digest();
}

/**
 * Proves a request by its `X-Feed-…` headers (daily-data: HTTPS upload): HMAC-SHA256 by one of the secrets over its method, what its
 * path has after `/feeds/`, its time and the hash of its body. Takes as long whichever of them is wrong.
 */
export function proved(
  request: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  secrets: readonly FeedSecret[],
  machine: number,
): Signed | Unproved {
  const said = HEADERS.safeParse(request.headers);
  if (!said.success) return 'malformed';
  const { 'x-feed-key': key, 'x-feed-time': time, 'x-feed-sha256': sha256, 'x-feed-signature': signature } = said.data;
  const known = secrets.find(({ name }) => name === key);
  const right = signatureOf(known?.secret ?? NOBODYS, request.method, request.path, time, sha256);
  const isRight = timingSafeEqual(right, Buffer.from(signature, 'hex'));
  if (known === undefined || !isRight) return 'signature';
  return Math.abs(machine - Number(time) * 1_000) > HOLDS_MS ? 'time' : { key, sha256, signature };
}

/** What a secret of no known name is tried against, so that it takes as long. */
const NOBODYS = Buffer.alloc(32);
