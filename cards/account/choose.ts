import { plain } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { accountsButton } from './accounts-button.ts';

/** Which account somebody gets who asks. */
export interface ChooseAccountModel {
  readonly askId: string;
  readonly name: string;
  /** Those that nobody has, as cards name them. */
  readonly free: readonly { readonly accountId: string; readonly name: string }[];
}

export function chooseAccount({ askId, name, free }: ChooseAccountModel, t: T): CardView {
  const label = t('column.account');
  const title = t('account.title');
  const whose = markdownText(t, 'account.for', { name: shorten(name, 24) });
  const actions = [plain(t('button.addAccount'), 'account.add', { ask: askId }), accountsButton(t)];
  if (free.length === 0) return { title, body: [whose, t('account.noneFree')], actions };
  return {
    title,
    body: [whose],
    form: {
      action: 'account.give',
      step: 'chooseAccount',
      submitLabel: t('button.give'),
      fields: [
        {
          name: 'account',
          label,
          type: 'SELECT',
          required: true,
          requiredMessage: t('form.required', { label }),
          options: free.map((one) => ({ value: one.accountId, text: shorten(one.name, 40) })),
        },
      ],
    },
    actions,
  };
}
