import type { IncomingMessage } from 'node:http';

/** Three short fields; whatever is larger is none of our forms. */
const LARGEST_BYTES = 8 * 1024;
const GIVEN_UP_BYTES = 1024 * 1024;

/** The fields of a form that was sent, each cut of blanks, or why there are none: too large, or no form at all. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | 'tooLarge' | 'notAForm'> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return 'notAForm';
  const chunks: Buffer[] = [];
  let bytes = 0;
  // read to its end, so that the answer is read too, but kept only while it may be one of ours
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= LARGEST_BYTES) chunks.push(chunk);
    else if (bytes > GIVEN_UP_BYTES) break;
  }
  if (bytes > LARGEST_BYTES) return 'tooLarge';
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
