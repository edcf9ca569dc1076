import type { Clock } from '@field/kit/clock';
import { allIsos } from '../../models/isos.ts';
import { readSharedMonth } from '../../models/month-of-calls.ts';
import { usageOf } from '../../models/monthly-usage.ts';
import { type Amounts, METERED, type Metered, monthOf } from '../domain/limits.ts';
import type { Figure, FigureBy } from '../web/metrics.ts';

const WHAT: Readonly<Record<Metered, string>> = { pushes: 'Pushes', calls: 'Calls that count' };

/** What this month has cost so far: in all, and by ISO, by its e-mail. */
export function monthFigures(clock: Pick<Clock, 'now'>, limits: Amounts): readonly (Figure | FigureBy)[] {
  return METERED.flatMap((what) => [
    {
      name: `dingtalk_month_${what}`,
      help: `${WHAT[what]} of this month, of all ISOs`,
      read: async () => (await usageOf(monthOf(clock.now())))[what],
    },
    {
      name: `dingtalk_month_${what}_by_iso`,
      help: `${WHAT[what]} of this month because of the people of an ISO`,
      by: 'iso',
      read: async () => {
        const [isos, { shares }] = [await allIsos(), await readSharedMonth(clock.now(), limits)];
        return new Map(isos.map(({ isoId, email }) => [email, shares.get(isoId)?.[what].used ?? 0]));
      },
    },
  ]);
}
