import type { Clock } from '@field/kit/clock';
import { type Association, overdueAssociations } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { LIVES_MS } from '../domain/association-state.ts';
import { hourly, type Job } from './jobs.ts';

/** Hourly: requests that nobody decided and invitations that nobody answered end, each by an update of its own (domain A.11). */
export function expireAssociations(clock: Clock, wake: (lane: string) => void): Job {
  return {
    name: 'expire-associations',
    ...hourly(20),
    async run() {
      const now = clock.now();
      const overdue = [
        ...(await overdueAssociations('PENDING', now - LIVES_MS.PENDING)),
        ...(await overdueAssociations('INVITED', now - LIVES_MS.INVITED)),
        ...(await overdueAssociations('REFUSED', now - LIVES_MS.REFUSED)),
      ];
      for (const association of overdue) await recordOverdue(association, now, wake);
    },
  };
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
