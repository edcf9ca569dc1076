import { backButton, menuButton } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type OptionalPhoto, photoButtons } from './further.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

export interface DetailsModel {
  readonly job: JobModel;
  /** Of the store, or of the business: `step` tells. */
  readonly form: FormModel;
  /** The photos of its step that may be left out. */
  readonly photos?: readonly OptionalPhoto[] | undefined;
}

/** *More details*: everything that may be left out, on a card of its own. */
export function details({ job, form, photos = [] }: DetailsModel, t: T): CardView {
  const mistake = problemLines(t, form);
  return {
    ...jobHead(t, job, 'place.details'),
    body: [...noteLines(t, job), ...(mistake.length > 0 ? mistake : [t('details.optional')])],
    form: formOf(t, form, 'promotion.answer', t('button.next')),
    actions: [...photoButtons(t, photos), backButton(t), menuButton(t)],
  };
}
