import type { Used } from '../../cards/team/limits.ts';
import { findIso } from '../../models/isos.ts';
import { readMonth, readSharedMonth, sharedMonth } from '../../models/month-of-calls.ts';
import { noticeName, usageOf } from '../../models/monthly-usage.ts';
import { findPerson } from '../../models/people.ts';
import { personalUsageOf } from '../../models/personal-usage.ts';
import { readInstallation } from '../../models/settings.ts';
import { OLD_CARD } from '../../src/delivery/render-cards.ts';
import { runsOutAt } from '../../src/domain/limits.ts';
import { canChange } from '../../src/domain/member-change.ts';
import { siteStanding } from '../promotion/sites.ts';
import { forAdmins } from './for-admins.ts';

const NOTHING = { used: 0, limit: 0 } as const;

/** What this month has cost so far of the own ISO's share: what others, and all together, used is no business of theirs. */
export const loadLimits = forAdmins(async (_card, _viewer, isoId, now) => {
  const [{ limits }, iso, counted] = await Promise.all([readInstallation(), findIso(isoId), readMonth(now)]);
  const sites = iso && (await siteStanding(iso, now));
  const { usage, shares } = sharedMonth(counted, limits);
  const { pushes, calls, standing } = shares.get(isoId) ?? { pushes: NOTHING, calls: NOTHING };
  const of = ({ used, limit }: typeof pushes): Used => {
    const end = runsOutAt({ used, limit, since: usage.since ?? now, now });
    return { used, limit, runsOutAt: end };
  };
  return {
    name: 'team.limits',
    model: {
      month: usage.month,
      timeZone: iso?.timeZone ?? 'UTC',
      pushes: of(pushes),
      calls: of(calls),
      isLent: (standing?.left ?? 0) > 0,
      sites: sites && { agreed: sites.agreed, used: sites.used, period: sites.period },
    },
    version: 0,
  };
});

/** What was said when a limit came near. */
export const loadLimitNotice = forAdmins(async (card, _viewer, isoId) => {
  const [month = '', name] = card.subject.id.split('/');
  const { notices } = await usageOf(month);
  const notice = notices.find((one) => one.payer === isoId && noticeName(one) === name);
  if (notice === undefined) return OLD_CARD;
  const iso = await findIso(isoId);
  return { name: 'team.limitNotice', model: { ...notice, month, timeZone: iso?.timeZone ?? 'UTC' }, version: 0 };
});

/** Whose pushes are far above everybody's, while they are of the viewer's ISO, of which they are a part of its share. */
export const loadFarAbove = forAdmins(async (card, viewer, isoId, now) => {
  const [month = '', userId = ''] = card.subject.id.split('/');
  const [person, usage, { limits }] = await Promise.all([
    findPerson(userId),
    personalUsageOf(month, userId),
    readInstallation(),
  ]);
  const own = (await readSharedMonth(now, limits)).shares.get(isoId);
  if (person === undefined || person.isoId !== isoId || usage === undefined || own === undefined) return OLD_CARD;
  const canPause = userId !== viewer.userId && canChange(person, 'pause');
  const model = { userId, name: person.name, month, pushes: usage.pushes, limit: own.pushes.limit, canPause };
  return { name: 'team.farAbove', model, version: 0 };
});
