import { plain } from '../buttons.ts';
import { type FieldModel, type FormModel, formOf, problemLines } from '../form.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { feeName } from '../vocabulary.ts';

/** A rate is of this month, unless that is closed, or of the next. */
export const RATE_FROM = ['THIS_MONTH', 'NEXT_MONTH'] as const;
export type RateFrom = (typeof RATE_FROM)[number];

/** What is asked of a rate, where it can begin in these months. */
export function rateFields(months: readonly RateFrom[]) {
  return [
    { name: 'rate', type: 'number', isAmount: true, required: true },
    { name: 'rateFrom', type: 'choice', options: months, required: true },
  ] as const satisfies readonly FieldModel[];
}

export interface PayRateModel extends Pick<FormModel, 'values' | 'problems'> {
  readonly fee: string;
  /** The money of the ISO's country. */
  readonly currency: string;
  readonly months: readonly RateFrom[];
}

/** *Deployment fee*: what the ISO counts for one, and from when on. */
export function payRate({ fee, currency, months, values, problems }: PayRateModel, t: T): CardView {
  const form: FormModel = { step: 'payRate', ref: fee, fields: rateFields(months), values, problems };
  return {
    title: feeName(t, { id: fee }),
    body: [...problemLines(t, form).slice(0, 1), markdownText(t, 'payRate.how', { currency }), t('payRate.past')],
    form: formOf(t, form, 'team.savePayRate', t('button.save')),
    actions: [plain(t('button.back'), 'team.staffFees')],
  };
}
