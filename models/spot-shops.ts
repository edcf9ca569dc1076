import type { Product } from '../src/domain/flows/definition.ts';
import type { Reads } from './single-write.ts';
import { Spots } from './spots.ts';
import { type Store, Stores } from './stores.ts';

/** In which shop each of these spots is, by `spotId`, read with it by one command. */
export async function shopsOfSpots(spotIds: readonly string[]): Promise<ReadonlyMap<string, Store>> {
  const shops = { of: Stores, by: 'storeId', at: 'storeId' } as const;
  const found = await Spots.findWith({ spotId: { $in: spotIds } }, shops, { only: ['spotId'] });
  return new Map(
    found.flatMap(({ record: { spotId }, joined: [shop] }) => (shop === undefined ? [] : [[spotId, shop]])),
  );
}

/** How many spots of a product are in the shop of that key, read with it by one command; none where nobody knows it. */
export async function spotCountAt(
  { isoId, normalizedKey }: Pick<Store, 'isoId' | 'normalizedKey'>,
  product: Product,
  tx?: Reads,
): Promise<number> {
  const spots = { of: Spots, by: 'storeId', at: 'storeId', only: ['product'] } as const;
  const [shop] = await Stores.findWith({ isoId, normalizedKey }, spots, { only: ['storeId'], tx });
  return shop?.joined.filter((spot) => spot.product === product).length ?? 0;
}
