import type { Clock } from '@field/kit/clock';
import { type Association, oldestAssociation, overdueAssociations } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { LIVES_MS } from '../domain/association-state.ts';
import { hourly, type Job, onlyFrom } from './jobs.ts';

const EXPIRING = ['PENDING', 'INVITED', 'REFUSED'] as const;

/** Hourly: requests that nobody decided and invitations that nobody answered end, each by an update of its own (domain A.11). */
export function expireAssociations(clock: Clock, wake: (lane: string) => void): Job {
  return {
    name: 'expire-associations',
    ...onlyFrom(hourly(20), firstOverdue),
    async run() {
      const now = clock.now();
      const overdue = await Promise.all(EXPIRING.map((state) => overdueAssociations(state, now - LIVES_MS[state])));
      for (const association of overdue.flat()) await recordOverdue(association, now, wake);
    },
  };
}

async function firstOverdue(): Promise<number | undefined> {
  const ends = EXPIRING.map(async (state) => {
    const since = await oldestAssociation(state);
    return since === undefined ? Infinity : since + LIVES_MS[state];
  });
  const first = Math.min(...(await Promise.all(ends)));
  return first === Infinity ? undefined : first;
}

async function recordOverdue(
  { requestId, version, isoId }: Association,
  at: number,
  wake: (lane: string) => void,
): Promise<void> {
  const facts = { association: requestId, version: String(version) };
  const id = `overdue:${requestId}:${version}`;
  await recordUpdate({ kind: 'event', id, type: 'association.overdue', at, facts }, isoId, at);
  wake(isoId);
}
