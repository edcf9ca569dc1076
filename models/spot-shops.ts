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
