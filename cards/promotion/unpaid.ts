import { shownDate } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type FailedPayment, failedFacts } from './not-paid.ts';

export interface UnpaidModel {
  readonly shop: string;
  readonly by: string;
  readonly at: number;
  readonly timeZone: string;
  /** What does not work; nothing once it does. */
  readonly failed: readonly FailedPayment[];
}

/** For the admins: a payment does not work in a shop, and nothing is deployed there before it does. */
export function unpaid({ shop, by, at, timeZone, failed }: UnpaidModel, t: T): CardView {
  return {
    title: t('unpaid.title', { shop: shorten(shop, 16) }),
    body: [
      markdownText(t, 'findings.by', { name: shorten(by, 24), date: shownDate(t.language, at, timeZone) }),
      t(failed.length === 0 ? 'unpaid.worksNow' : 'unpaid.nothingDeployed'),
    ],
    facts: failedFacts(t, failed),
    actions: [],
  };
}
