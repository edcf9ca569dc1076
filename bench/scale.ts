import { queueOf, type Served } from './queue.ts';
import type { Row } from './row.ts';

const PEOPLE = 4_000;
const PROMOTIONS_A_PERSON = 2;
/** Of what a promotion with two spots is made, corrections and what comes of its results included. */
const OF_A_PROMOTION = { taps: 25, messages: 8, photos: 16, calls: 24 } as const;
/** Which part of the day falls into which of its hours: shops open at ten, and most is done before they are full. */
const HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 12, 14, 8, 6, 11, 14, 12, 8, 4, 2, 1, 0, 0, 0];

/** What one process was measured to do on two cores (`taps.saturation`, `photos`), and what the product asks of one path of DingTalk. */
const MEASURED: Readonly<Record<keyof typeof OF_A_PROMOTION, Served>> = {
  taps: { servers: 1, eachMs: 1_000 / 135 },
  // recorded first, then applied and answered below: taken as two taps
  messages: { servers: 1, eachMs: 2_000 / 135 },
  photos: { servers: 1, eachMs: 1_000 / 2.8 },
  calls: { servers: 1, eachMs: 1_000 / 14 },
};
/** Where one bot is too few, so many. */
const BOTS: Readonly<Partial<Record<keyof typeof OF_A_PROMOTION, readonly number[]>>> = { photos: [2, 4] };

/** A day of ten ISOs of four hundred people on one bot, simulated: what waits for what, and whether more of it would do. */
export async function scaleRows(): Promise<Row[]> {
  const promotions = PEOPLE * PROMOTIONS_A_PERSON;
  const all = HOURS.reduce((sum, part) => sum + part, 0);
  return Object.entries(OF_A_PROMOTION).flatMap(([name, each]) => {
    const perHour = HOURS.map((part) => (promotions * each * part) / all);
    const served = MEASURED[name as keyof typeof OF_A_PROMOTION];
    const peak = Math.max(...perHour) / 3_600;
    const bots = BOTS[name as keyof typeof OF_A_PROMOTION] ?? [];
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
