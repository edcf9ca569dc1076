import { derivedId } from '@field/kit/ids';
import type { ViewName } from '../cards/views.ts';
import type { CallClass } from '../src/domain/budget.ts';
import type { Subject } from '../src/platform/subject.ts';
import { addCard, addCardUnlessThere, type CardLine } from './cards.ts';
import { addToOutbox, addUnlessThere } from './outbox.ts';
import type { Transaction } from './transaction.ts';
import { callClassOf, recordWanted } from './wanted.ts';

/** A card for somebody, that stays as it is: a request, a result, a line. */
export interface RecordCard {
  /** Names what it is for; the same intent never makes a second card. */
  readonly intent: string;
  /** A person; with `inGroup` a group's `openConversationId`. */
  readonly to: string;
  readonly inGroup?: true | undefined;
  readonly view: ViewName;
  readonly subject: Subject;
  readonly kind: 'record' | 'line';
  readonly line?: CardLine | undefined;
  /** It may have been said before, since it is said once in a time: nobody need know whether. */
  readonly once?: true | undefined;
  /** What its calls are for, where that is not what they are for on every card of this view. */
  readonly callClass?: CallClass | undefined;
}

/** Whose doing a card is. */
export interface Cause {
  /** When the person whom it is for did what it answers, by `clock.now()`. */
  readonly follows?: number | undefined;
  /** By userId, whose step it follows. */
  readonly causedBy?: string | undefined;
}

/**
 * Adds the card and its delivery, due at `dueAt` (by `clock.now()`). A line answers somebody, a record waits its turn, and what
 * goes to a group waits for all of them. Answers whether there was none of this intent yet; of what is said `once` that is not known.
 */
export async function sendRecord(
  record: RecordCard,
  dueAt: number,
  tx: Transaction,
  { follows, causedBy }: Cause = {},
): Promise<boolean> {
  const { intent, to, line, once, callClass = callClassOf(record, follows), ...rest } = record;
  const outTrackId = recordId(intent);
  const priority = rest.kind === 'line' ? 'answer' : rest.inGroup ? 'digest' : 'notice';
  const wanted = recordWanted({ ...record, callClass }, dueAt, follows);
  const cause = { follows, causedBy, callClass } as const;
  const send = { intent: outTrackId, outTrackId, to, priority, dueAt, ...cause, ...wanted } as const;
  const card = { ...rest, viewer: to, outTrackId, line, at: dueAt } as const;
  if (once) {
    await addUnlessThere(send, tx);
    await addCardUnlessThere(card, tx);
    return false;
  }
  const isNew = await addToOutbox(send, tx);
  if (isNew) await addCard(card, tx);
  return isNew;
}

/** The `outTrackId` of the card that is sent for an intent. */
export function recordId(intent: string): string {
  return derivedId('record', intent);
}
