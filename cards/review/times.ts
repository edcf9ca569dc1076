import { periodNamed } from '../../src/domain/result-period.ts';
import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { periodName } from './mine.ts';

export interface TimesModel {
  /** `202611`, the latest first. */
  readonly months: readonly string[];
  /** The month before these, as long as anything was sent by then. */
  readonly earlier?: string | undefined;
}

/** *Another time*: of which results can be shown. */
export function times({ months, earlier }: TimesModel, t: T): CardView {
  const all = ['today', 'week', 'month', 'all'] as const;
  return {
    title: t('button.anotherTime'),
    actions: [
      ...[...all, ...months.map(periodNamed)].map((period) => plain(periodName(t, period), 'review.mine', { period })),
      ...(earlier === undefined ? [] : [plain(t('button.earlierMonths'), 'review.times', { until: earlier })]),
      menuButton(t),
    ],
  };
}
