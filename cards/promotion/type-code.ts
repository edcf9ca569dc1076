import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { backButton, menuButton } from '../buttons.ts';
import { type FieldModel, type FormModel, formOf, problemLines } from '../form.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead, noteLines } from './job.ts';

export interface TypeCodeModel {
  readonly job: JobModel;
  readonly spot: SpotLabel;
  /** What was typed before, and what was wrong with it. */
  readonly form: Pick<FormModel, 'values' | 'problems' | 'ref'>;
}

export const TYPE_CODE_FIELDS = [
  { name: 'code', type: 'text', required: true, maxLength: 200 },
] as const satisfies readonly FieldModel[];

/** The fallback when no camera can read the code: it is printed below the QR. */
export function typeCode({ job, spot, form }: TypeCodeModel, t: T): CardView {
  const asked: FormModel = { ...form, step: 'typeCode', fields: TYPE_CODE_FIELDS };
  const mistake = problemLines(t, asked);
  return {
    ...jobHead(t, job, spot),
    body: [...noteLines(t, job), ...mistake, t('typeCode.where')],
    captures: true,
    form: formOf(t, asked, 'promotion.answer', t('button.next')),
    actions: [backButton(t), menuButton(t)],
  };
}
