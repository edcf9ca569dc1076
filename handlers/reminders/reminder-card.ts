import { partFrom } from '../../models/cards.ts';
import type { Transaction } from '../../models/transaction.ts';
import type { Subject } from '../../src/platform/subject.ts';

/** What the last reminder of a person is about: it is drawn anew when something of it is put right, decided otherwise, or lapses. */
export function lastReminder(userId: string): Subject {
  return { kind: 'reminder', id: userId };
}

/** The reminders that a person has had go on saying what they said: the next one is the last now. */
export async function leaveReminders(userId: string, tx: Transaction): Promise<void> {
  await partFrom(lastReminder(userId), `${userId}/before`, tx);
}
