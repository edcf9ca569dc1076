import type { Product } from '../../src/domain/flows/definition.ts';
import type { SpotLabel } from '../../src/domain/spot-label.ts';
import { shorten } from '../shorten.ts';
import type { T } from '../text.ts';
import type { TextKey } from '../text-key.ts';
import { productName, spotName } from '../vocabulary.ts';

/** What a person has in hand, as a button names it beside other work in the same shop. */
export interface WorkName {
  /** Empty where it has no name yet; of codes that are given out, who gets them. */
  readonly shop: string;
  /** What is done there: a product is promoted, or something else. */
  readonly doing: { readonly promotes: Product } | 'modify' | 'appeal' | 'inspection' | 'allot';
  /** Of what is put right, or said to be right. */
  readonly spot?: SpotLabel | undefined;
}

const DOINGS: Readonly<Record<Extract<WorkName['doing'], string>, TextKey>> = {
  modify: 'button.modify',
  appeal: 'button.appeal',
  inspection: 'name.SPOT_INSPECTION',
  allot: 'button.stock',
};

const SHOWN_SHOP = 15;

/** `Baan Coffee · Alipay+ Marketing Code`, `Baan Coffee · Door · Modify`. */
export function workName(t: T, { shop, doing, spot }: WorkName): string {
  const where = spot === undefined ? [] : [spotName(t, spot)];
  const what = typeof doing === 'string' ? t(DOINGS[doing]) : productName(t, doing.promotes);
  return [shop === '' ? t('movePhoto.unnamed') : shorten(shop, SHOWN_SHOP), ...where, what].join(' · ');
}
