import { derivedId } from '@field/kit/ids';
import type { ViewName } from '../cards/views.ts';
import type { Subject } from '../src/platform/subject.ts';
import { addCard, type CardLine } from './cards.ts';
import { addToOutbox } from './outbox.ts';
import type { Transaction } from './transaction.ts';
import { recordWanted } from './wanted.ts';

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
}

/**
 * Adds the card and its delivery, due at `dueAt` (by `clock.now()`). A line answers somebody, a record waits its turn, and what
 * goes to a group waits for all of them. `follows`: when the person did what it answers.
 */
export async function sendRecord(record: RecordCard, dueAt: number, tx: Transaction, follows?: number): Promise<void> {
  const { intent, to, line, ...rest } = record;
  const outTrackId = derivedId('record', intent);
  const priority = rest.kind === 'line' ? 'answer' : rest.inGroup ? 'digest' : 'notice';
  const wanted = recordWanted(record, dueAt, follows);
  if (await addToOutbox({ intent: outTrackId, outTrackId, to, priority, dueAt, follows, ...wanted }, tx))
    await addCard({ ...rest, viewer: to, outTrackId, line, at: dueAt }, tx);
}
