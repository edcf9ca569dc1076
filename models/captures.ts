import { AppError } from '@field/kit/errors';
import mongoose from 'mongoose';
import type { Subject, SubjectKind } from '../src/platform/subject.ts';
import { collection, type RecordOf } from './collection.ts';
import { unlessDuplicate } from './duplicate-key.ts';
import { mark, number, text, value } from './fields.ts';
import { subjectKindNamed } from './subject-named.ts';
import { inTransaction, mustHaveMatched } from './transaction.ts';

const Captures = collection('captures', {
  /** SHA-256 of what was sealed on the phone. */
  id: 'hash',
  fields: {
    userId: text(),
    isoId: text(),
    /** What it was taken for, as the ticket says. */
    workKind: text<SubjectKind>().readBy(subjectKindNamed),
    workId: text(),
    /** Bytes of what is sealed, and how many of them are here, without a gap from the first. */
    size: number(),
    have: number(),
    /** When the page knew the work, by DingTalk's clock, and how far that was ahead of the phone's as this was begun; milliseconds. */
    ticketAt: number(),
    aheadMs: number(),
    /** Others of the same work followed it as it was begun last; nobody looked at the page then. */
    more: mark(),
    unseen: mark(),
    /** It is with its person's lane, or of no use: nothing more is taken of it. */
    done: mark(),
    /** When it was begun, and when something of it came last, by `clock.now()`. */
    begunAt: number(),
    cameAt: number(),
  },
  indexes: [[{ userId: 1, begunAt: 1 }], [{ begunAt: 1 }]],
});

const Pieces = collection('capturepieces', {
  /** The capture and where the piece begins: `hash:offset`. */
  id: 'pieceId',
  fields: {
    hash: text(),
    userId: text(),
    offset: number(),
    /** Sealed on the phone, as they came. */
    bytes: value<Buffer>().readBy(bufferOf),
  },
  indexes: [[{ hash: 1, offset: 1 }], [{ userId: 1, offset: 1 }]],
});

/** What was taken on the page beside the chat, on its way here piece by piece: sealed for the bot, so that nobody reads it on the phone. */
export interface Capture extends Omit<RecordOf<typeof Captures>, 'workKind' | 'workId' | 'done'> {
  readonly work: Subject;
  readonly isDone: boolean;
}

export async function findCapture(hash: string): Promise<Capture | undefined> {
  const row = await Captures.get(hash);
  return row && toCapture(row);
}

/** Begins one; the same again is the one that was begun, with what is so of it now. */
export async function beginCapture(
  capture: Omit<Capture, 'have' | 'isDone' | 'begunAt' | 'cameAt'>,
  now: number,
): Promise<Capture> {
  const { work, ...rest } = capture;
  const { hash, userId, more, unseen } = rest;
  const row = { ...rest, workKind: work.kind, workId: work.id, have: 0, begunAt: now, cameAt: now };
  await unlessDuplicate(() => Captures.add(row));
  const begun = await findCapture(hash);
  if (begun === undefined) throw new AppError('store.transient', { why: 'a capture went as it was begun' });
  if (begun.userId !== userId || (begun.more === more && begun.unseen === unseen)) return begun;
  await Captures.update({ hash }, { set: { more: more ?? null, unseen: unseen ?? null } });
  return { ...begun, more, unseen };
}

/** Keeps a piece that goes on where the others end; answers how much is here. What was here already is passed over. */
export async function keepPiece(hash: string, offset: number, bytes: Buffer, now: number): Promise<number> {
  return await inTransaction(async (tx) => {
    const capture = await Captures.get(hash, { tx });
    if (capture === undefined || capture.done || offset !== capture.have) return capture?.have ?? 0;
    const have = offset + bytes.length;
    mustHaveMatched(await Captures.change({ hash, have: offset }, { set: { have, cameAt: now } }, { tx }));
    await Pieces.add({ pieceId: `${hash}:${offset}`, hash, userId: capture.userId, offset, bytes }, { tx });
    return have;
  });
}

/** All that is here of it, in order. */
export async function capturedBytes(hash: string): Promise<Buffer> {
  const pieces = await Pieces.find({ hash }, { sort: { offset: 1 } });
  return Buffer.concat(pieces.map(({ bytes }) => bytes));
}

/** It is not what was announced, or makes room: it is sent from its beginning again, unless it was done meanwhile. */
export async function beginAgain(hash: string): Promise<void> {
  await inTransaction(async (tx) => {
    const capture = await Captures.get(hash, { only: ['done'], tx });
    if (capture?.done === true) return;
    await Captures.update({ hash }, { set: { have: 0 } }, { tx });
    await Pieces.removeAll({ hash }, { tx });
  });
}

/** Of what a person began to send and has not finished so many are kept, those of which something came last; the others begin again. */
export async function keepLatest(userId: string, most: number): Promise<void> {
  const begun = await Pieces.find({ userId, offset: 0 }, { only: ['hash'] });
  if (begun.length <= most) return;
  const hashes = begun.map(({ hash }) => hash);
  const rows = await Captures.find({ hash: { $in: hashes } }, { only: ['hash', 'done', 'cameAt'] });
  const unfinished = rows.filter(({ done }) => done !== true).sort((one, other) => other.cameAt - one.cameAt);
  for (const { hash } of unfinished.slice(most)) await beginAgain(hash);
}

/** Its person's lane has it, or it is of no use: the phone may forget it. */
export async function captureDone(hash: string): Promise<void> {
  await Captures.update({ hash }, { set: { done: true } });
}

/** The bytes were checked, or are of no use. That there was a capture of this name is known for some days more. */
export async function forgetPieces(hash: string): Promise<void> {
  await Pieces.removeAll({ hash });
}

/** How many a person has begun since then. */
export async function countCaptures(userId: string, since: number): Promise<number> {
  return await Captures.count({ userId, begunAt: { $gte: since } });
}

/** Whether more of this person's is on its way: something of it came since then. */
export async function anyOtherUnderWay(userId: string, hash: string, since: number): Promise<boolean> {
  const begun = await Captures.find(
    { userId, begunAt: { $gte: since - LONGEST_MS } },
    { only: ['hash', 'done', 'cameAt'] },
  );
  return begun.some((one) => one.hash !== hash && one.done !== true && one.cameAt >= since);
}

const LONGEST_MS = 3_600_000;

/** Forgets captures that were begun before this with what is left of their bytes, at most some; answers how many. */
export async function forgetCaptures(before: number, most: number): Promise<number> {
  const rows = await Captures.find({ begunAt: { $lt: before } }, { only: ['hash'], limit: most });
  const hashes = rows.map(({ hash }) => hash);
  if (hashes.length === 0) return 0;
  await Pieces.removeAll({ hash: { $in: hashes } });
  return await Captures.removeAll({ hash: { $in: hashes } });
}

const SOURCE = 'capture:';

/** Where a picture's bytes are that was taken on the page: in the place of DingTalk's download code. */
export function capturedSource(hash: string): string {
  return `${SOURCE}${hash}`;
}

/** The capture that such a place names; undefined for a download code of DingTalk. */
export function captureNamed(source: string): string | undefined {
  return /^capture:([\da-f]{64})$/.exec(source)?.[1];
}

/** The driver hands out what it stores of bytes as its own kind. */
function bufferOf(stored: Buffer | mongoose.mongo.Binary): Buffer {
  return stored instanceof mongoose.mongo.Binary ? Buffer.from(stored.value()) : stored;
}

function toCapture({ workKind, workId, done, ...row }: RecordOf<typeof Captures>): Capture {
  return { ...row, work: { kind: workKind, id: workId }, isDone: done === true };
}
