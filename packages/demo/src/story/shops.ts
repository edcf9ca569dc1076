import type { FormDraft } from '@field/dingtalk-sandbox/form-values';

export interface StorySpot {
  readonly spotType: string;
  /** The serial of the Marketing Code that is put there. */
  readonly serial: string;
  /** The close-up was taken in the dark: it fails the review. */
  readonly dark?: true | undefined;
}

export interface StoryShop {
  readonly store: FormDraft & { readonly nameLocal: string };
  readonly contact: string;
  readonly spots: readonly StorySpot[];
}

const BANGKOK = { city: 'Bangkok', paysWith: 'ALIPAY_AND_OTHERS', consent: true } as const;

/** Two approved spots, and a third that Nok can put right. */
export const BAAN_COFFEE: StoryShop = {
  store: { ...BANGKOK, nameLocal: 'Baan Coffee', address: 'Silom Rd 12', managerName: 'Khun Malee' },
  contact: '+66 2 234 1200',
  spots: [
    { spotType: 'CASHIER_COUNTER', serial: 'BAANCAFE2A8H' },
    { spotType: 'TABLE', serial: 'BAANCAFE3BK2' },
    { spotType: 'ENTRANCE_DOOR', serial: 'BAANCAFE4CW7', dark: true },
  ],
};

/** Promoted by Lek, to be inspected by Nok; the second takes Alipay only. */
export const SOM_TAM_HOUSE: StoryShop = {
  store: { ...BANGKOK, nameLocal: 'Som Tam House', address: 'Silom Rd 9', managerName: 'Khun Wichai' },
  contact: '+66 2 234 0900',
  spots: [{ spotType: 'CASHIER_COUNTER', serial: 'SQMTAMHQUSE9' }],
};
export const NINE_MART: StoryShop = {
  store: {
    ...BANGKOK,
    nameLocal: 'Nine Mart',
    address: 'Surawong Rd 99',
    paysWith: 'ALIPAY_ONLY',
    managerName: 'Khun Noi',
  },
  contact: '+66 2 238 9999',
  spots: [{ spotType: 'CASHIER_COUNTER', serial: 'NINEMART9999' }],
};

/** Begun by Nok yesterday, and left at its first spot. */
export const LOTUS_TEA: StoryShop = {
  store: { ...BANGKOK, nameLocal: 'Lotus Tea', address: 'Sathorn Rd 3', managerName: 'Khun Dao' },
  contact: '+66 2 233 0303',
  spots: [],
};
