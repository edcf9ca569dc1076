import { model, Schema } from 'mongoose';
import type { Transaction } from './transaction.ts';

/** A Marketing Code that an ISO received. Whose it is, the batch that was received last says. */
export interface StockedCode {
  /** SHA-256 of its canonical address (A.12-1). */
  readonly codeHash: string;
  readonly isoId: string;
  readonly batchId: string;
  /** Milliseconds. */
  readonly receivedAt: number;
}

interface StockRow extends Omit<StockedCode, 'codeHash'> {
  _id: string;
}

const schema = new Schema<StockRow>(
  { _id: String, isoId: String, batchId: String, receivedAt: Number },
  { versionKey: false },
);
schema.index({ isoId: 1 });

const CodeStock = model<StockRow>('codestock', schema, 'codestock');

export async function findStock(codeHashes: readonly string[], tx: Transaction): Promise<readonly StockedCode[]> {
  const rows = await CodeStock.find({ _id: { $in: [...codeHashes] } })
    .session(tx)
    .lean();
  return rows.map(({ _id, ...rest }) => ({ codeHash: _id, ...rest }));
}

/** Codes that came in, or that another ISO has now. Each once. */
export async function stockCodes(codes: readonly StockedCode[], tx: Transaction): Promise<void> {
  if (codes.length === 0) return;
  await CodeStock.bulkWrite(
    codes.map(({ codeHash, ...stock }) => ({
      updateOne: { filter: { _id: codeHash }, update: { $set: stock }, upsert: true },
    })),
    { session: tx, ordered: true },
  );
}

/** Whether a code was given to an ISO: `unknown` as long as no stock is loaded for it (A.12-3). */
export async function stockSaysOf(
  codeHash: string,
  isoId: string,
  tx: Transaction,
): Promise<'its' | 'notIts' | 'unknown'> {
  const stock = await CodeStock.findById(codeHash, { isoId: 1 }).session(tx).lean();
  if (stock?.isoId === isoId) return 'its';
  const any = await CodeStock.findOne({ isoId }, { _id: 1 }).session(tx).lean();
  return any === null ? 'unknown' : 'notIts';
}
