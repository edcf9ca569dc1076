import type { Clock } from '@field/kit/clock';
import { AppError } from '@field/kit/errors';
import type { TextKey } from '../../../cards/text-key.ts';
import {
  anyOtherUnderWay,
  beginAgain,
  beginCapture,
  type Capture,
  captureDone,
  capturedBytes,
  countCaptures,
  findCapture,
  forgetPieces,
  keepLatest,
  keepPiece,
} from '../../../models/captures.ts';
import { recordUpdate } from '../../../models/inbox.ts';
import { captureKey } from '../../../models/sealing.ts';
import { imageKind } from '../../media/image-kind.ts';
import { isWhole, type OpenedCapture, openCapture } from '../../media/open-capture.ts';
import { LARGEST_PICTURE_BYTES } from '../../media/photo-limits.ts';
import { FairTurns } from '../../work/fair-turns.ts';
import type { CaptureUpload } from './client/protocol.ts';
import type { Ticket } from './tickets.ts';

/** What is sealed has a header, and is a little longer for it. */
export const LARGEST_SEALED_BYTES = LARGEST_PICTURE_BYTES + 8 * 1024;
export const PIECE_BYTES = 64 * 1024;

const HOUR_MS = 3_600_000;
/** More than anybody takes in an hour: three spots of a shop are seven photos. */
const MOST_IN_AN_HOUR = 300;
/** A phone sends one after the other: more than these that never end are nobody's photos, and would fill the disk. */
const MOST_UNFINISHED = 12;
/** What comes no more for so long does not keep the card waiting. */
const UNDER_WAY_MS = 20_000;
/** What is whole is in memory several times over while it is opened: one at a time, each person in a line of their own. */
const OPENED = { atOnce: 1, each: 1 };

export interface ReceiverOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** This moment by DingTalk's clock. */
  readonly dingTalkNow: () => number;
  /** Wakes the lane of whoever took it. */
  readonly recorded: (lane: string) => void;
}

/** How far an upload is, or why nothing more of it is wanted. */
export type Received =
  | {
      readonly kind: 'progress';
      readonly have: number;
      readonly done: boolean;
      readonly capture?: Capture | undefined;
      readonly at?: number;
      /** A photo is kept even where it can be used no more. */
      readonly isKept?: boolean;
    }
  | { readonly kind: 'dropped'; readonly status: 413 | 422; readonly key: TextKey }
  | { readonly kind: 'foreign' | 'unknown' }
  | { readonly kind: 'tooMany'; readonly waitS: number };

/** Takes what the page sends, piece by piece, into the store; what is whole goes into its person's lane, once. */
export interface Receiver {
  begin(ticket: Ticket, upload: CaptureUpload): Promise<Received>;
  piece(hash: string, from: number, bytes: Buffer): Promise<Received>;
}

export function createReceiver({ clock, dingTalkNow, recorded }: ReceiverOptions): Receiver {
  const turns = new FairTurns(OPENED);

  /**
   * Everything has come: it is recorded under its own name, so that however often this is begun, it happens once; killed before it ends, it
   * is done by the next word of the phone.
   */
  async function finish(capture: Capture): Promise<Received> {
    const { hash, userId, work } = capture;
    const sealed = await capturedBytes(hash);
    if (!isWhole(hash, sealed)) {
      await beginAgain(hash);
      return { kind: 'progress', have: 0, done: false };
    }
    const opened = openOrNot(sealed);
    const problem = opened === undefined ? 'capture.notForUs' : problemOf(opened);
    if (opened === undefined || problem !== undefined) {
      await captureDone(hash);
      await forgetPieces(hash);
      return { kind: 'dropped', status: 422, key: problem ?? 'capture.notForUs' };
    }
    const { kind, slot, code, typed, values } = opened.header;
    const now = clock.now();
    const at = momentOf(capture, opened.header.takenAt, dingTalkNow());
    const more = capture.more ?? ((await anyOtherUnderWay(userId, hash, now - UNDER_WAY_MS)) || undefined);
    const facts = { hash, kind, work, slot, code, typed, values, more, unseen: capture.unseen };
    await recordUpdate({ kind: 'event', type: 'capture.taken', id: `capture:${hash}`, at, facts }, userId, now);
    await captureDone(hash);
    if (kind !== 'photo') await forgetPieces(hash);
    recorded(userId);
    return { kind: 'progress', have: capture.size, done: true, capture, at, isKept: kind === 'photo' };
  }

  /** However many phones say at once that theirs is whole. Whoever had the turn before may have finished this very one. */
  async function finishInTurn({ hash, userId }: Capture): Promise<Received> {
    const giveBack = await turns.take(userId);
    try {
      const capture = await findCapture(hash);
      if (capture === undefined) return { kind: 'unknown' };
      return isAllHere(capture) ? await finish(capture) : soFar(capture);
    } finally {
      giveBack();
    }
  }

  async function progressOf(capture: Capture): Promise<Received> {
    return isAllHere(capture) ? await finishInTurn(capture) : soFar(capture);
  }

  return {
    async begin(ticket, { hash, size, keyId, phoneNow, more, unseen }) {
      if (size > LARGEST_SEALED_BYTES) return { kind: 'dropped', status: 413, key: 'note.photoTooBig' };
      if (keyId !== captureKey().keyId) return { kind: 'dropped', status: 422, key: 'capture.notForUs' };
      const known = await findCapture(hash);
      if (known === undefined && (await countCaptures(ticket.userId, clock.now() - HOUR_MS)) >= MOST_IN_AN_HOUR)
        return { kind: 'tooMany', waitS: 600 };
      const { userId, isoId, work, at: ticketAt } = ticket;
      const aheadMs = dingTalkNow() - phoneNow;
      const asked = { hash, userId, isoId, work, size, ticketAt, aheadMs, more, unseen };
      const capture = await beginCapture(asked, clock.now());
      if (capture.userId !== userId || capture.size !== size) return { kind: 'foreign' };
      return await progressOf(capture);
    },

    async piece(hash, from, bytes) {
      const capture = await findCapture(hash);
      if (capture === undefined) return { kind: 'unknown' };
      if (capture.isDone || from !== capture.have || bytes.length === 0) return await progressOf(capture);
      if (from + bytes.length > capture.size) return { kind: 'progress', have: capture.have, done: false };
      const have = await keepPiece(hash, from, bytes, clock.now());
      if (from === 0) await keepLatest(capture.userId, MOST_UNFINISHED);
      return await progressOf({ ...capture, have });
    },
  };
}

/** Every piece came, and nothing was made of them yet. */
function isAllHere({ isDone, have, size }: Capture): boolean {
  return !isDone && have >= size;
}

function soFar({ isDone, have, size }: Capture): Received {
  return { kind: 'progress', have: isDone ? size : have, done: isDone };
}

function openOrNot(sealed: Buffer): OpenedCapture | undefined {
  try {
    return openCapture(sealed);
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealed.unreadable') return undefined;
    throw error;
  }
}

function problemOf({ header, photo }: OpenedCapture): TextKey | undefined {
  if (header.kind !== 'photo') {
    const said = header.kind === 'code' ? header.code : header.values;
    return said === undefined || photo.length > 0 ? 'capture.notForUs' : undefined;
  }
  return imageKind(photo) === undefined ? 'note.photoNotAnImage' : undefined;
}

/**
 * When it was taken, by DingTalk's clock: so long before it was sent as the phone says, whatever its clock shows; never before the page knew
 * the work, and never to come.
 */
function momentOf({ ticketAt, aheadMs }: Capture, takenAt: number, now: number): number {
  return Math.round(Math.min(now, Math.max(ticketAt, takenAt + aheadMs)));
}
