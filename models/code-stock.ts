import { collection, type RecordOf } from './collection.ts';
import { number, text } from './fields.ts';
import type { Transaction } from './transaction.ts';

const CodeStock = collection('codestock', {
  /** SHA-256 of its canonical address (domain A.12-1). */
  id: 'codeHash',
  fields: {
    isoId: text(),
    batchId: text(),
    /** Milliseconds. */
    receivedAt: number(),
  },
  indexes: [[{ isoId: 1 }]],
});

/** A Marketing Code that an ISO received. Whose it is, the batch that was received last says. */
export interface StockedCode extends RecordOf<typeof CodeStock> {}

export async function findStock(codeHashes: readonly string[], tx?: Transaction): Promise<readonly StockedCode[]> {
  return await CodeStock.find({ codeHash: { $in: codeHashes } }, { tx });
}

/** Codes that came in, or that another ISO has now. Each once. */
export async function stockCodes(codes: readonly StockedCode[], tx: Transaction): Promise<void> {
  if (codes.length === 0) return;
  const updates = codes.map(({ codeHash, ...set }) => ({ filter: { codeHash }, change: { set } }));
  await CodeStock.updateEach(updates, { upsert: true, tx });
}

/** Whether a code was given to an ISO: `unknown` as long as no stock is loaded for it (domain A.12-3). */
export async function stockSaysOf(
  codeHash: string,
  isoId: string,
  tx: Transaction,
): Promise<'its' | 'notIts' | 'unknown'> {
  const stock = await CodeStock.get(codeHash, { only: ['isoId'], tx });
  if (stock?.isoId === isoId) return 'its';
  const any = await CodeStock.findOne({ isoId }, { only: ['codeHash'], tx });
  return any === undefined ? 'unknown' : 'notIts';
}
