import { middayUtc } from '@field/kit/calendar';
import type { ReviewNumbers } from '../src/domain/review-numbers.ts';
import { primary } from './buttons.ts';
import { shownDate } from './dates.ts';
import type { T } from './text.ts';
import type { CardChart, CardView } from './view.ts';
import { reviewReason, type SaidReason } from './vocabulary.ts';

/** What a group is told of a day: numbers, never a name. */
export interface DigestModel {
  /** `YYYYMMDD`. */
  readonly dataDate: string;
  readonly toldAt: number;
  readonly timeZone: string;
  readonly numbers: Pick<ReviewNumbers, 'stores' | 'spots'>;
  /** Why stores and spots failed, the most frequent first. */
  readonly reasons: readonly {
    readonly reason: SaidReason;
    readonly count: number;
    /** On the same day a week before, where that was told. */
    readonly before?: number | undefined;
  }[];
  /** Failures that are to be put right soon, and until which day (`YYYYMMDD`). */
  readonly urgent: number;
  readonly urgentBy?: string | undefined;
  /** Failures that have been open for days. */
  readonly old?: number | undefined;
  /** Inspections that are due by tomorrow, or overdue. */
  readonly inspections?: number | undefined;
  /** Of the same day a week before, where it was told. */
  readonly lastWeek?: Pick<ReviewNumbers, 'stores' | 'spots'> | undefined;
}

const REASONS_SHOWN = 6;

/** *Tue 24 Nov · results*: what was promoted and what became of it, failures by reason. */
export function digest(model: DigestModel, t: T): CardView {
  const { dataDate, toldAt, timeZone, numbers, reasons, lastWeek } = model;
  const { stores, spots } = numbers;
  return {
    title: t('digest.title', { date: shownDate(t.language, toldAt, timeZone) }),
    body: [
      t('digest.upTo', { date: dayText(t, dataDate) }),
      t('digest.promoted', {
        stores: stores.promoted - (stores.again ?? 0),
        spots: spots.promoted - (spots.again ?? 0),
        again: (stores.again ?? 0) + (spots.again ?? 0),
      }),
      t('digest.outcome', sumOf(numbers)),
      ...(lastWeek === undefined ? [] : [t('digest.lastWeek', sumOf(lastWeek))]),
    ],
    facts: [
      ...toDo(model, t),
      ...reasons
        .slice(0, REASONS_SHOWN)
        .map(({ reason, count }) => ({ label: reviewReason(t, reason), value: `${count}` })),
    ],
    chart: chartOf(model, t),
    actions: [primary(t('button.openMyResults'), 'review.mine')],
    note: t('results.oneDayLate'),
  };
}

const REASONS_COMPARED = 4;

/**
 * Which reasons grew since a week before: a group of bars for either day, each in one colour, which says of none that it is good or bad.
 * Of a single reason the number says it.
 */
function chartOf({ reasons }: DigestModel, t: T): CardChart | undefined {
  const compared = reasons.filter(({ before }) => before !== undefined).slice(0, REASONS_COMPARED);
  if (compared.length < 2) return undefined;
  const bars = (series: string, countOf: (one: (typeof compared)[number]) => number) =>
    compared.map((one) => ({ x: reviewReason(t, one.reason), y: countOf(one), series }));
  return {
    type: 'histogram',
    points: [
      ...bars(t('digest.weekBefore'), ({ before = 0 }) => before),
      ...bars(t('digest.thisTime'), ({ count }) => count),
    ],
  };
}

/** What somebody is to do something about soon. */
function toDo({ urgent, urgentBy, old = 0, inspections = 0 }: DigestModel, t: T): { label: string; value: string }[] {
  const date = urgentBy === undefined ? 'none' : dayText(t, urgentBy);
  const all = [
    { label: t('digest.urgent', { date }), count: urgent },
    { label: t('digest.old'), count: old },
    { label: t('digest.inspections'), count: inspections },
  ];
  return all.flatMap(({ label, count }) => (count > 0 ? [{ label, value: `${count}` }] : []));
}

/** Of stores and spots together. */
function sumOf({
  stores,
  spots,
}: DigestModel['numbers']): Readonly<Record<'approved' | 'failed' | 'inReview', number>> {
  return {
    approved: stores.approved + spots.approved,
    failed: stores.failed + spots.failed,
    inReview: stores.inReview + spots.inReview,
  };
}

function dayText(t: T, day: string): string {
  return shownDate(t.language, middayUtc(day), 'UTC');
}
