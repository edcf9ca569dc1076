import { acted } from './change.ts';
import type { Draft } from './draft.ts';
import { formKey } from './form.ts';
import { answeredNow, isOvertaken } from './in-turn.ts';
import { reconciled } from './reconcile.ts';
import { fieldThatIs, optionPaying, paysAs } from './roles.ts';

/**
 * It was said while paying whether the shop takes only Alipay: its form says so from now on, as if it had been answered there at that time
 * (milliseconds). The same draft where the form says so already, was answered later, or has no answer that says it.
 */
export function sayPaysOnly(draft: Draft, onlyAlipay: boolean, at?: number): Draft {
  const asked = fieldThatIs(draft, 'paysWith');
  const option = optionPaying(draft, onlyAlipay);
  if (asked === undefined || option === undefined || paysAs(draft, 'onlyAlipay') === onlyAlipay) return draft;
  const { step, field } = asked;
  const form = formKey({ step: step.id, part: field.part });
  if (at !== undefined && isOvertaken(draft, form, field.name, at)) return draft;
  const answers = { ...draft.answers, [step.id]: { ...draft.answers[step.id], [field.name]: option } };
  return reconciled(draft, answeredNow({ ...acted(draft), answers }, form, [field.name], at));
}
