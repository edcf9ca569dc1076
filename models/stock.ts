import { model, Schema } from 'mongoose';
import type { Transaction } from './transaction.ts';

/** One code of the stock that an ISO received. */
interface StockRow {
  /** The code's hash, as in its binding. */
  _id: string;
  isoId: string;
  batchId: string;
}

const schema = new Schema<StockRow>({ _id: String, isoId: String, batchId: String }, { versionKey: false });
schema.index({ isoId: 1 });

const Stock = model<StockRow>('stock', schema, 'stock');

export async function addStock(
  batch: { isoId: string; batchId: string; codeHashes: readonly string[] },
  tx: Transaction,
): Promise<void> {
  await Stock.insertMany(
    batch.codeHashes.map((_id) => ({ _id, isoId: batch.isoId, batchId: batch.batchId })),
    { session: tx },
  );
}

/** Whose stock a code is of; undefined when it is in no stock that we know. */
export async function stockOwner(codeHash: string, tx?: Transaction): Promise<string | undefined> {
  const row = await Stock.findById(codeHash)
    .session(tx ?? null)
    .lean();
  return row?.isoId;
}
