import { codeOf, SHOP } from '../conversations/promotion.ts';
import { pictures } from '../pictures.ts';
import type { Person } from './person.ts';

/** Where a promotion is left to be looked at. */
export type Stop = 'store' | 'storefront' | 'spot' | 'photos' | 'merchant' | 'summary';

const ORDER: readonly Stop[] = ['store', 'storefront', 'spot', 'photos', 'merchant', 'summary'];

interface ReachPlan {
  readonly shop?: string;
  readonly series?: string;
  readonly spots?: number;
  /** What is answered in the store form in another way. */
  readonly store?: Readonly<Record<string, string | boolean>>;
  /** What is done at each card on the way, the last one too; the person stands there again when it is over. */
  readonly at?: (stop: Stop) => Promise<void>;
}

/** Takes somebody who has joined from the menu to this card of a new promotion, the short way: one spot, its photos in one message. */
export async function reach(person: Person, stop: Stop, plan: ReachPlan = {}): Promise<void> {
  const { shop = SHOP.nameLocal, series = 'AA', spots = 1, store = {}, at } = plan;
  const seed = [...shop].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9_973, 7);
  const steps: Readonly<Record<Stop, () => Promise<unknown>>> = {
    async store() {
      await person.says('menu');
      await person.taps({ action: 'menu.product' }, { withoutWaiting: true });
      await person.taps({ action: 'promotion.start' }, { withoutWaiting: true });
    },
    storefront: () => person.fills({ ...SHOP, ...store, nameLocal: shop }, { withoutWaiting: true }),
    spot: async () => person.sends(await pictures.storefront(seed)),
    photos: () => person.fills({ fixedSecurely: true, howMany: String(spots) }, { withoutWaiting: true }),
    merchant: async () => person.sends(await pictures.counter(seed), await pictures.closeup(codeOf(series, 0))),
    summary: () => person.fills({ contactPhoneOrEmail: '+66 81 999 0001' }),
  };
  for (const step of ORDER.slice(0, ORDER.indexOf(stop) + 1)) {
    await steps[step]();
    await at?.(step);
  }
}
