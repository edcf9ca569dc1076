import type { Clock } from '@field/kit/clock';
import { usageOf } from '../../models/monthly-usage.ts';
import { METERED, type Metered, monthOf } from '../domain/limits.ts';
import type { Figure } from '../web/metrics.ts';

const HELP: Readonly<Record<Metered, string>> = {
  pushes: 'Pushes of this month, of all ISOs',
  calls: 'Calls of this month that count, of all ISOs; npm run op -- iso share list has them by ISO',
};

/** What this month has cost so far. By ISO it stands under `iso share list`: a label for each would grow without end. */
export function monthFigures(clock: Pick<Clock, 'now'>): readonly Figure[] {
  return METERED.map((what) => ({
    name: `dingtalk_month_${what}`,
    help: HELP[what],
    read: async () => (await usageOf(monthOf(clock.now())))[what],
  }));
}
