import type { IncomingMessage } from 'node:http';
import { patiently } from '../../work/patiently.ts';
import { within } from '../../work/within.ts';

/** A body of which nothing more came for so long. */
export class BodyTooSlow extends Error {}

/** A body piece by piece; throws `BodyTooSlow` when the next one does not come in time, and what the connection throws when it is cut. */
export function piecesOf(request: IncomingMessage, longestMs: number): AsyncGenerator<Buffer> {
  const pieces = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  return patiently(pieces, longestMs, () => new BodyTooSlow());
}

const DISCARDED_BYTES = 1024 * 1024;
const DISCARDED_WITHIN_MS = 2_000;

/**
 * Before a refusal is answered: what is small is read to its end, since whoever is still sending reads no answer; of what is large the
 * connection ends with the answer.
 */
export async function discard(request: IncomingMessage): Promise<void> {
  // who asks before sending sends nothing now
  if (request.headers.expect !== undefined) return;
  await within(DISCARDED_WITHIN_MS, discardAll(request), undefined);
}

async function discardAll(request: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > DISCARDED_BYTES) return;
    }
  } catch {
    // who sends no more reads no answer either
  }
}
