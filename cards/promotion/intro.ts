import type { Product } from '../../src/domain/products.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import type { CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';

export interface ProductIntroModel {
  readonly product: Product;
}

const TEXTS: Readonly<Record<Product, { readonly what: TextKey; readonly checks: TextKey }>> = {
  MARKETING_CODE: { what: 'intro.what.MARKETING_CODE', checks: 'intro.checks.MARKETING_CODE' },
  PRIMARY_POSM: { what: 'intro.what.PRIMARY_POSM', checks: 'intro.checks.PRIMARY_POSM' },
};

/** *Alipay+ Marketing Code*, *Primary POSMs*: what it is, and the three things to make sure of before one starts. */
export function productIntro({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: productName(t, product),
    body: [t(TEXTS[product].what), t('intro.before'), t(TEXTS[product].checks)],
    actions: [
      primary(t('name.startPromotion'), 'promotion.start', { product }),
      plain(t('button.policy'), 'promotion.policy', { product }),
      menuButton(t),
    ],
  };
}
