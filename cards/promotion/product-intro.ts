import type { Product } from '../../src/domain/products.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface ProductIntroModel {
  readonly product: Product;
}

/** *Alipay+ Marketing Code*, *Primary POSMs*: what it is, and the three things to make sure of before one starts. */
export function productIntro({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: t(`name.${product}`),
    body: [t(`intro.what.${product}`), t('intro.before'), t(`intro.checks.${product}`)],
    actions: [
      primary(t('name.startPromotion'), 'promotion.start', { product }),
      plain(t('button.policy'), 'promotion.policy', { product }),
      menuButton(t),
    ],
  };
}
