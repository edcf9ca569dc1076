import { middayUtc } from '@field/kit/calendar';
import { plain } from '../buttons.ts';
import { shownDate, shownTime } from '../dates.ts';
import { shortList } from '../short-list.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';

/** What besides results comes in daily files. */
export const OTHER_DATA = ['tasks', 'fees', 'stock', 'scans'] as const;
export type OtherData = (typeof OTHER_DATA)[number];

export interface CameInDay {
  /** `YYYYMMDD`. */
  readonly day: string;
  /** `none`: they came, and say nothing of this ISO. */
  readonly results: 'in' | 'none' | 'late' | 'coming' | 'no';
  /** Stores and spots. */
  readonly approved: number;
  readonly failed: number;
  /** Rows about this ISO that changed nothing, since they are about nothing that is known or contradict it. */
  readonly notUnderstood: number;
  readonly others: readonly OtherData[];
}

export interface CameInModel {
  /** The newest first. */
  readonly days: readonly CameInDay[];
  /** By when results are there, milliseconds, and where that is said. */
  readonly dueAt: number;
  readonly timeZone: string;
}

const OTHERS: Readonly<Record<OtherData, TextKey>> = {
  tasks: 'cameIn.tasks',
  fees: 'cameIn.fees',
  stock: 'cameIn.stock',
  scans: 'cameIn.scans',
};

/** *Data · 5 days*: what came of which day for an ISO, with what outcome, and what is missing. */
export function cameIn({ days, dueAt, timeZone }: CameInModel, t: T): CardView {
  const isLate = days.some(({ results }) => results === 'late');
  const notUnderstood = days.some((day) => day.notUnderstood > 0);
  return {
    title: t('cameIn.title', { days: days.length }),
    body: [...(isLate ? [t('cameIn.lateLine')] : []), ...(notUnderstood ? [t('cameIn.notUnderstoodLine')] : [])],
    table: {
      columns: [t('cameIn.day'), t('entry.results'), t('cameIn.also')],
      rows: days.map((day) => [
        dayText(t, day.day),
        resultsOf(day, t, shownTime(t.language, dueAt, timeZone)),
        shortList(
          t.language,
          day.others.map((other) => t(OTHERS[other])),
        ),
      ]),
    },
    actions: [
      plain(t('button.files'), 'team.files'),
      plain(t('button.lists'), 'team.lists'),
      plain(t('button.more'), 'team.more'),
    ],
    note: t('cameIn.note'),
  };
}

function resultsOf({ results, approved, failed, notUnderstood }: CameInDay, t: T, time: string): string {
  const not = notUnderstood > 0 ? [t('cameIn.notUnderstood', { count: notUnderstood })] : [];
  switch (results) {
    case 'in':
      return [t('cameIn.in', { approved, failed }), ...not].join(' · ');
    case 'none':
      return not[0] ?? t('cameIn.none');
    case 'late':
      return t('cameIn.late');
    case 'coming':
      return t('cameIn.coming', { time });
    case 'no':
      return t('cameIn.no');
  }
}

function dayText(t: T, day: string): string {
  return shownDate(t.language, middayUtc(day), 'UTC');
}
