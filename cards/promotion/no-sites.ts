import type { Product } from '../../src/domain/flows/definition.ts';
import type { QuotaPer } from '../../src/domain/site-quota.ts';
import { menuButton, plain } from '../buttons.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';
import { productName } from '../vocabulary.ts';

export interface NoSitesModel {
  readonly product: Product;
  readonly agreed: number;
  readonly per: QuotaPer;
}

/** *No sites left*, before any work begins: a new shop is one too many, one that counts already is not. */
export function noSites({ product, agreed, per }: NoSitesModel, t: T): CardView {
  return {
    title: productName(t, product),
    tag: { text: t('sites.left', { left: 0, per }), tone: 'danger' },
    body: [t('sites.allUsed', { agreed }), t('sites.askAdmin'), t('sites.countedOnce')],
    actions: [plain(t('button.startAnyway'), 'promotion.start', { product, anyway: 'yes' }), menuButton(t)],
  };
}
