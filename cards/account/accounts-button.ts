import { plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardAction } from '../view.ts';

/** To all that the ISO has. */
export function accountsButton(t: T): CardAction {
  return plain(t('button.accounts'), 'account.list');
}
