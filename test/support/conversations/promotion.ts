import { present } from '@field/kit/present';
import type { Product } from '../../../src/domain/flows/definition.ts';
import { pictures } from '../pictures.ts';
import type { Person } from '../world/person.ts';

export interface PromotionPlan {
  /** The Marketing Code unless told. */
  readonly product?: Product;
  readonly shop?: string;
  readonly spots?: number;
  /** The two photos of a spot in one message. */
  readonly together?: boolean;
  /** The last letters tell the codes of different promotions apart: `[A-Z2-9]{2}`. */
  readonly series?: string;
  /** What is answered in the store form in another way. */
  readonly store?: Readonly<Record<string, string | boolean>>;
  /** Tells the photos of different promotions of one shop apart. */
  readonly visit?: number;
}

export const SHOP = {
  nameLocal: 'Baan Coffee',
  address: 'Silom Rd 12',
  city: 'Bangkok',
  paysWith: 'ALIPAY_AND_OTHERS',
  managerName: 'Somchai Dee',
  consent: true,
} as const;

const SPOT: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
  MARKETING_CODE: { spotType: 'CASHIER_COUNTER', fixedSecurely: true },
  PRIMARY_POSM: { spotType: 'CASHIER_COUNTER', posmForm: 'TABLE_TENT', quantity: '2', fixedSecurely: true },
} as const;

/** The code of spot `spot` (from 0) in this series. */
export function codeOf(series: string, spot: number): string {
  return `https://qr.alipayplus.example/m/SHPCDEFGH${series}${'ABCDE'[spot]}`;
}

/** Start Promotion to *Submitted*, without a mistake and in whatever language the person reads. */
export async function promote(person: Person, plan: PromotionPlan = {}): Promise<void> {
  await startPromotion(person, plan);
  await person.taps({ action: 'promotion.submit' });
}

/** Everything up to *Check and submit*. */
export async function startPromotion(person: Person, plan: PromotionPlan = {}): Promise<void> {
  await person.says('menu');
  await startFromMenu(person, plan);
}

/** The same for whoever has the menu before them. */
export async function startFromMenu(person: Person, plan: PromotionPlan = {}): Promise<void> {
  const {
    product = 'MARKETING_CODE',
    shop = SHOP.nameLocal,
    spots = 1,
    together = false,
    series = 'AA',
    visit = 0,
    store = {},
  } = plan;
  await person.taps({ action: 'menu.product', product });
  await person.taps({ action: 'promotion.start' });
  await person.fills({ ...SHOP, ...store, nameLocal: shop });
  const look = seedOf(shop) + 1_000 * visit;
  await person.sends(await pictures.storefront(look));
  for (let spot = 0; spot < spots; spot += 1) {
    await person.fills(present({ ...SPOT[product], howMany: spot === 0 ? String(spots) : undefined }));
    const seed = look + spot;
    const closeup =
      product === 'MARKETING_CODE'
        ? pictures.closeup(codeOf(series, spot), { seed: spot + 1 + 10 * visit })
        : pictures.display(seed);
    const photos = [await pictures.counter(seed), await closeup];
    if (together) await person.sends(...photos);
    else for (const photo of photos) await person.sends(photo);
  }
  await person.fills({ contactPhoneOrEmail: '+66 81 999 0001' });
}

/** Different shops look different. */
function seedOf(shop: string): number {
  return [...shop].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
}
