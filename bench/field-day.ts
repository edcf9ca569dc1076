import { MEASURED, OWN } from './measured.ts';
import type { Served } from './queue.ts';

/** What somebody does on a working day: change it for an office of another kind. */
export const PROMOTIONS_A_PERSON = 2;
export const WORKING_DAYS = 250;
/** Of what a promotion with two spots is made, corrections and what comes of its results included. */
export const OF_A_PROMOTION = { taps: 25, messages: 8, photos: 16, calls: 24 } as const;
/** Of its photos those with a code in them, and its items: the shop, two spots and what stands there. */
export const WITH_CODE = 4;
export const ITEMS = 5;
/** Which part of the day falls into which of its hours: shops open at ten, and most is done before they are full. */
export const HOURS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 6, 12, 14, 8, 6, 11, 14, 12, 8, 4, 2, 1, 0, 0, 0];

export type Work = keyof typeof OF_A_PROMOTION;

const { photos } = OF_A_PROMOTION;
const photoMs = (MEASURED.photo.value * (WITH_CODE + (photos - WITH_CODE) * MEASURED.withoutCode.value)) / photos;

/** What one process does on two cores, and what the product asks of one path of DingTalk. */
export const SERVED: Readonly<Record<Work, Served>> = {
  taps: { servers: 1, eachMs: 1_000 / MEASURED.taps.value },
  // recorded first, then applied and answered below: taken as two taps
  messages: { servers: 1, eachMs: 2_000 / MEASURED.taps.value },
  photos: { servers: 1, eachMs: photoMs },
  calls: { servers: 1, eachMs: 1_000 / OWN.callsASecond },
};

/** How much of a work comes in each hour of a day of so many people. */
export function hoursOf(work: Work, people: number): readonly number[] {
  const all = HOURS.reduce((sum, part) => sum + part, 0);
  return HOURS.map((part) => (people * PROMOTIONS_A_PERSON * OF_A_PROMOTION[work] * part) / all);
}
