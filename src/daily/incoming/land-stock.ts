import { z } from 'zod';
import { findStock, type ReceivedCode, type StockedCode, stockCodes, stockedBy } from '../../../models/code-stock.ts';
import { flowOf, productsNow } from '../../../models/programme-in-use.ts';
import { codeHash, readTyped } from '../../domain/code.ts';
import { hasCodes } from '../../flow/definition.ts';
import { instant, key } from './columns.ts';
import type { LandingKind, Outcome } from './kind.ts';
import { areOfKnownIsos } from './known-isos.ts';

const withCodes = z
  .string()
  .refine((product) => productsNow().includes(product) && hasCodes(flowOf(product)), 'is no product with codes');

const stockRow = z
  .object({ batchId: key, isoId: key, product: withCodes, code: z.string(), receivedAt: instant })
  .transform(({ batchId, isoId, product, code, receivedAt }, context): ReceivedCode => {
    const read = readTyped(code, flowOf(product).codes);
    if (read.kind === 'ours')
      return { codeHash: codeHash(read.code), isoId, batchId, receivedAt, product, serial: read.code.codeId };
    context.addIssue({ code: 'custom', path: ['code'], message: 'is not a code of that product' });
    return z.NEVER;
  });

/** `stock_*.csv`: which codes an ISO received. */
export const STOCK: LandingKind<ReceivedCode> = {
  columns: { required: ['batchId', 'isoId', 'product', 'code', 'receivedAt'], optional: [] },
  spellings: { batchId: 'key', isoId: 'key', product: 'key', code: 'key', receivedAt: 'time' },
  rowsAtOnce: 200,
  keyColumn: 'code',
  schema: stockRow,
  known: areOfKnownIsos,
  async plan(rows, { foreseen }, tx) {
    const isKnown = await areOfKnownIsos(rows);
    const hashes = rows.map(({ codeHash }) => codeHash);
    const known = [...(await findStock(hashes, tx)), ...hashes.flatMap((hash) => foreseen?.stock.get(hash) ?? [])];
    const before = new Map(known.map((stocked) => [stocked.codeHash, stocked]));
    const stock = new Map(before);
    const changed = new Map<string, StockedCode>();
    const outcomes = rows.map((row, index): Outcome => {
      if (isKnown[index] !== true) return { outcome: 'unmatched', reason: 'isoUnknown' };
      const outcome = received(row, stock.get(row.codeHash));
      if (outcome.outcome !== 'applied') return outcome;
      const after = stockedBy(row, stock.get(row.codeHash));
      stock.set(row.codeHash, after);
      changed.set(row.codeHash, after);
      return outcome;
    });
    return {
      read: hashes,
      changed: [...changed.keys()],
      async write(inTx) {
        await stockCodes(
          [...changed.values()].map((after) => ({ before: before.get(after.codeHash), after })),
          inTx,
        );
        return outcomes;
      },
      async foresee({ stock: foreseenStock }) {
        for (const [hash, stocked] of changed) foreseenStock.set(hash, stocked);
        return outcomes;
      },
    };
  },
};

/** A code belongs to whoever received it last, whatever the order of the rows. One that an earlier release read is read once more. */
function received(row: ReceivedCode, before: StockedCode | undefined): Outcome {
  const { receivedAt, serial } = before ?? {};
  if (receivedAt === undefined || row.receivedAt > receivedAt) return { outcome: 'applied' };
  if (row.receivedAt < receivedAt) return { outcome: 'superseded', reason: 'receivedAgainSince' };
  if (row.isoId !== before?.isoId || row.batchId !== before.batchId)
    return { outcome: 'conflict', reason: 'receivedTwiceAtOnce' };
  return serial === undefined ? { outcome: 'applied' } : { outcome: 'unchanged', reason: 'knownAlready' };
}
