import { danger, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** *New code?*: what hangs on walls is void from then on. */
export function renewPoster(_model: object, t: T): CardView {
  return {
    title: t('renew.title'),
    body: [t('renew.old'), t('renew.print')],
    actions: [danger(t('button.newCode'), 'team.renewPosterSure'), plain(t('button.back'), 'team.poster')],
  };
}
