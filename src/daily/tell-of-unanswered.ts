import type { Clock } from '@field/kit/clock';
import { oldestAssociation, unansweredSince } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { allIsos, invitationsToldAt } from '../../models/isos.ts';
import { isTimeToTell, UNANSWERED_AFTER_MS } from '../domain/unanswered-invitations.ts';
import { hourly, type Job, onlyFrom } from './jobs.ts';

/** In the morning of each ISO: its admins are told of the invitations that nobody has answered for two days, and for seven. */
export function tellOfUnanswered(clock: Clock, wake: (lane: string) => void): Job {
  return {
    name: 'tell-of-unanswered',
    ...onlyFrom(hourly(35), firstLongUnanswered),
    async run(dueAt) {
      const now = clock.now();
      for (const { isoId, timeZone } of await allIsos()) {
        const toldAt = await invitationsToldAt(isoId);
        if (!isTimeToTell(now, toldAt, timeZone) || !(await isDue(isoId, toldAt, now))) continue;
        const id = `unanswered:${isoId}:${dueAt}`;
        await recordUpdate(
          { kind: 'event', id, type: 'invitations.unanswered', at: now, facts: { isoId } },
          isoId,
          now,
        );
        wake(isoId);
      }
    },
  };
}

/** Whether any has become so old since they were told last. */
async function isDue(isoId: string, toldAt: number, now: number): Promise<boolean> {
  for (const age of UNANSWERED_AFTER_MS) {
    const grown = await unansweredSince(isoId, { after: toldAt - age, upTo: now - age });
    if (grown.some(({ problem }) => problem === undefined)) return true;
  }
  return false;
}

async function firstLongUnanswered(): Promise<number | undefined> {
  const invited = await Promise.all([oldestAssociation('INVITED'), oldestAssociation('REFUSED')]);
  const first = Math.min(...invited.map((at) => at ?? Infinity));
  return first === Infinity ? undefined : first + Math.min(...UNANSWERED_AFTER_MS);
}
