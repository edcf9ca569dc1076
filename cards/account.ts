import { menuButton, primary } from './buttons.ts';
import { shownTime } from './dates.ts';
import { type FieldModel, formOf } from './form.ts';
import { markdownText } from './markdown.ts';
import { shorten } from './shorten.ts';
import type { T } from './text.ts';
import type { CardView } from './view.ts';

/** Somebody asks for an Alipay test account: a record for each admin of the ISO. */
export interface AccountRequestModel {
  readonly name: string;
  /** Who gave it, and when; absent while it is waited for. */
  readonly given?: { readonly by: string; readonly at: number; readonly account: string } | undefined;
  /** Whoever had it works there no more. */
  readonly returned: boolean;
  readonly timeZone: string;
}

export function accountRequest({ name, given, returned, timeZone }: AccountRequestModel, t: T): CardView {
  const who = shorten(name, 24);
  if (returned) {
    const args = { name: who, account: given?.account ?? '' };
    const body =
      given === undefined ? [t('account.notNeeded')] : [markdownText(t, 'account.returned', args), t('account.change')];
    return { title: t('account.title'), body, actions: [] };
  }
  if (given !== undefined) {
    const args = { name: shorten(given.by, 24), time: shownTime(t.language, given.at, timeZone) };
    return {
      title: t('account.title'),
      body: [
        markdownText(t, 'account.is', { name: who, account: given.account }),
        markdownText(t, 'account.givenBy', args),
      ],
      actions: [],
    };
  }
  return {
    title: t('account.title'),
    body: [markdownText(t, 'account.asks', { name: who }), t('account.what')],
    actions: [primary(t('button.giveAccount'), 'account.give')],
  };
}

export interface AccountFormModel {
  readonly name: string;
}

export const ACCOUNT_FIELDS = [
  { name: 'account', type: 'text', required: true, maxLength: 40 },
] as const satisfies readonly FieldModel[];

/** The name of the account, and never its password: what was refused does not come back, nor is it kept anywhere. */
export function accountForm({ name }: AccountFormModel, t: T): CardView {
  return {
    title: t('account.title'),
    body: [markdownText(t, 'account.for', { name: shorten(name, 24) }), t('account.noPassword')],
    form: formOf(t, { step: 'account', fields: ACCOUNT_FIELDS, values: {} }, 'account.save', t('button.save')),
    actions: [menuButton(t)],
  };
}

/** The inspector's test account, once their ISO gave it: a record. */
export interface AccountGivenModel {
  readonly account: string;
}

export function accountGiven({ account }: AccountGivenModel, t: T): CardView {
  return {
    title: t('account.title'),
    body: [markdownText(t, 'account.yours', { account }), t('account.password')],
    actions: [],
  };
}
