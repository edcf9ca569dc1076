import type { Product } from '../src/domain/flows/definition.ts';
import type { Answers } from '../src/flow/draft.ts';
import { collection, type RecordOf } from './collection.ts';
import { flag, list, number, sealedValue, text } from './fields.ts';
import type { PhotoInSlot } from './photo-in-slot.ts';
import type { Reads } from './single-write.ts';
import type { Transaction } from './transaction.ts';

/** For the files of `models` only. */
export const Spots = collection('spots', {
  id: 'spotId',
  fields: {
    promotionId: text(),
    storeId: text(),
    isoId: text(),
    staffId: text(),
    product: text<Product>(),
    spotType: text(),
    /** Numbers the spots of one type in the store: `Cashier 2`. */
    number: number(),
    /** Of a product that comes in several forms: `STANDEE`. */
    posmForm: text().optional(),
    /** Answers that have no column here, by field. */
    more: sealedValue<Answers>().optional(),
    /** How many stand there. */
    quantity: number(),
    /** Absent where that is not asked. */
    fixedSecurely: flag().optional(),
    /** Those of the place before those of what stands there. */
    photos: list<PhotoInSlot>(),
    /** The time of the first of its photos, milliseconds. */
    deployedAt: number(),
    revision: number(),
  },
  indexes: [[{ promotionId: 1 }], [{ storeId: 1, product: 1 }]],
});

/** A place in a store where a code or a display stands, as last submitted. */
export interface Spot extends RecordOf<typeof Spots> {}

/** All those of new promotions. */
export async function addSpots(spots: readonly Spot[], tx: Transaction): Promise<void> {
  await Spots.addWithOthers(spots, tx, undefined, 'promotionId');
}

export async function findSpot(spotId: string, tx?: Reads): Promise<Spot | undefined> {
  return await Spots.get(spotId, { tx });
}

export async function findSpots(spotIds: readonly string[], tx?: Reads): Promise<readonly Spot[]> {
  return await Spots.find({ spotId: { $in: spotIds } }, { tx });
}

/** What a further revision of a spot, or of what stands there, says of it. */
export type SpotRevision = Omit<Spot, 'spotId' | 'promotionId' | 'storeId' | 'isoId' | 'staffId' | 'product'>;

/** Writes a further revision; its item's compare-and-set goes before it. */
export async function reviseSpot(spotId: string, revision: SpotRevision, tx: Transaction): Promise<void> {
  await Spots.updateWithOthers([{ filter: { spotId }, change: { set: revision } }], tx);
}

/** In the order in which they were deployed. */
export async function spotsOfPromotion(promotionId: string, tx?: Reads): Promise<readonly Spot[]> {
  return await Spots.find({ promotionId }, { sort: { deployedAt: 1, spotId: 1 }, tx });
}

/** The promotions that these spots came with. */
export async function promotionsOfSpots(spotIds: readonly string[], tx: Transaction): Promise<readonly string[]> {
  const rows = await Spots.find({ spotId: { $in: spotIds } }, { only: ['promotionId'], tx });
  return [...new Set(rows.map(({ promotionId }) => promotionId))];
}

export async function spotCountOfStore(storeId: string, product: Product, tx?: Reads): Promise<number> {
  return await Spots.count({ storeId, product }, { tx });
}
