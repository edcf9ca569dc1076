import { plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** What admins are told when work is in nobody's hands: a record. */
export interface WorkLeftModel {
  readonly count: number;
}

/** *Without hands (3)*: somebody must have it, or it is never done. */
export function workLeft({ count }: WorkLeftModel, t: T): CardView {
  if (count === 0) return { title: t('handOver.title.nobody', { count }), body: [t('handOver.none')], actions: [] };
  return {
    title: t('handOver.title.nobody', { count }),
    body: [markdownText(t, 'handOver.howMany', { count }), t('handOver.deadlines')],
    actions: [primary(t('button.giveWork'), 'handOver.open', { work: 'nobody' }), plain(t('button.team'), 'team.open')],
  };
}
