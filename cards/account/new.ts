import { type FieldModel, formOf } from '../form.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { accountsButton } from './accounts-button.ts';

export interface NewAccountModel {
  /** Who gets it at once, where somebody asks for one. */
  readonly name?: string | undefined;
}

export const ACCOUNT_FIELDS = [
  { name: 'account', type: 'text', required: true, maxLength: 40 },
] as const satisfies readonly FieldModel[];

/** The name of an account, and never its password: what was refused does not come back, nor is it kept anywhere. */
export function newAccount({ name }: NewAccountModel, t: T): CardView {
  const whose = name === undefined ? [] : [markdownText(t, 'account.for', { name: shorten(name, 24) })];
  return {
    title: t('button.addAccount'),
    body: [...whose, t('account.noPassword')],
    form: formOf(t, { step: 'account', fields: ACCOUNT_FIELDS, values: {} }, 'account.save', t('button.save')),
    actions: [accountsButton(t)],
  };
}
