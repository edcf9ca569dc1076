import { shorten } from '../../cards/shorten.ts';

/** A name inside a line of up to 60 characters. */
const SHOWN_SHOP = 20;

/** A shop as lines name it; one that has no name yet is told apart by `named`. */
export function namedShop(shop: string): { readonly shop: string; readonly named: 'yes' | 'no' } {
  return { shop: shorten(shop, SHOWN_SHOP), named: shop === '' ? 'no' : 'yes' };
}
