import { plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { reasonText } from './reject-reason.ts';

export interface RejectedModel {
  /** A reason's code, or the admin's own words; absent when none was given. */
  readonly reason?: string | undefined;
}

/** *Not approved*: the admin's reason, word for word, and the way to try again. */
export function rejected({ reason }: RejectedModel, t: T): CardView {
  return {
    title: t('rejected.title'),
    body: [reason === undefined ? t('rejected.noReason') : reasonText(t, reason), t('rejected.again')],
    actions: [primary(t('button.sendAgain'), 'association.again'), plain(t('button.language'), 'language.open')],
  };
}
