import type { Clock } from '@field/kit/clock';
import { anyQuiet, anyWaits, oldestAssociation } from '../../models/associations.ts';
import { recordUpdate } from '../../models/inbox.ts';
import { allIsos, remindedOf } from '../../models/isos.ts';
import { isAllowed, lastAllowed, toldUpTo } from '../domain/allowed-hours.ts';
import { REMINDED_AFTER_MS } from '../domain/waiting-requests.ts';
import { hoursOfIso } from './hours-of-iso.ts';
import { hourly, type Job, onlyFrom } from './jobs.ts';

/** Hourly: the admins of an ISO are told again of those who wait a day, and three; and, whatever the hour, of those of whom nobody was told in a crowd. */
export function remindOfRequests(clock: Clock, wake: (lane: string) => void): Job {
  return {
    name: 'remind-of-requests',
    ...onlyFrom(hourly(30), firstLongWait),
    async run(dueAt) {
      const now = clock.now();
      for (const { isoId } of await allIsos()) {
        if (!(await isDue(isoId, now))) continue;
        await recordUpdate(
          { kind: 'event', id: `waits:${isoId}:${dueAt}`, type: 'association.waits', at: now, facts: { isoId } },
          isoId,
          now,
        );
        wake(isoId);
      }
    },
  };
}

async function isDue(isoId: string, now: number): Promise<boolean> {
  if (await anyQuiet(isoId)) return true;
  const hours = await hoursOfIso(isoId);
  if (!isAllowed(now, hours)) return false;
  const upTo = toldUpTo(now, hours);
  const reminded = await remindedOf(isoId);
  for (const age of REMINDED_AFTER_MS) {
    if (await anyWaits(isoId, { after: reminded[String(age)] ?? 0, upTo: upTo - age })) return true;
  }
  return false;
}

/** When anybody has waited long enough to be told of, in quiet hours before these; at once where somebody waits of whom nobody was told. */
async function firstLongWait(): Promise<number | undefined> {
  const [oldest, isos] = await Promise.all([oldestAssociation('PENDING'), allIsos()]);
  if (oldest === undefined) return undefined;
  const quiet = await Promise.all(isos.map(({ isoId }) => anyQuiet(isoId)));
  if (quiet.includes(true)) return 0;
  const due = oldest + Math.min(...REMINDED_AFTER_MS);
  const told = await Promise.all(isos.map(async ({ isoId }) => lastAllowed(due, await hoursOfIso(isoId)) ?? due));
  return Math.min(...told);
}
