import { hoursOf, OF_A_PROMOTION, SERVED, type Work } from './field-day.ts';
import { queueOf, type Served } from './queue.ts';
import type { Row } from './row.ts';

const PEOPLE = 4_000;
/** Where one bot is too few, so many. */
const BOTS: Readonly<Partial<Record<Work, readonly number[]>>> = { photos: [2, 4] };

/** A day of ten ISOs of four hundred people on one bot, simulated: what waits for what, and whether more of it would do. */
export async function scaleRows(): Promise<Row[]> {
  return (Object.keys(OF_A_PROMOTION) as Work[]).flatMap((name) => {
    const perHour = hoursOf(name, PEOPLE);
    const served = SERVED[name];
    const peak = Math.max(...perHour) / 3_600;
    const bots = BOTS[name] ?? [];
    const told = (of: Served, suffix: string): Row[] => {
      const { longest, p99Ms, fullest } = queueOf(perHour, of);
      return [
        {
          name: `scale.${name}${suffix}.perSecond`,
          value: peak,
          unit: `a second in the fullest hour: ${Math.round(fullest * 100)} %`,
        },
        { name: `scale.${name}${suffix}.longest`, value: longest, unit: 'waiting at once' },
        { name: `scale.${name}${suffix}.p99Ms`, value: p99Ms, unit: 'ms' },
      ];
    };
    return [...told(served, ''), ...bots.flatMap((servers) => told({ ...served, servers }, `.by${servers}`))];
  });
}
