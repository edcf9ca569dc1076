import { PRODUCTS, type Product } from '../../src/domain/products.ts';
import { labelWith, plain, primary } from '../buttons.ts';
import { markdownText } from '../markdown.ts';
import { type ItemName, itemPlace } from '../review/item-name.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction, CardView } from '../view.ts';

/** A promotion that waits to be finished. */
export interface OpenDraft {
  readonly draftId: string;
  readonly product: Product;
  /** Empty until the shop has a name. */
  readonly shop: string;
  readonly step: number;
  readonly of: number;
}

/** What failed and can still be put right. */
export interface OpenFailures {
  readonly count: number;
  /** Whether all of them are spots, or what stands there. */
  readonly onlySpots: boolean;
  /** Of the most urgent one. */
  readonly itemRef: string;
  readonly itemName: ItemName;
  /** 0 where it has no deadline. */
  readonly daysLeft: number;
}

export interface ProductListModel {
  readonly name: string;
  readonly failures?: OpenFailures;
  /** The one worked on last first. */
  readonly drafts: readonly OpenDraft[];
  /** Whether there is a team to look after. */
  readonly admin: boolean;
}

const RESUMABLE = 3;

/** The product list: what is to be put right and what can be resumed, the products, the results, and what is always there. */
export function productList({ name, drafts, failures, admin }: ProductListModel, t: T): CardView {
  const [last] = drafts;
  const isBusy = failures !== undefined || last !== undefined;
  const shopOf = (draft: OpenDraft): string => draft.shop || t('menu.unnamedShop');
  // two products of one shop are told apart by what is promoted
  const isOneOfTwo = ({ shop, product }: OpenDraft): boolean =>
    drafts.some((other) => other.shop === shop && other.product !== product);
  return {
    title: t('menu.title', { name: shorten(name, 24) }),
    ...(failures !== undefined && { body: [failedLine(t, failures)] }),
    ...(failures === undefined &&
      last !== undefined && {
        body: [markdownText(t, 'menu.open', { shop: shopOf(last), step: last.step, of: last.of })],
      }),
    actions: [
      ...(failures === undefined ? [] : [fixButton(t, failures)]),
      ...drafts.slice(0, RESUMABLE).map((draft, index) => {
        const label = labelWith(t, 'menu.resume', isOneOfTwo(draft) ? t(`name.${draft.product}`) : shopOf(draft));
        return (index === 0 && failures === undefined ? primary : plain)(label, 'promotion.resume', {
          draft: draft.draftId,
        });
      }),
      ...PRODUCTS.map((product, index) => {
        const first = !isBusy && index === 0;
        return (first ? primary : plain)(t(`name.${product}`), 'menu.product', { product });
      }),
      plain(t('button.myResults'), 'review.mine', { period: 'week' }),
      ...(admin ? [plain(t('button.team'), 'team.open')] : []),
      plain(t('button.language'), 'language.open'),
      plain(t('button.help'), 'help.open'),
    ],
  };
}

/** `! 1 failed spot, 3 days left`. */
function failedLine(t: T, { count, onlySpots, daysLeft: days }: OpenFailures): string {
  return t(onlySpots ? 'menu.failedSpots' : 'menu.failed', { count, days });
}

function fixButton(t: T, { itemRef, itemName }: OpenFailures): CardAction {
  return primary(labelWith(t, 'summary.fix', itemPlace(t, itemName)), 'review.open', { item: itemRef });
}
