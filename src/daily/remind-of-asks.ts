import type { Clock } from '@field/kit/clock';
import { openAsksOf } from '../../models/account-asks.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { allIsos } from '../../models/isos.ts';
import { isReminderDue, reminderDueAt } from '../domain/account-reminders.ts';
import { everyMinutes, type Job, onlyFrom } from './jobs.ts';

/** Every half hour: the admins of an ISO are told again of who asks for a test account and waits. */
export function remindOfAsks(clock: Clock, wake: (lane: string) => void): Job {
  return {
    name: 'remind-of-asks',
    ...onlyFrom(everyMinutes(30, 5), firstReminder),
    async run(dueAt) {
      const now = clock.now();
      for (const { isoId, timeZone } of await allIsos()) {
        for (const ask of await openAsksOf(isoId)) {
          if (!isReminderDue(ask, now, timeZone)) continue;
          const id = `account:${ask.askId}:${dueAt}`;
          const facts = { ask: ask.askId };
          await recordUpdate({ kind: 'event', id, type: 'account.waits', at: now, facts }, isoId, now);
          wake(isoId);
        }
      }
    },
  };
}

/** When the first of those who wait is to be told of. */
async function firstReminder(): Promise<number | undefined> {
  const ofIsos = await Promise.all(
    (await allIsos()).map(async ({ isoId, timeZone }) =>
      (await openAsksOf(isoId)).map((ask) => reminderDueAt(ask, timeZone) ?? Infinity),
    ),
  );
  const first = Math.min(...ofIsos.flat());
  return first === Infinity ? undefined : first;
}
