import { findStock, type ReceivedCode, stockCodes, stockedBy } from '../../models/code-stock.ts';
import { inTransaction } from '../../models/transaction.ts';
import { codeHash, readTyped } from '../../src/domain/code.ts';
import { MARKETING_CODE_FLOW } from './shipped-programme.ts';

/** Marketing Codes that an ISO received in a batch; what they are by their serials. */
export async function stocked(
  isoId: string,
  serials: readonly string[],
  { batchId = 'B1', receivedAt = 1 }: { readonly batchId?: string; readonly receivedAt?: number } = {},
): Promise<void> {
  const rows = serials.map((typed): ReceivedCode => {
    const read = readTyped(typed, MARKETING_CODE_FLOW.codes);
    if (read.kind !== 'ours') throw new Error(`${typed} is no Marketing Code`);
    const serial = read.code.codeId;
    return { codeHash: codeHash(read.code), isoId, batchId, receivedAt, product: 'MARKETING_CODE', serial };
  });
  await inTransaction(async (tx) => {
    const known = await findStock(
      rows.map((row) => row.codeHash),
      tx,
    );
    const before = new Map(known.map((one) => [one.codeHash, one]));
    await stockCodes(
      rows.map((row) => ({ before: before.get(row.codeHash), after: stockedBy(row, before.get(row.codeHash)) })),
      tx,
    );
  });
}
