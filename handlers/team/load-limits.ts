import type { Used } from '../../cards/team/limits.ts';
import { findIso } from '../../models/isos.ts';
import { noticeName, usageOf } from '../../models/monthly-usage.ts';
import { readInstallation } from '../../models/settings.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { type Metered, monthOf, runsOutAt } from '../../src/domain/limits.ts';
import { forAdmins } from './for-admins.ts';

/** What this month has cost so far. The limits are the whole organisation's: every ISO's admins see the same. */
export const loadLimits = forAdmins(async (_card, _viewer, isoId, now) => {
  const month = monthOf(now);
  const [usage, { limits }, iso] = await Promise.all([usageOf(month), readInstallation(), findIso(isoId)]);
  const of = (what: Metered): Used => {
    const [used, limit] = [usage[what], limits[what]];
    const end = runsOutAt({ used, limit, since: usage.since ?? now, now });
    return { used, limit, runsOutAt: end };
  };
  return {
    name: 'team.limits',
    model: { month, timeZone: iso?.timeZone ?? 'UTC', pushes: of('pushes'), calls: of('calls') },
    version: 0,
  };
});

/** What was said when a limit came near. */
export const loadLimitNotice = forAdmins(async (card, _viewer, isoId) => {
  const [month = '', name] = card.subject.id.split('/');
  const { notices } = await usageOf(month);
  const notice = notices.find((one) => noticeName(one) === name);
  if (notice === undefined) return OLD_CARD;
  const iso = await findIso(isoId);
  return { name: 'team.limitNotice', model: { ...notice, month, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});
