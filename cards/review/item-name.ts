import type { Product } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { labelWith, primary } from '../buttons.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { CardAction } from '../view.ts';
import { posmName, spotName } from '../vocabulary.ts';
import { widthOf } from '../width.ts';

/** By what a judged item is called: the shop, a spot in it, or what stands at that spot. */
export type ItemName =
  | { readonly kind: 'store'; readonly shop: string }
  | { readonly kind: 'spot'; readonly shop: string; readonly spot: SpotLabel }
  | { readonly kind: 'posm'; readonly shop: string; readonly spot: SpotLabel; readonly product: Product };

const TITLE = 30;
/** A shop inside a title keeps at least this much of its name. */
const SHORTEST_SHOP = 8;

/** `Door`, `Door, code`, or the shop: what a job about it is titled by. */
export function itemPlace(t: T, name: ItemName): string {
  switch (name.kind) {
    case 'store':
      return name.shop;
    case 'spot':
      return spotName(t, name.spot);
    case 'posm':
      return posmName(t, name.product, name.spot);
  }
}

/** `Fix Door`: where to go, whether the spot or what stands there is to be put right. */
export function fixItemButton(t: T, name: ItemName, itemRef: string): CardAction {
  const place = name.kind === 'store' ? name.shop : spotName(t, name.spot);
  return primary(labelWith(t, 'summary.fix', place), 'review.open', { item: itemRef });
}

/** `Baan Coffee · Door`, with the shop's name cut where the whole would be longer than `limit`. */
export function itemName(t: T, name: ItemName, limit = TITLE): string {
  if (name.kind === 'store') return shorten(name.shop, limit);
  const place = ` · ${itemPlace(t, name)}`;
  return `${shorten(name.shop, Math.max(SHORTEST_SHOP, limit - widthOf(place)))}${place}`;
}
