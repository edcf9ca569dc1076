import { type DataDate, dayAfter, dayOf, instantOf } from '@field/kit/calendar';

/** By then a day's data is there in the morning after (the guide: one day late). */
const EXPECTED_HOUR = 10;

/** The day whose data is the next to be there. */
export interface ExpectedData {
  readonly day: DataDate;
  /** When that day was over, and by when its data should be there; milliseconds. */
  readonly endedAt: number;
  readonly dueAt: number;
  /** Whether it should be there by now. */
  readonly isDue: boolean;
}

/** By the programme's time zone (domain A.12-18). */
export function expectedData(now: number, timeZone: string): ExpectedData {
  const today = dayOf(now, timeZone);
  const dueAt = instantOf(today, EXPECTED_HOUR, timeZone);
  return { day: dayAfter(today, -1), endedAt: instantOf(today, 0, timeZone), dueAt, isDue: now >= dueAt };
}
