import { menuButton, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { shownWhen } from './when.ts';

/** Somebody's own test account: a record once it is given, and opened from Spot Inspection. */
export interface AccountGivenModel {
  readonly accountId: string;
  /** Its whole name; absent once it is with them no more. */
  readonly account?: string | undefined;
  /** When its password was asked for, while nobody gave it. */
  readonly askedAt?: number | undefined;
  /** Who gave the password last, and when. */
  readonly told?: { readonly by: string; readonly at: number } | undefined;
  /** On the working card. */
  readonly opened: boolean;
  readonly timeZone: string;
}

export function accountGiven(model: AccountGivenModel, t: T): CardView {
  const { accountId, account, askedAt, told, opened } = model;
  const menu = opened ? [menuButton(t)] : [];
  if (account === undefined) return { title: t('account.title'), body: [t('account.withYouNoMore')], actions: menu };
  const ask = (told === undefined ? primary : plain)(t('button.askForPassword'), 'account.askPassword');
  return {
    title: t('account.title'),
    body: [markdownText(t, 'account.yours', { account }), passwordLine(model, t)],
    actions: [
      ...(askedAt === undefined ? [ask] : []),
      plain(t('button.giveAccountBack'), 'account.sure', { account: accountId, change: 'giveBack' }),
      ...menu,
    ],
  };
}

function passwordLine({ askedAt, told, timeZone }: AccountGivenModel, t: T): string {
  if (askedAt !== undefined) return t('account.passwordAsked', { when: shownWhen(t, askedAt, timeZone) });
  if (told === undefined) return t('account.password');
  return markdownText(t, 'account.toldBy', { name: shorten(told.by, 14), when: shownWhen(t, told.at, timeZone) });
}
