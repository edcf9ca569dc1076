import { weekdayOf } from '@field/kit/calendar';
import type { AllowedHours } from '../domain/allowed-hours.ts';
import type { ShopPlace } from './deadline-rule.ts';
import type { Programme } from './programme.ts';

/**
 * When the people of an ISO may be told of what lapses: at the hours of the programme, by the ISO's own clock, on the working days of the
 * country that it is in; every day is one where the programme names none.
 */
export function reminderHours({ reminders, markets }: Programme, { market, timeZone }: ShopPlace): AllowedHours {
  const { workingDays, holidays = [] } = markets[market] ?? {};
  const off = new Set(holidays.map((day) => day.replaceAll('-', '')));
  return {
    from: reminders.from,
    to: reminders.to,
    timeZone,
    works: (day) => (workingDays === undefined || workingDays.includes(weekdayOf(day))) && !off.has(day),
  };
}
