/** What became of one call to the receiver. */
export interface Answer {
  readonly taken: boolean;
  /** For operators: `204`, `503`, `ECONNREFUSED`, `no answer in 15 s`. */
  readonly answered: string;
  /** It said that it wants no more (410). */
  readonly gone: boolean;
  /** How long it asked to be left alone, milliseconds. */
  readonly retryAfterMs: number;
}

interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Nobody waits for it any more: then it rejects. */
  readonly closing: AbortSignal;
  /** Milliseconds since the epoch, by this machine. */
  readonly machine: () => number;
}

const GONE = 410;
/** A connection is used again when what was answered has been read; nothing in it counts. */
const MOST_READ_BYTES = 16 * 1024;

/**
 * Posts one message. Only 2xx is taken; no redirect is followed, since where a signed message goes is the operator's to say. What the
 * answer says besides is not looked at, and of a long one the rest is left.
 */
export async function post({ url, headers, body, timeoutMs, closing, machine }: Call): Promise<Answer> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const { status } = response;
    await readSome(response).catch(() => undefined);
    const retryAfterMs = millisecondsIn(response.headers.get('retry-after'), machine());
    return { taken: response.ok, answered: String(status), gone: status === GONE, retryAfterMs };
  } catch (thrown) {
    closing.throwIfAborted();
    return { taken: false, answered: whyNot(thrown, timeoutMs), gone: false, retryAfterMs: 0 };
  }
}

async function readSome({ body }: Response): Promise<void> {
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_READ_BYTES) return;
  }
}

/** `Retry-After` is a number of seconds or a date. */
function millisecondsIn(header: string | null, machine: number): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - machine;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

function whyNot(thrown: unknown, timeoutMs: number): string {
  if (!(thrown instanceof Error)) return 'failed';
  if (thrown.name === 'TimeoutError') return `no answer in ${timeoutMs / 1_000} s`;
  const { cause } = thrown;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : thrown.name;
}
