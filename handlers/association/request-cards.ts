import { derivedId } from '@field/kit/ids';
import { type Association, countWaiting } from '../../models/associations.ts';
import { beginWaitingList, waitingListOf } from '../../models/isos.ts';
import { adminsOf, type Person } from '../../models/people.ts';
import { readAll } from '../../models/read-together.ts';
import type { RecordCard } from '../../models/record-cards.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Context } from '../../src/bot/context.ts';
import type { Subject } from '../../src/platform/subject.ts';

/** Up to so many requests get a card each; from the next one on they stand on one list card (docs/wording.md). */
const SINGLE_CARDS = 3;
/** A list card further up than this is no longer looked at: a new one is sent. */
const LIST_KEPT_MS = 12 * 3_600_000;

/** The subject of the list card: everybody who waits in an ISO. */
export function waitingSubject(isoId: string): Subject {
  return { kind: 'waiting', id: isoId };
}

/** The record of one request, or invitation, in one admin's chat. */
export function requestCardFor(requestId: string, adminId: string): RecordCard {
  return {
    intent: derivedId('request', requestId, adminId),
    to: adminId,
    kind: 'record',
    view: 'association.request',
    subject: { kind: 'association', id: requestId },
  };
}

/** Brings a new request before every admin of its ISO: on a card of its own, or on the list card that says how many wait. */
export async function announceRequest(
  ctx: Context,
  request: { readonly requestId: string; readonly isoId: string },
): Promise<void> {
  const { requestId, isoId } = request;
  const [admins, waiting] = await whoHearsOfRequests(isoId, ctx.tx);
  if (waiting <= SINGLE_CARDS) {
    for (const { userId } of admins) ctx.send(requestCardFor(requestId, userId));
    return;
  }
  const listId = await listCard(ctx, request, waiting);
  for (const { userId } of admins) {
    ctx.send({
      intent: derivedId('waiting', listId, userId),
      to: userId,
      kind: 'record',
      view: 'association.waiting',
      subject: waitingSubject(isoId),
    });
  }
}

/** Who is told of requests to an ISO, and how many wait there. */
export async function whoHearsOfRequests(
  isoId: string,
  tx: Transaction,
): Promise<readonly [admins: readonly Person[], waiting: number]> {
  return await readAll(
    () => adminsOf(isoId, tx),
    () => countWaiting(isoId, tx),
  );
}

/** The name of the list card that the admins have, or of a new one. */
async function listCard(
  ctx: Context,
  { requestId, isoId }: { requestId: string; isoId: string },
  waiting: number,
): Promise<string> {
  const known = waiting > SINGLE_CARDS + 1 ? await waitingListOf(isoId, ctx.tx) : undefined;
  if (known !== undefined && ctx.now - known.at < LIST_KEPT_MS) return known.id;
  await beginWaitingList(isoId, { id: requestId, at: ctx.now }, ctx.tx);
  return requestId;
}

/** Redraws everything that shows this request or invitation: the lists of the admins, and the card of whoever is invited. */
export function touchRequest(
  ctx: Pick<Context, 'touch'>,
  { requestId, isoId, userId }: Pick<Association, 'requestId' | 'isoId' | 'userId'>,
): void {
  ctx.touch({ kind: 'association', id: requestId });
  ctx.touch(waitingSubject(isoId));
  ctx.touch({ kind: 'unanswered', id: isoId });
  if (userId !== undefined) ctx.touch({ kind: 'invitations', id: userId });
}
