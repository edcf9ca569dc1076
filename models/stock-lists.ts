import { DAY_MS } from '@field/kit/calendar';
import type { StockState } from '../src/domain/stock-state.ts';
import { CodeStock, type StockedCode } from './code-stock.ts';
import type { Reads } from './single-write.ts';

/** Codes of one product that an ISO has. */
interface Of {
  readonly isoId: string;
  readonly product: string;
}

interface Page {
  readonly skip: number;
  readonly limit: number;
}

/** As many batches as are offered at once. */
const MOST_BATCHES = 20;

/** The batches of which something is still with the ISO, by name, the first twenty; each found from the one before, whatever its size. */
export async function batchesLeft({ isoId, product }: Of, tx?: Reads): Promise<readonly string[]> {
  const batches: string[] = [];
  while (batches.length < MOST_BATCHES) {
    const after = batches.at(-1) ?? '';
    const filter = { isoId, state: 'IN_STOCK', product, batchId: { $gt: after } } as const;
    const next = await CodeStock.findOne(filter, { tx, only: ['batchId'], sort: { batchId: 1, serial: 1 } });
    if (next?.batchId === undefined) break;
    batches.push(next.batchId);
  }
  return batches;
}

/** The next codes of a batch that are with the ISO, by their serials. */
export async function nextOfBatch(
  { isoId, product, batchId }: Of & { readonly batchId: string },
  limit: number,
  tx?: Reads,
): Promise<readonly StockedCode[]> {
  const filter = { isoId, state: 'IN_STOCK', product, batchId } as const;
  return await CodeStock.find(filter, { tx, sort: { serial: 1 }, limit });
}

/** The codes of an ISO from one serial to another, wherever they are. */
export async function serialsBetween(
  { isoId, product }: Of,
  { from, to }: { readonly from: string; readonly to: string },
  limit: number,
  tx?: Reads,
): Promise<readonly StockedCode[]> {
  const filter = { isoId, product, serial: { $gte: from, $lte: to } };
  return await CodeStock.find(filter, { tx, sort: { serial: 1 }, limit });
}

/** How many codes of a product are in this state, of one batch where that is said. */
export async function countStock(
  { isoId, product, batchId }: Of & { readonly batchId?: string | undefined },
  state: StockState,
): Promise<number> {
  const filter = { isoId, state, product } as const;
  return await CodeStock.count(batchId === undefined ? filter : { ...filter, batchId });
}

/** How many codes of a product were put up since then and still stand. */
export async function countPutUp({ isoId, product }: Of, since: number): Promise<number> {
  return await CodeStock.count({ isoId, state: 'AT_SPOT', product, movedAt: { $gte: since } });
}

/** More than this in `days` tell no better how fast codes are put up than a week of them does. */
const MOST_FOR_PACE = 2_000;
const WEEK = 7;

/** How many codes of a product were put up in the last `days` and still stand; where that is very many, in the last week alone. */
export async function paceOf(
  { isoId, product }: Of,
  { now, days }: { readonly now: number; readonly days: number },
): Promise<{ readonly putUp: number; readonly days: number }> {
  const since = (back: number): number => now - back * DAY_MS;
  const of = { isoId, state: 'AT_SPOT', product } as const;
  const [all, ofWeek] = await Promise.all([
    CodeStock.count({ ...of, movedAt: { $gte: since(days) } }, { limit: MOST_FOR_PACE }),
    CodeStock.count({ ...of, movedAt: { $gte: since(WEEK) } }),
  ]);
  return all < MOST_FOR_PACE || ofWeek === 0 ? { putUp: all, days } : { putUp: ofWeek, days: WEEK };
}

/** Whether an ISO has allotted any code that nobody has put up. */
export async function isAllotting(isoId: string): Promise<boolean> {
  return (await CodeStock.findOne({ isoId, state: 'WITH_STAFF' }, { only: ['codeHash'] })) !== undefined;
}

/** What somebody has of an ISO, by product and serial. */
export async function codesWith(
  { holderId, isoId }: { readonly holderId: string; readonly isoId: string },
  limit: number,
  tx?: Reads,
): Promise<readonly StockedCode[]> {
  return await CodeStock.find({ holderId, isoId }, { tx, sort: { product: 1, serial: 1 }, limit });
}

/** How many codes somebody has of an ISO, of one product where that is said. */
export async function countCodesWith(holderId: string, isoId: string, product?: string): Promise<number> {
  return await CodeStock.count(product === undefined ? { holderId, isoId } : { holderId, isoId, product });
}

/** Codes that were allotted to somebody when a colleague put them up, the latest first. */
export async function bookedOver(isoId: string, page: Page): Promise<readonly StockedCode[]> {
  const filter = { isoId, bookedFrom: { $exists: true } } as const;
  return await CodeStock.find(filter, { sort: { movedAt: -1, codeHash: 1 }, ...page });
}

export async function countBookedOver(isoId: string): Promise<number> {
  return await CodeStock.count({ isoId, bookedFrom: { $exists: true } });
}

/** Every code that an ISO received, by product and serial, a page of them. */
export async function stockOf(isoId: string, page: Page): Promise<readonly StockedCode[]> {
  return await CodeStock.find({ isoId }, { sort: { product: 1, serial: 1 }, ...page });
}
