import { PRODUCTS, type Product } from '../../src/domain/products.ts';
import { labelWith, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardView } from '../view.ts';

/** A promotion that waits to be finished. */
export interface OpenDraft {
  readonly draftId: string;
  readonly product: Product;
  /** Empty until the shop has a name. */
  readonly shop: string;
  readonly step: number;
  readonly of: number;
}

export interface ProductListModel {
  readonly name: string;
  /** The one worked on last first. */
  readonly drafts: readonly OpenDraft[];
  /** Whether there is a team to look after. */
  readonly admin: boolean;
}

const RESUMABLE = 3;

/** The product list: what can be resumed, the products, and the two things that are always there. */
export function productList({ name, drafts, admin }: ProductListModel, t: T): CardView {
  const [last] = drafts;
  const shopOf = (draft: OpenDraft): string => draft.shop || t('menu.unnamedShop');
  // two products of one shop are told apart by what is promoted
  const isOneOfTwo = ({ shop, product }: OpenDraft): boolean =>
    drafts.some((other) => other.shop === shop && other.product !== product);
  return {
    title: t('menu.title', { name: shorten(name, 24) }),
    ...(last !== undefined && {
      body: [markdownText(t, 'menu.open', { shop: shopOf(last), step: last.step, of: last.of })],
    }),
    actions: [
      ...drafts.slice(0, RESUMABLE).map((draft, index) => {
        const label = labelWith(t, 'menu.resume', isOneOfTwo(draft) ? t(`name.${draft.product}`) : shopOf(draft));
        return (index === 0 ? primary : plain)(label, 'promotion.resume', { draft: draft.draftId });
      }),
      ...PRODUCTS.map((product, index) => {
        const first = last === undefined && index === 0;
        return (first ? primary : plain)(t(`name.${product}`), 'menu.product', { product });
      }),
      ...(admin ? [plain(t('button.team'), 'team.open')] : []),
      plain(t('button.language'), 'language.open'),
      plain(t('button.help'), 'help.open'),
    ],
  };
}
