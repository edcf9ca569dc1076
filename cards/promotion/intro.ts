import type { Product } from '../../src/domain/flows/definition.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { beforeStart, productLine, productName } from '../vocabulary.ts';

export interface ProductIntroModel {
  readonly product: Product;
}

/** A product: what it is, and the three things to make sure of before one starts. */
export function productIntro({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: productName(t, product),
    body: [...productLine(t, product, 'what'), ...beforeStart(t), ...productLine(t, product, 'checks')],
    actions: [
      primary(t('name.startPromotion'), 'promotion.start', { product }),
      plain(t('button.policy'), 'promotion.policy', { product }),
      menuButton(t),
    ],
  };
}
