import { type DataDate, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

/** By then a day's data is there in the morning after (the guide: one day late). */
const EXPECTED_HOUR = 10;

/** The day whose data is the next to be there, and whether it should be by now. `timeZone` is the programme's (domain A.12-18). */
export function expectedData(now: number, timeZone: string): { day: DataDate; endedAt: number; isDue: boolean } {
  const today = dayOf(now, timeZone);
  return {
    day: dayAfter(today, -1),
    endedAt: instantOf(today, 0, timeZone),
    isDue: now >= instantOf(today, EXPECTED_HOUR, timeZone),
  };
}
