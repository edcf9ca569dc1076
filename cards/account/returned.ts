import { primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type BackModel, backLine } from './back.ts';
import { shownWhen } from './when.ts';

/** An account came back: a record for the admins, with what is to be done about it until somebody has. */
export interface AccountReturnedModel {
  /** As cards name it. */
  readonly account: string;
  /** As long as its password is to be changed. */
  readonly back?: BackModel | undefined;
  /** Who has changed it since, and when. */
  readonly changed?: { readonly by: string; readonly at: number } | undefined;
  readonly timeZone: string;
}

/** *Change the password*: whoever had the account knows it. */
export function accountReturned({ account, back, changed, timeZone }: AccountReturnedModel, t: T): CardView {
  const name = markdownText(t, 'account.named', { account: shorten(account, 24) });
  if (back !== undefined) {
    return {
      title: t('account.changeTitle'),
      body: [name, backLine(back, timeZone, t), t('account.change')],
      actions: [primary(t('button.passwordChanged'), 'account.changed')],
    };
  }
  const { by = '', at = 0 } = changed ?? {};
  const done = markdownText(t, 'account.changedBy', { name: shorten(by, 14), when: shownWhen(t, at, timeZone) });
  return { title: t('account.title'), body: [name, changed === undefined ? t('account.retired') : done], actions: [] };
}
