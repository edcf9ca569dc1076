/** The calendar day in the programme's time zone, `YYYYMMDD`, as file names carry it. */
export function programmeDay(at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return day.format(at).replaceAll('-', '');
}
