import { model, Schema } from 'mongoose';
import type { Product } from '../src/domain/products.ts';
import type { Transaction } from './transaction.ts';

/** One submitted promotion of one product in one store. Its revisions stand in `submissions` and never change (domain A.12-5). */
export interface Promotion {
  readonly promotionId: string;
  /** What a person says on the phone: `P-7K3M`. */
  readonly number: string;
  readonly version: number;
  readonly isoId: string;
  readonly staffId: string;
  readonly product: Product;
  readonly storeId: string;
  readonly storeName: string;
  readonly spotCount: number;
  readonly revision: number;
  readonly submittedAt: number;
}

interface PromotionRow extends Omit<Promotion, 'promotionId'> {
  _id: string;
}

const schema = new Schema<PromotionRow>(
  {
    _id: String,
    number: String,
    version: Number,
    isoId: String,
    staffId: String,
    product: String,
    storeId: String,
    storeName: String,
    spotCount: Number,
    revision: Number,
    submittedAt: Number,
  },
  { versionKey: false },
);
schema.index({ number: 1 }, { unique: true });
schema.index({ staffId: 1, submittedAt: -1 });

const Promotions = model<PromotionRow>('promotions', schema);

export async function addPromotion(promotion: Promotion, tx: Transaction): Promise<void> {
  const { promotionId, ...rest } = promotion;
  await Promotions.create([{ _id: promotionId, ...rest }], { session: tx });
}

export async function findPromotion(promotionId: string, tx?: Transaction): Promise<Promotion | undefined> {
  const row = await Promotions.findById(promotionId)
    .session(tx ?? null)
    .lean();
  if (row === null) return undefined;
  const { _id, ...rest } = row;
  return { promotionId: _id, ...rest };
}

/** The promotion with which a person submitted a store last. */
export async function lastPromotionOfStore(
  staffId: string,
  storeId: string,
  tx: Transaction,
): Promise<Promotion | undefined> {
  const row = await Promotions.findOne({ staffId, storeId }).sort({ submittedAt: -1 }).session(tx).lean();
  if (row === null) return undefined;
  const { _id, ...rest } = row;
  return { promotionId: _id, ...rest };
}

export async function numberIsTaken(number: string, tx: Transaction): Promise<boolean> {
  return (await Promotions.findOne({ number }, { _id: 1 }).session(tx).lean()) !== null;
}
