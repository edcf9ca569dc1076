import type { Product } from '../../src/domain/flows/definition.ts';
import type { QuotaPer } from '../../src/domain/site-quota.ts';
import { menuButton, plain, primary } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { beforeStart, productLine, productName } from '../vocabulary.ts';

export interface ProductIntroModel {
  readonly product: Product;
  /** The edition of the policy to which whoever starts agrees, as long as they agreed to none. */
  readonly agrees?: number | undefined;
  /** How many sites the ISO may still begin in its period, where a quota is kept (policy P1). */
  readonly sites?: { readonly left: number; readonly per: QuotaPer } | undefined;
  /** How many codes of it the reader has in hand; absent where the ISO gives out none. */
  readonly codes?: number | undefined;
}

/** A product: what it is, and the three things to make sure of before one starts. */
export function productIntro({ product, agrees, sites, codes }: ProductIntroModel, t: T): CardView {
  return {
    title: productName(t, product),
    tag: sites && { text: t('sites.left', sites), tone: sites.left === 0 ? 'danger' : 'info' },
    body: [...productLine(t, product, 'what'), ...beforeStart(t), ...productLine(t, product, 'checks')],
    actions: [
      primary(t('name.startPromotion'), 'promotion.start', { product, ...agreeing(agrees) }),
      plain(t('button.policy'), 'promotion.policy', { product }),
      ...(codes === undefined ? [] : [plain(t('button.myCodes', { count: codes }), 'stock.open')]),
      menuButton(t),
    ],
    note: agrees === undefined ? undefined : t('policy.byStarting'),
  };
}

/** What a button says that agrees to the policy. */
export function agreeing(version: number | undefined): Readonly<Record<string, string>> {
  return version === undefined ? {} : { agrees: String(version) };
}
