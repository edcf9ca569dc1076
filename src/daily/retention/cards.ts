import { DAY_MS } from '@field/kit/calendar';
import type { Clock } from '@field/kit/clock';
import { forgetCaptures } from '../../../models/captures.ts';
import { forgetJobs } from '../../../models/forget-sends.ts';
import { forgetCards, oldCards } from '../../../models/over-cards.ts';
import { forgetApplied } from '../../../models/pictures.ts';
import { inTransaction } from '../../../models/transaction.ts';
import { monthsBefore, type Retention } from '../../domain/retention.ts';
import { pageByPage, type RetentionRule, untilNoneIsLeft } from './rule.ts';

/** Cards with what brought them, lines and folded ones soon, records with what they tell of; then what else only carried work on. */
export function cardRules({ cardsDays, recordsMonths }: Retention, clock: Pick<Clock, 'machine'>): RetentionRule[] {
  const carried = (now: number): number => now - cardsDays * DAY_MS;
  return [
    {
      of: 'cards',
      async *remove(now) {
        for (const kind of ['line', 'working', 'record'] as const) {
          const before = kind === 'record' ? monthsBefore(now, recordsMonths) : carried(now);
          yield* pageByPage(
            (page) => oldCards({ kind, before, ...page }),
            (ids) => inTransaction((tx) => forgetCards(ids, clock.machine(), tx)),
          );
        }
      },
    },
    { of: 'outbox', remove: (now) => untilNoneIsLeft((most) => forgetJobs(carried(now), most)) },
    { of: 'captures', remove: (now) => untilNoneIsLeft((most) => forgetCaptures(carried(now), most)) },
    { of: 'pictures', remove: (now) => untilNoneIsLeft((most) => forgetApplied(carried(now), most)) },
  ];
}
