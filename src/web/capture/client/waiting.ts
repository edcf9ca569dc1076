/** What waits on this phone to be sent. All that can be read here are numbers and opaque names: the rest is sealed for the bot. */
export interface WaitingCapture {
  /** The name of its upload. */
  readonly hash: string;
  /** Whose it is, opaque. */
  readonly who: string;
  /** Which work it is of, opaque. */
  readonly work: string;
  readonly slot: string;
  readonly keyId: string;
  readonly size: number;
  /** In which order they were taken on this phone. */
  readonly order: number;
  /** How often sending it has failed since it got on. */
  readonly failures: number;
  /** Not before this time of the phone's clock, milliseconds. */
  readonly notBefore: number;
  /** The bot does not know its ticket any more: it waits until its owner has a new one. */
  readonly needsTicket: boolean;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const SMALLEST_PIECE = 4_096;
const FIRST_PIECE = 16_384;
/** The slowest network that is worth waiting for, bytes a second, and what an answer takes besides. */
const SLOWEST = 1_000;
const ANSWERS_WITHIN_MS = 20_000;

/** What is sent next: in the order taken, without what has to wait longer. */
export function nextOf<Capture extends WaitingCapture>(waiting: readonly Capture[], now: number): Capture | undefined {
  return waiting
    .filter(({ needsTicket, notBefore }) => !needsTicket && !isLater(notBefore, now))
    .reduce<Capture | undefined>((first, one) => (first && first.order <= one.order ? first : one), undefined);
}

/** When there is something to do again, milliseconds from now; undefined while nothing waits for its time. */
export function nextIn(waiting: readonly WaitingCapture[], now: number): number | undefined {
  const times = waiting
    .filter(({ needsTicket }) => !needsTicket)
    .map(({ notBefore }) => (isLater(notBefore, now) ? notBefore - now : 0));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** A time further off than anything waits was set by a clock that has been put back since. */
function isLater(notBefore: number, now: number): boolean {
  return notBefore > now && notBefore - now <= 2 * LONGEST_WAIT_MS;
}

/** After a failure: longer each time, spread, and as long as the bot asked for. `chance` from 0 to 1. */
export function put<Capture extends WaitingCapture>(
  capture: Capture,
  now: number,
  chance: number,
  askedMs = 0,
): Capture {
  const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(capture.failures, 16));
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(askedMs, most / 2 + (most / 2) * chance));
  return { ...capture, failures: capture.failures + 1, notBefore: now + wait };
}

/** The size of the first piece, bytes. */
export function firstPiece(limit: number): number {
  return Math.min(limit, FIRST_PIECE);
}

/** Small pieces where they get lost, larger ones where they arrive: each lost one is to be sent again. */
export function nextPiece(size: number, arrived: boolean, limit: number): number {
  return arrived ? Math.min(limit, size * 2) : Math.max(Math.min(SMALLEST_PIECE, limit), Math.floor(size / 2));
}

/** How long a piece of so many bytes may take, milliseconds. */
export function patience(bytes: number): number {
  return ANSWERS_WITHIN_MS + (bytes / SLOWEST) * 1_000;
}

/** `Retry-After` in seconds, as milliseconds; 0 where it says none. */
export function askedWait(header: string | null): number {
  const seconds = Number(header ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0;
}
