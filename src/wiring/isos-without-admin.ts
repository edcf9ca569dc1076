import type { Logger } from '@field/kit/log';
import { countWaiting } from '../../models/associations.ts';
import { allIsos } from '../../models/isos.ts';
import { everyAdmin } from '../../models/people.ts';
import { besides, hourly, type Job } from '../daily/jobs.ts';
import type { PartHealth } from '../web/health.ts';
import type { Figure } from '../web/metrics.ts';

/** Those ISOs of which nobody can decide anything: their last admin has left the organisation, or they never had one. */
async function isosWithoutAdmin(): Promise<readonly string[]> {
  const led = new Set((await everyAdmin()).map(({ isoId }) => isoId));
  return (await allIsos()).map(({ isoId }) => isoId).filter((isoId) => !led.has(isoId));
}

export const ISOS_WITHOUT_ADMIN: Figure = {
  name: 'isos_without_admin',
  read: async () => (await isosWithoutAdmin()).length,
};

/** Whether each ISO has an admin; by number, since the page is public. Everything else works without one. */
export async function adminsHealth(): Promise<PartHealth> {
  const without = await isosWithoutAdmin();
  const detail = without.length ? `ISOs without an admin: ${without.length}; npm run op -- iso list` : undefined;
  return { ok: without.length === 0, detail, essential: false };
}

/** Hourly: says in the log which ISO has no admin, and how many wait there for one. */
export function lookForAdmins(log: Logger): Job {
  return {
    name: 'look-for-admins',
    ...besides(hourly(5)),
    async run() {
      for (const isoId of await isosWithoutAdmin()) {
        log.warn({ isoId, waiting: await countWaiting(isoId) }, 'iso.withoutAdmin');
      }
    },
  };
}
