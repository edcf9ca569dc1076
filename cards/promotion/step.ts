import { backButton, menuButton } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { stepWhy } from '../vocabulary.ts';
import { type Further, furtherButtons } from './further.ts';
import { cancelButtons, type JobModel, jobHead, noteLines } from './job.ts';

export interface StepFormModel {
  readonly job: JobModel;
  readonly form: FormModel;
  readonly further: Further;
  /** Re-opened from the summary: there is somewhere to go back to. */
  readonly back: boolean;
}

/** A step that comes once, beside that of the shop: *Business details*, most of them answered already. */
export function stepForm({ job, form, further, back }: StepFormModel, t: T): CardView {
  const mistake = problemLines(t, form);
  return {
    ...jobHead(t, job, { step: form.step }),
    body: [...noteLines(t, job), ...(mistake.length > 0 ? mistake : stepWhy(t, form.step))],
    captures: true,
    form: formOf(t, form, 'promotion.answer', t('button.next')),
    actions: [...furtherButtons(t, further), ...(back ? [backButton(t)] : cancelButtons(t, job)), menuButton(t)],
  };
}
