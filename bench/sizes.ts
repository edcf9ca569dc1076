import { hoursOf, ITEMS, OF_A_PROMOTION, PROMOTIONS_A_PERSON, SERVED, WORKING_DAYS, type Work } from './field-day.ts';
import { MEASURED, OWN } from './measured.ts';
import { queueOf } from './queue.ts';

const OFFICES = [
  { called: 'an office of 40', people: 40 },
  { called: 'one ISO of 400', people: 400 },
  { called: 'ten ISOs of 400', people: 4_000 },
] as const;
type Office = (typeof OFFICES)[number];

/** A bot that is busy for half of the fullest hour keeps nobody waiting. */
const AT_EASE = 0.5;

/** Which figure of the bench each size comes from. */
export function measuredTable(): string {
  const rows = Object.values(MEASURED).map(({ value, unit, row }) => [`${shown(value)} ${unit}`, `\`${row}\``]);
  return table(['measured', 'row of the bench'], rows);
}

/** What an office, an ISO and ten ISOs need. */
export function sizesTable(): string {
  const each = (say: (office: Office) => string): readonly string[] => OFFICES.map(say);
  const { landed, item } = MEASURED;
  return table(
    ['what', ...each(({ called }) => called), 'from'],
    [
      ['bots of two cores and 1 GB', ...each(botsFor), '`photo.*`'],
      ['store', ...each(storeFor), ''],
      ['photos in the fullest hour', ...each((office) => busy('photos', office)), '`photo.*`'],
      ['taps in the fullest hour', ...each((office) => busy('taps', office)), `\`${MEASURED.taps.row}\``],
      [
        'review rows of a night, and their time',
        ...each((office) => `${shown(itemsOfDay(office))} rows, ${seconds(itemsOfDay(office) / landed.value)}`),
        `\`${landed.row}\``,
      ],
      [
        'rows of a year',
        ...each((office) => `${rounded((itemsOfDay(office) * WORKING_DAYS * item.value) / 1e9)} GB`),
        `\`${item.row}\``,
      ],
      [
        `photos of a year, ${OWN.photoKb} KB each`,
        ...each((office) => `${rounded((ofDay('photos', office) * WORKING_DAYS * OWN.photoKb) / 1e9)} TB`),
        '',
      ],
      ['calls of DingTalk a day, photos by chat', ...each((office) => shown(ofDay('calls', office))), ''],
    ],
  );
}

/** How long the queues of ten ISOs become on a day. */
export function queuesTable(): string {
  const people = 4_000;
  const line = (called: string, work: Work, servers = 1): readonly string[] => {
    const perHour = hoursOf(work, people);
    const { longest, p99Ms, fullest } = queueOf(perHour, { ...SERVED[work], servers });
    return [
      called,
      `${rounded((servers * 1_000) / SERVED[work].eachMs)} a second`,
      `${rounded(Math.max(...perHour) / 3_600)} a second`,
      percent(fullest),
      shown(longest),
      waited(p99Ms),
    ];
  };
  return table(
    ['what', 'at most', 'in the fullest hour', 'used', 'longest queue', 'p99'],
    [
      line('taps', 'taps'),
      line('messages', 'messages'),
      line('photos', 'photos'),
      line('photos, two bots', 'photos', 2),
      line('photos, four bots', 'photos', 4),
      line('calls of DingTalk', 'calls'),
    ],
  );
}

function botsFor(office: Office): string {
  const used = usedOf('photos', office);
  if (office.people < 400) return '1';
  const [enough, atEase] = [Math.ceil(used), Math.ceil(used / AT_EASE)];
  return enough === 1 ? '1; 2 so that nobody notices one' : `${enough}; ${atEase} so that nobody waits`;
}

function storeFor({ people }: Office): string {
  if (people < 400) return 'the embedded one';
  return people === 400 ? 'either; MongoDB for a second bot' : 'MongoDB, a replica set of three';
}

function busy(work: Work, office: Office): string {
  return `${rounded(Math.max(...hoursOf(work, office.people)) / 3_600)} a second, ${percent(usedOf(work, office))} of a bot`;
}

function usedOf(work: Work, { people }: Office): number {
  return (Math.max(...hoursOf(work, people)) * SERVED[work].eachMs) / 3_600_000;
}

function ofDay(work: Work, { people }: Office): number {
  return people * PROMOTIONS_A_PERSON * OF_A_PROMOTION[work];
}

function itemsOfDay({ people }: Office): number {
  return people * PROMOTIONS_A_PERSON * ITEMS;
}

function percent(part: number): string {
  return part < 0.01 ? 'below 1 %' : `${Math.round(part * 100)} %`;
}

function seconds(time: number): string {
  return time < 1 ? 'below a second' : `${Math.ceil(time)} s`;
}

function waited(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${rounded(ms / 1_000)} s` : `${Math.round(ms / 60_000)} min`;
}

/** Two digits: more nobody knows. */
function rounded(value: number): string {
  return shown(Number(value.toPrecision(2)));
}

function shown(value: number): string {
  return value.toLocaleString('en');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heads), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
