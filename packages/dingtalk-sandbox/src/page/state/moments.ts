/** A moment as a browser's control holds it: `2026-11-23`, `10:42`, `2026-11-23T10:42`. */
export function toControl(value: string, picker: 'date' | 'time' | 'datetime'): string {
  const date = /\d{4}-\d{2}-\d{2}/.exec(value.replaceAll('/', '-'))?.[0] ?? '';
  const time = /\d{2}:\d{2}/.exec(value)?.[0] ?? '';
  if (picker === 'date') return date;
  if (picker === 'time') return time;
  return date === '' ? '' : `${date}T${time || '00:00'}`;
}

/** A moment of a control, written as the template asks: `yyyy-MM-dd HH:mm`. */
export function fromControl(value: string, format: string): string {
  if (value === '') return '';
  const [, year = '', month = '', day = ''] = /(\d{4})-(\d{2})-(\d{2})/.exec(value) ?? [];
  const [, hour = '00', minute = '00'] = /(\d{2}):(\d{2})/.exec(value) ?? [];
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    MM: month,
    dd: day,
    HH: hour,
    mm: minute,
    ss: '00',
  };
  return format.replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part] ?? part);
}
