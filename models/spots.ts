import { model, Schema } from 'mongoose';
import type { Product } from '../src/domain/products.ts';
import type { Transaction } from './transaction.ts';

/** A place in a store where a code or a display stands, as last submitted. */
export interface Spot {
  readonly spotId: string;
  readonly promotionId: string;
  readonly storeId: string;
  readonly isoId: string;
  readonly staffId: string;
  readonly product: Product;
  readonly spotType: string;
  /** Numbers the spots of one type in the store: `Cashier 2`. */
  readonly number: number;
  /** Of a product that comes in several forms: `STANDEE`. */
  readonly posmForm?: string | undefined;
  /** How many stand there. */
  readonly quantity: number;
  readonly fixedSecurely: boolean;
  readonly contextPhoto: string;
  readonly closeupPhoto: string;
  /** The time of the photo, milliseconds. */
  readonly deployedAt: number;
  readonly revision: number;
}

interface SpotRow extends Omit<Spot, 'spotId'> {
  _id: string;
}

const schema = new Schema<SpotRow>(
  {
    _id: String,
    promotionId: String,
    storeId: String,
    isoId: String,
    staffId: String,
    product: String,
    spotType: String,
    number: Number,
    posmForm: String,
    quantity: Number,
    fixedSecurely: Boolean,
    contextPhoto: String,
    closeupPhoto: String,
    deployedAt: Number,
    revision: Number,
  },
  { versionKey: false },
);
schema.index({ promotionId: 1 });
schema.index({ storeId: 1, product: 1 });

const Spots = model<SpotRow>('spots', schema);

export async function addSpots(spots: readonly Spot[], tx: Transaction): Promise<void> {
  await Spots.insertMany(
    spots.map(({ spotId, ...rest }) => ({ _id: spotId, ...rest })),
    { session: tx },
  );
}

export async function findSpot(spotId: string, tx?: Transaction): Promise<Spot | undefined> {
  const row = await Spots.findById(spotId)
    .session(tx ?? null)
    .lean();
  if (row === null) return undefined;
  const { _id, ...rest } = row;
  return { spotId: _id, ...rest };
}

export async function findSpots(spotIds: readonly string[], tx?: Transaction): Promise<readonly Spot[]> {
  const rows = await Spots.find({ _id: { $in: [...spotIds] } })
    .session(tx ?? null)
    .lean();
  return rows.map(({ _id, ...rest }) => ({ spotId: _id, ...rest }));
}

/** What a further revision of a spot, or of what stands there, says of it. */
export type SpotRevision = Omit<Spot, 'spotId' | 'promotionId' | 'storeId' | 'isoId' | 'staffId' | 'product'>;

/** Writes a further revision; its item's compare-and-set goes before it. */
export async function reviseSpot(spotId: string, revision: SpotRevision, tx: Transaction): Promise<void> {
  await Spots.updateOne({ _id: spotId }, { $set: revision }, { session: tx });
}

/** In the order in which they were deployed. */
export async function spotsOfPromotion(promotionId: string, tx?: Transaction): Promise<readonly Spot[]> {
  const rows = await Spots.find({ promotionId })
    .sort({ deployedAt: 1, _id: 1 })
    .session(tx ?? null)
    .lean();
  return rows.map(({ _id, ...rest }) => ({ spotId: _id, ...rest }));
}

/** The promotions that these spots came with. */
export async function promotionsOfSpots(spotIds: readonly string[], tx: Transaction): Promise<readonly string[]> {
  const rows = await Spots.find({ _id: { $in: [...spotIds] } }, { promotionId: 1 })
    .session(tx)
    .lean();
  return [...new Set(rows.map(({ promotionId }) => promotionId))];
}

export async function spotCountOfStore(storeId: string, product: Product, tx?: Transaction): Promise<number> {
  return await Spots.countDocuments({ storeId, product }).session(tx ?? null);
}
