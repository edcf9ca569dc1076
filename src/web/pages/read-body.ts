import type { IncomingMessage } from 'node:http';

/** Some short fields; whatever is larger is none of our pages'. */
const LARGEST_BYTES = 8 * 1024;
const GIVEN_UP_BYTES = 1024 * 1024;

type Unread = 'tooLarge' | 'otherType';

/** The fields of a form that was sent, or why there are none. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | Unread> {
  const sent = await readBytes(request, /^application\/x-www-form-urlencoded\b/i);
  return typeof sent === 'string' ? sent : new URLSearchParams(sent.toString('utf8'));
}

/**
 * What a script of ours sent, not checked yet; undefined when it is none of that. A page elsewhere cannot send this type without
 * being allowed to.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const sent = await readBytes(request, /^application\/json\b/i);
  if (typeof sent === 'string') return undefined;
  try {
    return JSON.parse(sent.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Bytes that a script of ours sent, or why there are none. A page elsewhere cannot send this type without being allowed to. */
export async function readOctets(request: IncomingMessage, largest: number): Promise<Buffer | Unread> {
  return await readBytes(request, /^application\/octet-stream\b/i, largest);
}

async function readBytes(request: IncomingMessage, type: RegExp, largest = LARGEST_BYTES): Promise<Buffer | Unread> {
  if (!type.test(request.headers['content-type'] ?? '')) return 'otherType';
  const chunks: Buffer[] = [];
  let bytes = 0;
  // read to its end, so that the answer is read too, but kept only while it may be one of ours
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= largest) chunks.push(chunk);
    else if (bytes > GIVEN_UP_BYTES) break;
  }
  return bytes > largest ? 'tooLarge' : Buffer.concat(chunks);
}
