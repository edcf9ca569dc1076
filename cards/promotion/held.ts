import { danger, menuButton } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';
import type { JobModel } from './job.ts';

export interface HeldModel {
  readonly job: Pick<JobModel, 'product' | 'shop'>;
}

/** A draft whose product is not promoted now: what it waits for, and that nothing of it is lost. */
export function held({ job: { product, shop } }: HeldModel, t: T): CardView {
  return {
    title: productName(t, product),
    tag: { text: t('held.tag'), tone: 'info' },
    body: [markdownText(t, 'held.what', { shop: shop || t('menu.unnamedShop') }), t('held.waits')],
    actions: [menuButton(t), danger(t('button.discard'), 'promotion.discard')],
  };
}
