import type { CaptureHeader, CaptureState } from '../protocol.ts';
import { nameOf, sealed } from '../seal.ts';
import { sendAll } from '../send.ts';
import { nextIn } from '../waiting.ts';
import type { PhoneStore } from './phone-store.ts';

const LOCK = 'scan-send';
/** What the bot allows before it was asked: what is left of an earlier day is sent with that. */
const SMALLEST_LIMIT = 65_536;
const LOOK_AGAIN_MS = 30_000;

/** Seals what was taken and keeps it on the phone. Errors: `TooBigError`; `QuotaExceededError` when the phone is full. */
export async function keep(
  store: PhoneStore,
  state: CaptureState,
  header: CaptureHeader,
  photo: Uint8Array = new Uint8Array(0),
): Promise<void> {
  const bytes = await sealed(state.seal, header, photo);
  if (bytes.length > state.limits.largestBytes) throw new TooBigError();
  await store.keep(
    {
      hash: await nameOf(bytes),
      who: state.who,
      work: state.work?.ref ?? '',
      slot: header.slot,
      keyId: state.seal.keyId,
      size: bytes.length,
      order: header.takenAt,
      failures: 0,
      notBefore: 0,
      needsTicket: false,
    },
    bytes,
    state.ticket,
  );
}

export class TooBigError extends Error {}

export interface SendingFrom {
  /** Below which the bot is asked. */
  readonly base: URL;
  readonly isSeen: () => Promise<boolean>;
  /** Bytes of a piece at most, as the bot said. */
  readonly pieceBytes?: number | undefined;
  /** Begins once whoever sends now is gone, and not only where nobody does. */
  readonly inTurn?: boolean | undefined;
}

/** Sends what waits, in this page or worker and in no other of this phone at the same time, where the browser can tell. */
export async function sendFrom(store: PhoneStore, from: SendingFrom): Promise<number> {
  const { base, isSeen, pieceBytes = SMALLEST_LIMIT, inTurn = false } = from;
  const send = (): Promise<number> =>
    sendAll({
      kept: store,
      fetch: (path, init) => fetch(new URL(path, base), init),
      now: Date.now,
      chance: Math.random,
      isSeen,
      pieceBytes: Math.min(pieceBytes, SMALLEST_LIMIT),
    });
  const { locks } = navigator as { readonly locks?: LockManager };
  if (locks === undefined) return send();
  return locks.request(LOCK, { ifAvailable: !inTurn }, (lock) => (lock === null ? 0 : send()));
}

/** When to try again, milliseconds; undefined while nothing waits. */
export async function waitsFor(store: PhoneStore): Promise<number | undefined> {
  const wait = nextIn(await store.list(), Date.now());
  return wait === undefined ? undefined : Math.min(Math.max(wait, 1_000), LOOK_AGAIN_MS);
}
