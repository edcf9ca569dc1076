import { type DataDate, dayAfter } from '@field/kit/calendar';

/** On which days data of each kind came. */
export type CameOn = ReadonlyMap<string, ReadonlySet<DataDate>>;

/** How far one looks back for what usually comes. */
export const DAYS_LOOKED_BACK = 7;
/** What came on fewer of them comes now and then, and is not missed. */
const USUAL_DAYS = 2;

/** The kinds that came on days before and did not for `day`, in the order in which they were named. */
export function missingFor(day: DataDate, cameOn: CameOn): readonly string[] {
  const before = Array.from({ length: DAYS_LOOKED_BACK }, (_, index) => dayAfter(day, -1 - index));
  return [...cameOn].flatMap(([kind, days]) => {
    const usual = before.filter((one) => days.has(one)).length;
    return !days.has(day) && usual >= USUAL_DAYS ? [kind] : [];
  });
}
