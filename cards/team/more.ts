import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { teamButton } from './pages.ts';

/** *Team · more*: what is needed now and then. */
export function more(_model: object, t: T): CardView {
  return {
    title: t('more.title'),
    actions: [
      plain(t('button.invite'), 'team.invite'),
      plain(t('button.unanswered'), 'team.unanswered'),
      plain(t('button.flagged'), 'team.photos'),
      plain(t('button.poster'), 'team.poster'),
      plain(t('button.groups'), 'team.groups'),
      plain(t('button.promotionData'), 'team.promotionData'),
      plain(t('button.fees'), 'team.fees'),
      plain(t('button.cameIn'), 'team.cameIn'),
      plain(t('button.limits'), 'team.limits'),
      teamButton(t),
      menuButton(t),
    ],
  };
}
