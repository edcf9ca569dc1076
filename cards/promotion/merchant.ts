import { backButton, menuButton, plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface MerchantFormModel {
  readonly job: JobModel;
  readonly form: FormModel;
  /** Re-opened from the summary: there is somewhere to go back to. */
  readonly back: boolean;
}

/** *Business details*: four questions, most of them answered already. */
export function merchantForm({ job, form, back }: MerchantFormModel, t: T): CardView {
  const mistake = problemLines(t, form);
  return {
    ...jobHead(t, job, 'place.merchant'),
    body: [...noteLines(t, job), ...(mistake.length > 0 ? mistake : [t('merchant.why')])],
    form: formOf(t, form, 'promotion.answer', t('button.next')),
    actions: [
      plain(t('button.moreDetails'), 'promotion.more'),
      ...(back ? [backButton(t)] : cancelButtons(t, job)),
      menuButton(t),
    ],
  };
}
