import type { CaptureProgress, CaptureRefusal, CaptureUpload } from './protocol.ts';
import { askedWait, firstPiece, nextOf, nextPiece, patience, put, type WaitingCapture } from './waiting.ts';

/** What keeps captures over closed pages and restarts (`page/phone-store.ts`). */
export interface Kept {
  list(): Promise<readonly WaitingCapture[]>;
  /** What is sent of one; undefined when another page or the worker has just finished it. */
  open(hash: string): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly ticket: string } | undefined>;
  change(capture: WaitingCapture): Promise<void>;
  /** It has arrived, or is of no use: forgotten, with a sentence for its owner where there is one. */
  forget(capture: WaitingCapture, says?: string): Promise<void>;
}

export interface Sending {
  readonly kept: Kept;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** The phone's clock, milliseconds. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** Whether somebody looks at the page. */
  readonly isSeen: () => Promise<boolean>;
  /** Bytes of a piece at most. */
  readonly pieceBytes: number;
}

/** What came of one capture just now. */
type Came = 'arrived' | 'forgotten' | 'later' | 'needsTicket' | 'noAnswer';

/**
 * Sends what is due, one after the other in the order taken, until nothing is or nobody answers. Two may do it at once: an upload is
 * named by its content, and a piece that is there already is passed over. Answers how many arrived.
 */
export async function sendAll(sending: Sending): Promise<number> {
  let arrived = 0;
  for (;;) {
    const next = nextOf(await sending.kept.list(), sending.now());
    if (next === undefined) return arrived;
    const came = await sendOne(sending, next);
    if (came === 'arrived') arrived += 1;
    if (came === 'noAnswer') return arrived;
  }
}

/** How often in a row a piece may get lost before the others have their turn. */
const LOST_IN_A_ROW = 6;

async function sendOne(sending: Sending, capture: WaitingCapture): Promise<Came> {
  const { kept, pieceBytes } = sending;
  const what = await kept.open(capture.hash);
  if (what === undefined) return 'forgotten';
  let piece = firstPiece(pieceBytes);
  let have: number | undefined;
  let lost = 0;
  let gotOn = false;
  while (lost < LOST_IN_A_ROW) {
    const answer: Answer = await (have === undefined
      ? begin(sending, capture, what.ticket)
      : proceed(sending, capture, what.bytes, have, piece));
    if (answer === 'lost') {
      lost += 1;
      piece = nextPiece(piece, false, pieceBytes);
      continue;
    }
    const { progress, refusal, askedMs } = answer;
    if (refusal?.outcome === 'unknown' && have !== undefined) {
      have = undefined;
      lost += 1;
      continue;
    }
    if (refusal !== undefined) return await refused(sending, capture, refusal, askedMs);
    if (progress.done) {
      await kept.forget(capture, progress.says);
      return 'arrived';
    }
    if (have !== undefined) piece = nextPiece(piece, true, pieceBytes);
    if (have !== undefined && progress.have > have) gotOn = true;
    lost = have !== undefined && progress.have <= have ? lost + 1 : 0;
    have = Math.min(progress.have, what.bytes.length);
    if (have === what.bytes.length) lost += 1;
  }
  await later(sending, gotOn ? { ...capture, failures: 0 } : capture);
  return 'noAnswer';
}

type Answer =
  | 'lost'
  | { readonly progress: CaptureProgress; readonly refusal?: undefined; readonly askedMs: number }
  | { readonly refusal: CaptureRefusal; readonly progress?: undefined; readonly askedMs: number };

async function begin(sending: Sending, capture: WaitingCapture, ticket: string): Promise<Answer> {
  const { hash, size, keyId, who, work } = capture;
  const others = (await sending.kept.list()).filter((one) => one.hash !== hash && one.who === who && one.work === work);
  const more = nextOf(others, sending.now()) !== undefined || undefined;
  const unseen = !(await sending.isSeen()) || undefined;
  const upload: CaptureUpload = { ticket, hash, size, keyId, phoneNow: sending.now(), more, unseen };
  const body = JSON.stringify(upload);
  return await ask(sending, 'scan/uploads', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
}

function proceed(
  sending: Sending,
  { hash }: WaitingCapture,
  bytes: Uint8Array<ArrayBuffer>,
  from: number,
  piece: number,
): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' };
  const body = bytes.slice(from, from + piece);
  return ask(sending, `scan/uploads/${hash}?from=${from}`, { method: 'PUT', headers, body });
}

async function ask(
  sending: Sending,
  path: string,
  init: RequestInit & { body: string | Uint8Array<ArrayBuffer> },
): Promise<Answer> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), patience(init.body.length));
  try {
    const answer = await sending.fetch(path, { ...init, credentials: 'same-origin', signal: stop.signal });
    return read(answer.status, askedWait(answer.headers.get('retry-after')), (await answer.json()) as unknown);
  } catch {
    return 'lost';
  } finally {
    clearTimeout(late);
  }
}

const REFUSALS: Readonly<Record<number, CaptureRefusal['outcome']>> = {
  401: 'whoAreYou',
  403: 'refused',
  404: 'unknown',
  413: 'dropped',
  422: 'dropped',
  429: 'later',
  503: 'later',
};

/** What somebody else answers on the way, such as the page of a hotel's network, is no answer. */
function read(status: number, askedMs: number, body: unknown): Answer {
  const said =
    typeof body === 'object' && body !== null
      ? (body as Partial<CaptureProgress & { outcome: string; text: string }>)
      : {};
  if (status === 200 && typeof said.have === 'number' && typeof said.done === 'boolean') {
    return { progress: { have: said.have, done: said.done, says: said.says }, askedMs };
  }
  const outcome = REFUSALS[status];
  if (outcome === undefined || said.outcome !== outcome) return 'lost';
  return { refusal: { outcome, text: said.text ?? '' }, askedMs };
}

async function refused(
  sending: Sending,
  capture: WaitingCapture,
  { outcome, text }: CaptureRefusal,
  askedMs: number,
): Promise<Came> {
  switch (outcome) {
    case 'refused':
    case 'dropped':
      await sending.kept.forget(capture, text);
      return 'forgotten';
    case 'whoAreYou':
      await sending.kept.change({ ...capture, needsTicket: true });
      return 'needsTicket';
    case 'unknown':
    case 'later':
      await later(sending, capture, askedMs);
      return 'later';
  }
}

async function later(sending: Sending, capture: WaitingCapture, askedMs = 0): Promise<void> {
  await sending.kept.change(put(capture, sending.now(), sending.chance(), askedMs));
}
