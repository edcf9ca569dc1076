import type { Store } from '../../models/stores.ts';
import type { Submission } from '../../src/flow/engine.ts';

type StoreFacts = Omit<Store, 'storeId' | 'isoId' | 'createdBy' | 'createdAt' | 'normalizedKey' | 'revision'>;

/** What a submission says of a store, as it is kept. */
export function storeFacts({ store, merchant }: Pick<Submission, 'store' | 'merchant'>): StoreFacts {
  const { nameLocal, address, city, countryRegion, acceptsOnlyAlipay, storefront, managerName, more } = store;
  return {
    ...{ nameLocal, address, city, countryRegion, acceptsOnlyAlipay, storefrontPhoto: storefront.photoId },
    details: { managerName, more, merchant: { ...merchant } },
  };
}
