import type { PaymentMode, PaymentTool } from '../../src/inspection/inspection.ts';
import { plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardAction, CardForm, CardView } from '../view.ts';
import { paymentResult, toolName } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';
import { PAYMENT_WAYS } from './payment-way.ts';

export interface PaymentModel {
  readonly job: InspectionJob;
  readonly mode: PaymentMode;
  readonly tool: PaymentTool;
  /** Where the app is to be had. */
  readonly download: string;
  /** For Alipay: the name of the test account that the ISO gave. */
  readonly account?: string | undefined;
  /** When it, or its password, was asked for, as long as that waits. */
  readonly askedAt?: number | undefined;
  /** When its password was given. */
  readonly toldAt?: number | undefined;
  /** `THB`; unknown for a country that we do not know the money of. */
  readonly currency?: string | undefined;
  readonly form: Omit<FormModel, 'step'>;
}

/** How to pay in one of the two ways, in numbered steps, and what came of it. */
export function payment(model: PaymentModel, t: T): CardView {
  const { job, form, mode } = model;
  const asked = { ...form, step: 'payment' };
  const [mistake] = problemLines(t, asked);
  return {
    ...inspectionHead(t, job, t('name.paymentVerification')),
    tag: passwordTag(model, t),
    body: [...(mistake === undefined ? lastNote(t, job) : [mistake]), ...steps(t, model)].slice(0, 4),
    form: inMoney(t, formOf(t, asked, 'inspection.answer', t('button.next')), model.currency),
    actions: [...askButton(model, t), ...wayOut(t)],
    note: t('pay.thenPhoto', { notTried: paymentResult(t, 'NOT_ATTEMPTED'), way: t(PAYMENT_WAYS[mode]) }),
  };
}

/** The guide's three steps; of the second way of paying only what is new. */
function steps(t: T, model: PaymentModel): string[] {
  if (model.mode === 'UPM') return [logInLine(t, model), t('pay.other')];
  const app = `[${toolName(t, model.tool)}](${model.download})`;
  return [`${t('pay.download')} ${app}`, logInLine(t, model), t('pay.twice')];
}

/** For what is still missing to log in with, until it is asked for. */
function askButton({ tool, account, askedAt, toldAt }: PaymentModel, t: T): CardAction[] {
  if (tool !== 'ALIPAY' || askedAt !== undefined || toldAt !== undefined) return [];
  const label = t(account === undefined ? 'button.askForAccount' : 'button.askForPassword');
  return [plain(label, 'inspection.askAccount')];
}

function logInLine(t: T, { tool, account, askedAt }: PaymentModel): string {
  if (tool === 'ALIPAY_PLUS_LINKER') return t('pay.login.sameAccount');
  if (account !== undefined) return markdownText(t, 'pay.login.account', { account });
  return t(askedAt === undefined ? 'pay.login.noAccount' : 'pay.login.accountAsked');
}

/** How it stands with the password; when, is on the card of the account. */
function passwordTag({ tool, account, askedAt, toldAt }: PaymentModel, t: T): CardView['tag'] {
  if (tool !== 'ALIPAY' || account === undefined) return undefined;
  if (askedAt !== undefined) return { text: t('pay.passwordAsked'), tone: 'info' };
  return toldAt === undefined ? undefined : { text: t('pay.passwordGiven'), tone: 'success' };
}

function inMoney(t: T, form: CardForm, currency: string | undefined): CardForm {
  if (currency === undefined) return form;
  const label = t('pay.amountIn', { currency });
  return { ...form, fields: form.fields.map((field) => (field.name === 'amount' ? { ...field, label } : field)) };
}
