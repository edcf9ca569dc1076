import { menuButton, plain, primary } from '../buttons.ts';
import { shownDay } from '../dates.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { type JobModel, jobHead } from './job.ts';

/** A shop of this ISO that looks like the one just described. */
export interface SameShopModel {
  readonly job: JobModel;
  readonly shop: string;
  readonly address: string;
  /** Who promoted it and when; absent when nobody has yet. */
  readonly promoted?: { readonly by: string; readonly at: number; readonly timeZone: string };
}

/** *Same shop?* A choice, since only the person in front of it knows. */
export function sameShop({ job, shop, address, promoted }: SameShopModel, t: T): CardView {
  const day = promoted && shownDay(t.language, promoted.at, promoted.timeZone);
  return {
    ...jobHead(t, job, 'place.store'),
    body: [
      `**${t('sameShop.question')}**`,
      markdownText(t, 'sameShop.where', { shop, address }),
      ...(promoted && day ? [markdownText(t, 'sameShop.promoted', { day, name: promoted.by })] : []),
    ],
    actions: [
      primary(t('button.sameShop'), 'promotion.sameStore'),
      plain(t('button.anotherShop'), 'promotion.otherStore'),
      menuButton(t),
    ],
  };
}
