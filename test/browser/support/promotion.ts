import { plainList } from '../../../cards/short-list.ts';
import type { T } from '../../../cards/text.ts';
import { photoNext, productName } from '../../../cards/vocabulary.ts';
import type { Product } from '../../../src/domain/flows/definition.ts';
import { pictures } from '../../support/pictures.ts';
import type { Phone } from './phone.ts';

const code = (serial: string): string => `https://qr.alipayplus.example/m/${serial}`;

/** Called on each screen as it stands, with its name. */
export type OnScreen = (name: string) => Promise<void>;

interface OfProduct {
  readonly storefront: number;
  readonly kind: Readonly<Record<string, string>>;
  readonly closeups: () => Promise<readonly [Buffer, Buffer]>;
  readonly firstSpot: string;
}

/** What differs from product to product on the way. */
const OF_PRODUCT: Readonly<Record<Product, OfProduct>> = {
  MARKETING_CODE: {
    storefront: 3,
    kind: {},
    closeups: () =>
      Promise.all([
        pictures.closeup(code('ABCD2345EFG2'), { angle: 17 }),
        pictures.closeup(code('ABCD2345EFG3'), { angle: -12 }),
      ]),
    firstSpot: 'EFG2',
  },
  PRIMARY_POSM: {
    storefront: 4,
    kind: { posmForm: 'TABLE_TENT', quantity: '2' },
    closeups: () => Promise.all([pictures.display(3), pictures.display(5)]),
    firstSpot: '✓',
  },
};

const SHOP = {
  nameLocal: 'Baan Coffee',
  address: 'Silom Rd 12',
  city: 'Bangkok',
  paysWith: 'ALIPAY_AND_OTHERS',
  managerName: 'Somchai Dee',
} as const;

/**
 * From the menu to *Submitted*, two spots, in the language of `t`, with real JPEGs and codes that are read from photos. A shop
 * that was promoted before is chosen from the known ones.
 */
export async function promoteInBrowser(
  phone: Phone,
  t: T,
  onScreen: OnScreen,
  { product, known = false }: { product: Product; known?: boolean } = { product: 'MARKETING_CODE' },
): Promise<void> {
  const differs = OF_PRODUCT[product];
  if (differs === undefined) throw new Error(`nobody knows how ${product} goes`);
  const { storefront, kind, closeups, firstSpot } = differs;
  const word = (place: string): string => t.word(place) ?? place;
  const where = word(`products.${product}.where`);
  const closeupNext = photoNext(t, product, 'closeup');
  const [closeup, nextCloseup] = await closeups();
  await phone.taps(productName(t, product));
  await phone.sees(word(`products.${product}.what`));
  await onScreen('product');
  await phone.taps(t('name.startPromotion'));
  if (known) {
    await phone.sees(t('store.known'));
    await phone.taps(plainList(t.language, [SHOP.nameLocal, SHOP.address]));
  }
  await phone.sees(t('store.new'));
  await onScreen('store');
  await phone.fills(known ? { consent: true } : { ...SHOP, consent: true });
  await phone.sees(word('slots.storefront.how'));
  await onScreen('storefront');
  await phone.sends(await pictures.storefront(storefront));
  await phone.sees(where);
  await onScreen('spot');
  await phone.fills({ spotType: 'CASHIER_COUNTER', ...kind, fixedSecurely: true, howMany: '2' });
  await phone.sees(word(`products.${product}.photos.context.shows`));
  await onScreen('photos');
  await phone.sends(await pictures.counter(storefront));
  await phone.sees(closeupNext);
  await onScreen('promotion');
  await phone.sends(closeup);
  await phone.sees(firstSpot, where);
  await onScreen('next-spot');
  await phone.fills({ spotType: 'ENTRANCE_DOOR', ...kind, fixedSecurely: true });
  await phone.sees(word(`products.${product}.photos.context.shows`));
  await phone.sends(await pictures.counter(storefront + 10), nextCloseup);
  await phone.sees(word('steps.merchant.why'));
  await onScreen('business');
  await phone.fills(known ? {} : { contactPhoneOrEmail: '+66 81 999 0001' });
  await phone.sees(t('place.summary'));
  await onScreen('summary');
  await phone.taps(t('button.submit'));
  await phone.sees(/P-[2-9A-Z]{4}/, 'Baan Coffee');
  await onScreen('submitted');
}
