import { danger, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

export interface DiscardConfirmModel {
  readonly job: JobModel;
}

/** Throwing away is asked twice, and the way back is the blue one. */
export function discardConfirm({ job }: DiscardConfirmModel, t: T): CardView {
  const shop = job.shop || t('menu.unnamedShop');
  return {
    ...jobHead(t, job, 'place.discard'),
    body: [...noteLines(t, job), markdownText(t, 'discard.question', { shop }), t('discard.warning')],
    actions: [primary(t('button.keepIt'), 'promotion.back'), danger(t('button.discard'), 'promotion.discardSure')],
  };
}
