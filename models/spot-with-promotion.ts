import { Promotions } from './promotions.ts';
import { readAll } from './read-together.ts';
import { Spots } from './spots.ts';
import type { Transaction } from './transaction.ts';

/** Reads a spot with its promotion and all spots of that, by one command: the transaction finds each of these without asking again. */
export async function readSpotWithPromotion(spotId: string, tx: Transaction): Promise<void> {
  await readAll(
    () => Spots.findWith({ spotId }, { of: Promotions, by: 'promotionId', at: 'promotionId' }, { tx }),
    () => Spots.findWith({ spotId }, { of: Spots, by: 'promotionId', at: 'promotionId' }, { tx }),
  );
}
