import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

export interface ProductIntroModel {
  readonly product: 'MARKETING_CODE';
}

/** *Alipay+ Marketing Code*: what it is, and the three things to make sure of before one starts. */
export function productIntro({ product }: ProductIntroModel, t: T): CardView {
  return {
    title: t('name.marketingCode'),
    body: [t('intro.what'), t('intro.before'), t('intro.checks')],
    actions: [
      primary(t('name.startPromotion'), 'promotion.start', { product }),
      plain(t('button.policy'), 'promotion.policy'),
      menuButton(t),
    ],
  };
}
