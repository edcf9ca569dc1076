import type { Clock } from '@field/kit/clock';
import { derivedId } from '@field/kit/ids';
import type { Logger } from '@field/kit/log';
import { nextRecorded } from '../../models/inbox.ts';
import { findPerson } from '../../models/people.ts';
import { sendRecord } from '../../models/record-cards.ts';
import { inTransaction } from '../../models/transaction.ts';

export interface SayCheckingOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Wakes delivery. */
  readonly wake: () => void;
}

/**
 * Answers a person whose lane another process has, dead or slow, with one line below (wording rule 12): it needs nothing that the
 * lane guards. Several processes that see it say it once; the real answer comes once the lane is free.
 */
export async function sayChecking({ clock, log, wake }: SayCheckingOptions, lane: string): Promise<void> {
  const said = await inTransaction(async (tx) => {
    const waiting = (await nextRecorded(lane, tx))?.update;
    if (waiting?.kind !== 'message' || waiting.conversation.kind !== 'direct') return undefined;
    const { userId } = waiting.from;
    // who writes for the first time has no language yet, and no card can be drawn for them
    if ((await findPerson(userId, tx)) === undefined) return undefined;
    const subject = { kind: 'person', id: userId } as const;
    const line = { key: 'notice.checking' } as const;
    const intent = derivedId('checking', waiting.id);
    const card = { intent, to: userId, kind: 'line', view: 'line', subject, line } as const;
    await sendRecord(card, clock.now(), tx, { follows: waiting.at, causedBy: userId });
    return waiting.id;
  });
  if (said === undefined) return;
  log.warn({ trace: said }, 'lane.waits');
  wake();
}
