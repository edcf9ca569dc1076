import type { PaymentMode, PaymentTool } from '../../src/inspection/inspection.ts';
import { plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardForm, CardView } from '../view.ts';
import { paymentResult, toolName } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';
import { PAYMENT_WAYS } from './payment-way.ts';

export interface PaymentModel {
  readonly job: InspectionJob;
  readonly mode: PaymentMode;
  readonly tool: PaymentTool;
  /** Where the app is to be had. */
  readonly download: string;
  /** For Alipay: the name of the test account that the ISO assigned, and whether it was asked for. */
  readonly account?: string | undefined;
  readonly asked: boolean;
  /** `THB`; unknown for a country that we do not know the money of. */
  readonly currency?: string | undefined;
  readonly form: Omit<FormModel, 'step'>;
}

/** How to pay in one of the two ways, in numbered steps, and what came of it. */
export function payment(model: PaymentModel, t: T): CardView {
  const { job, form, mode, tool } = model;
  const asked = { ...form, step: 'payment' };
  const [mistake] = problemLines(t, asked);
  const needsAccount = tool === 'ALIPAY' && model.account === undefined && !model.asked;
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    body: [...(mistake === undefined ? lastNote(t, job) : [mistake]), ...steps(t, model)].slice(0, 4),
    form: inMoney(t, formOf(t, asked, 'inspection.answer', t('button.next')), model.currency),
    actions: [...(needsAccount ? [plain(t('button.askForAccount'), 'inspection.askAccount')] : []), ...wayOut(t)],
    note: t('pay.thenPhoto', { notTried: paymentResult(t, 'NOT_ATTEMPTED'), way: t(PAYMENT_WAYS[mode]) }),
  };
}

/** The guide's three steps; of the second way of paying only what is new. */
function steps(t: T, model: PaymentModel): string[] {
  if (model.mode === 'UPM') return [logInLine(t, model), t('pay.other')];
  const app = `[${toolName(t, model.tool)}](${model.download})`;
  return [`${t('pay.download')} ${app}`, logInLine(t, model), t('pay.twice')];
}

function logInLine(t: T, { tool, account, asked }: PaymentModel): string {
  if (tool === 'ALIPAY_PLUS_LINKER') return t('pay.login.sameAccount');
  if (account !== undefined) return markdownText(t, 'pay.login.account', { account });
  return t(asked ? 'pay.login.accountAsked' : 'pay.login.noAccount');
}

function inMoney(t: T, form: CardForm, currency: string | undefined): CardForm {
  if (currency === undefined) return form;
  const label = t('pay.amountIn', { currency });
  return { ...form, fields: form.fields.map((field) => (field.name === 'amount' ? { ...field, label } : field)) };
}
