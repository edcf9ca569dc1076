import { menuButton, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import type { ProductIntroModel } from './product-intro.ts';

/** The deployment policy in seven lines (domain A.4, P1 to P7). */
export function policy({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: t('policy.title'),
    body: [
      t('policy.agreed'),
      t('policy.consent'),
      t(`policy.fixed.${product}`),
      t('policy.real'),
      t('policy.photos'),
      t('policy.inspection'),
      t('policy.once'),
    ],
    actions: [primary(t('name.startPromotion'), 'promotion.start', { product }), menuButton(t)],
  };
}
