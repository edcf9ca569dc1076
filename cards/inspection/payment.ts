import type { PaymentApp } from '../../src/domain/inspection-rules.ts';
import type { PaymentMode, PaymentTool } from '../../src/inspection/inspection.ts';
import { plain } from '../buttons.ts';
import { type FormModel, formOf, problemLines } from '../form.ts';
import { markdownLink, markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardAction, CardForm, CardView } from '../view.ts';
import { fieldLabel, paymentMode, toolName, toolSteps } from '../vocabulary.ts';
import { type InspectionJob, inspectionHead, lastNote, wayOut } from './job.ts';

export interface PaymentModel {
  readonly job: InspectionJob;
  readonly mode: PaymentMode;
  readonly tool: PaymentTool;
  /** Whether it is the first way of paying: getting ready comes before it. */
  readonly isFirst: boolean;
  /** Where the app is to be had, by the system of the phone. */
  readonly links: PaymentApp['links'];
  /** Whether a test account of the ISO's is needed to log in. */
  readonly needsAccount: boolean;
  /** The name of the test account that the ISO gave. */
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
    note: t('pay.thenPhoto', { way: paymentMode(t, mode) }),
  };
}

/** How to get ready and what to do then, numbered; of a further way of paying only what is new. */
function steps(t: T, model: PaymentModel): string[] {
  const { tool, needsAccount, isFirst, links } = model;
  const [download = '', ...more] = toolSteps(t, tool);
  const ready = [`${download} ${downloads(t, tool, links)}`, ...more, ...(needsAccount ? [logInLine(t, model)] : [])];
  const all = [...ready, t(isFirst ? 'pay.twice' : 'pay.other')].map((text, index) => `${index + 1}․ ${text}`);
  return isFirst ? all : all.slice(-2);
}

/** One link for all phones, or one for each system. */
function downloads(t: T, tool: PaymentTool, { ios, android, other }: PaymentApp['links']): string {
  const name = toolName(t, tool);
  const links = [
    ...(ios === undefined ? [] : [markdownLink(`${name} (iOS)`, ios)]),
    ...(android === undefined ? [] : [markdownLink(`${name} (Android)`, android)]),
    ...(other === undefined ? [] : [markdownLink(name, other)]),
  ];
  return links.join(' · ');
}

/** For what is still missing to log in with, until it is asked for. */
function askButton({ needsAccount, account, askedAt, toldAt }: PaymentModel, t: T): CardAction[] {
  if (!needsAccount || askedAt !== undefined || toldAt !== undefined) return [];
  const label = t(account === undefined ? 'button.askForAccount' : 'button.askForPassword');
  return [plain(label, 'inspection.askAccount')];
}

function logInLine(t: T, { account, askedAt }: PaymentModel): string {
  if (account !== undefined) return markdownText(t, 'pay.login.account', { account });
  return t(askedAt === undefined ? 'pay.login.noAccount' : 'pay.login.accountAsked');
}

/** How it stands with the password; when, is on the card of the account. */
function passwordTag({ needsAccount, account, askedAt, toldAt }: PaymentModel, t: T): CardView['tag'] {
  if (!needsAccount || account === undefined) return undefined;
  if (askedAt !== undefined) return { text: t('pay.passwordAsked'), tone: 'info' };
  return toldAt === undefined ? undefined : { text: t('pay.passwordGiven'), tone: 'success' };
}

const AMOUNT = { name: 'amount' };

function inMoney(t: T, form: CardForm, currency: string | undefined): CardForm {
  if (currency === undefined) return form;
  const [amount, inCurrency] = [fieldLabel(t, form.step, AMOUNT), t('pay.amountIn', { currency })];
  // what is wrong may stand behind it
  const fields = form.fields.map((field) =>
    field.name === AMOUNT.name ? { ...field, label: field.label.replace(amount, () => inCurrency) } : field,
  );
  return { ...form, fields };
}
