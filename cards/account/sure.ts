import { danger, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';

/** What is asked once before it is done to an account. */
export interface AccountSureModel {
  readonly accountId: string;
  /** As cards name it. */
  readonly account: string;
  readonly change: 'takeBack' | 'retire' | 'giveBack';
  /** Who has it. */
  readonly name: string;
}

const ASKED = {
  takeBack: { title: 'account.sure.takeBack', text: 'account.sure.takeBack.what', button: 'button.takeAccountBack' },
  retire: { title: 'account.sure.retire', text: 'account.sure.retire.what', button: 'button.retire' },
  giveBack: { title: 'account.sure.giveBack', text: 'account.sure.giveBack.what', button: 'button.giveAccountBack' },
} as const satisfies Readonly<
  Record<AccountSureModel['change'], Readonly<Record<'title' | 'text' | 'button', TextKey>>>
>;

/** *Take TH-04 back?*: what it means; the way back is the blue one. */
export function accountSure({ accountId, account, change, name }: AccountSureModel, t: T): CardView {
  const { title, text, button } = ASKED[change];
  const back =
    change === 'giveBack'
      ? primary(t('button.keepAsIs'), 'account.mine')
      : primary(t('button.keepAsIs'), 'account.open', { account: accountId });
  return {
    title: t(title, { account: shorten(account, 14) }),
    body: [markdownText(t, text, { name: shorten(name, 14) })],
    actions: [
      back,
      danger(
        t(button),
        change === 'giveBack' ? 'account.giveBack' : change === 'retire' ? 'account.retire' : 'account.takeBack',
      ),
    ],
  };
}
