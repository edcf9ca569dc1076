import type { Used } from '../../cards/team/limits.ts';
import { findIso } from '../../models/isos.ts';
import { readMonthOfCalls } from '../../models/month-of-calls.ts';
import { noticeName, usageOf } from '../../models/monthly-usage.ts';
import { findPerson } from '../../models/people.ts';
import { personalUsageOf } from '../../models/personal-usage.ts';
import { readInstallation } from '../../models/settings.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { standings } from '../../src/domain/budget.ts';
import { monthOf, runsOutAt } from '../../src/domain/limits.ts';
import { canChange } from '../../src/domain/member-change.ts';
import { forAdmins } from './for-admins.ts';

/** What this month has cost so far: of the calls the own ISO's share, of the pushes, which nobody shares out, the organisation's. */
export const loadLimits = forAdmins(async (_card, _viewer, isoId, now) => {
  const month = monthOf(now);
  const [usage, { limits }, iso] = await Promise.all([usageOf(month), readInstallation(), findIso(isoId)]);
  const own = standings(await readMonthOfCalls(now, limits.calls)).get(isoId);
  const of = (used: number, limit: number): Used => {
    const end = runsOutAt({ used, limit, since: usage.since ?? now, now });
    return { used, limit, runsOutAt: end };
  };
  const calls = of(own?.used ?? 0, own === undefined ? 0 : own.shared + own.kept);
  return {
    name: 'team.limits',
    model: { month, timeZone: iso?.timeZone ?? 'UTC', pushes: of(usage.pushes, limits.pushes), calls },
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

/** Whose pushes are far above everybody's, while they are of the viewer's ISO. */
export const loadFarAbove = forAdmins(async (card, viewer, isoId) => {
  const [month = '', userId = ''] = card.subject.id.split('/');
  const [person, usage, { limits }] = await Promise.all([
    findPerson(userId),
    personalUsageOf(month, userId),
    readInstallation(),
  ]);
  if (person === undefined || person.isoId !== isoId || usage === undefined) return OLD_CARD;
  const canPause = userId !== viewer.userId && canChange(person, 'pause');
  const model = { userId, name: person.name, month, pushes: usage.pushes, limit: limits.pushes, canPause };
  return { name: 'team.farAbove', model, version: 0 };
});
