import type { Clock } from '@field/kit/clock';
import { allIsos } from '../../models/isos.ts';
import { readSharedMonth } from '../../models/month-of-calls.ts';
import { usageOf } from '../../models/monthly-usage.ts';
import { type Amounts, METERED, type Metered, monthOf, runsOutAt } from '../domain/limits.ts';
import type { Figure, FigureBy } from '../web/metrics.ts';

/** What this month has cost so far, in all and by ISO, by its e-mail; how much of it that is, and when it is used up. */
export function monthFigures(clock: Pick<Clock, 'now'>, limits: Amounts): readonly (Figure | FigureBy)[] {
  const usage = () => usageOf(monthOf(clock.now()));

  async function byIso(what: Metered): Promise<ReadonlyMap<string, number>> {
    const [isos, { shares }] = [await allIsos(), await readSharedMonth(clock.now(), limits)];
    return new Map(isos.map(({ isoId, email }) => [email, shares.get(isoId)?.[what].used ?? 0]));
  }

  return [
    { name: 'dingtalk_month_pushes', read: async () => (await usage()).pushes },
    { name: 'dingtalk_month_calls', read: async () => (await usage()).calls },
    { name: 'dingtalk_month_pushes_by_iso', readEach: () => byIso('pushes') },
    { name: 'dingtalk_month_calls_by_iso', readEach: () => byIso('calls') },
    {
      name: 'dingtalk_month_used_ratio',
      async readEach() {
        const used = await usage();
        return new Map(METERED.map((what) => [what, used[what] / limits[what]]));
      },
    },
    {
      name: 'dingtalk_month_runs_out_timestamp_seconds',
      async readEach() {
        const [used, now] = [await usage(), clock.now()];
        const since = used.since ?? now;
        return new Map(
          METERED.map((what) => [
            what,
            (runsOutAt({ used: used[what], limit: limits[what], since, now }) ?? 0) / 1_000,
          ]),
        );
      },
    },
  ];
}
