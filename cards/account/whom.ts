import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { accountsButton } from './accounts-button.ts';

/** Who gets an account. */
export interface AccountWhomModel {
  /** As cards name it. */
  readonly account: string;
  /** Those at work who have none, by name. */
  readonly people: readonly { readonly userId: string; readonly name: string }[];
}

export function accountWhom({ account, people }: AccountWhomModel, t: T): CardView {
  const label = t('field.handOver.to.label');
  const title = t('account.giveTitle', { account: shorten(account, 18) });
  if (people.length === 0) return { title, body: [t('account.everybodyHas')], actions: [accountsButton(t)] };
  return {
    title,
    form: {
      action: 'account.giveTo',
      step: 'accountWhom',
      submitLabel: t('button.give'),
      fields: [
        {
          name: 'to',
          label,
          type: 'SELECT',
          required: true,
          requiredMessage: t('form.required', { label }),
          options: people.map(({ userId, name }) => ({ value: userId, text: shorten(name, 40) })),
        },
      ],
    },
    actions: [accountsButton(t)],
  };
}
