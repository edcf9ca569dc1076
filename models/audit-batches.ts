import { mongo } from 'mongoose';
import type { Audited } from '../src/domain/audited.ts';
import { collection } from './collection.ts';
import { number, packed, text } from './fields.ts';
import { Items } from './item-rows.ts';
import type { Transaction } from './transaction.ts';

/** What a row of a daily file changed about an item. */
export interface ItemEntry {
  readonly isoId: string;
  readonly itemRef: string;
  readonly what: Audited;
  /** Where the row begins, the header being line 1. */
  readonly row: number | undefined;
  readonly details: Readonly<Record<string, string | number>>;
}

/** Which batch, and what it brought about. */
export interface BatchedEntry extends ItemEntry {
  /** By `clock.now()`. */
  readonly at: number;
  /** The file's name. */
  readonly cause: string;
}

/**
 * What rows of a daily file that were landed together changed about items of one ISO; each of these names the batch. An entry each, as of what
 * people do, was half of what landing wrote.
 */
const Batches = collection('auditbatches', {
  id: 'batchId',
  fields: {
    at: number(),
    isoId: text(),
    cause: text(),
    count: number(),
    entries: packed<readonly Omit<ItemEntry, 'isoId'>[]>(),
  },
  indexes: [[{ at: 1 }], [{ cause: 1, isoId: 1, at: 1 }]],
});

export interface AuditTogether {
  /** The batch that an item is to name. */
  readonly batchOf: (isoId: string) => string | undefined;
  readonly add: (tx: Transaction) => Promise<void>;
}

/** The entries of a batch, put together now for a transaction that is to come, or is running. */
export function auditedTogether(
  entries: readonly ItemEntry[],
  { at, cause }: Pick<BatchedEntry, 'at' | 'cause'>,
): AuditTogether {
  const byIso = new Map<string, Omit<ItemEntry, 'isoId'>[]>();
  for (const { isoId, ...entry } of entries) {
    const own = byIso.get(isoId) ?? [];
    byIso.set(isoId, own);
    own.push(entry);
  }
  const batches = [...byIso].map(([isoId, own]) => {
    return { batchId: new mongo.ObjectId().toHexString(), at, isoId, cause, count: own.length, entries: own };
  });
  const ids = new Map(batches.map(({ isoId, batchId }) => [isoId, batchId]));
  return {
    batchOf: (isoId) => ids.get(isoId),
    add: async (tx) => await Batches.addWithOthers(batches, tx),
  };
}

/** What daily files changed about these items. */
export async function batchedOf(itemRefs: readonly string[]): Promise<readonly BatchedEntry[]> {
  const batches = { of: Batches, by: 'auditBatches', at: 'batchId' } as const;
  const items = await Items.findWith({ itemRef: { $in: itemRefs } }, batches, { only: ['auditBatches'] });
  const told = new Map(items.flatMap(({ joined }) => joined.map((batch) => [batch.batchId, batch])));
  const meant = new Set(itemRefs);
  return [...told.values()].flatMap(entriesIn).filter(({ itemRef }) => meant.has(itemRef));
}

export interface Part {
  readonly skip: number;
  readonly limit: number;
}

/** Of a batch only how much it holds. */
interface Batch {
  readonly batchId: string;
  readonly count: number;
}

/** The batches of a daily file, of one ISO or, one after the other, of all; the first rows first. */
export async function batchesOf({
  file: cause,
  isoId,
}: {
  readonly file: string;
  readonly isoId?: string | undefined;
}): Promise<readonly Batch[]> {
  const filter = isoId === undefined ? { cause } : { cause, isoId };
  return await Batches.find(filter, { only: ['batchId', 'count'], sort: { isoId: 1, at: 1 } });
}

export function countIn(batches: readonly Batch[]): number {
  return batches.reduce((sum, { count }) => sum + count, 0);
}

/** A part of what is in these batches, in their order. */
export async function entriesOf(batches: readonly Batch[], { skip, limit }: Part): Promise<readonly BatchedEntry[]> {
  const wanted: string[] = [];
  let [before, from] = [0, 0];
  for (const { batchId, count } of batches) {
    if (before >= skip + limit) break;
    if (before + count <= skip) from = before + count;
    else wanted.push(batchId);
    before += count;
  }
  const found = await Batches.find({ batchId: { $in: wanted } }, { sort: { isoId: 1, at: 1 } });
  return found.flatMap(entriesIn).slice(skip - from, skip - from + limit);
}

function entriesIn({ at, isoId, cause, entries }: Pick<BatchedEntry, 'at' | 'isoId' | 'cause'> & Stored) {
  return entries.map((entry): BatchedEntry => ({ ...entry, at, isoId, cause }));
}

interface Stored {
  readonly entries: readonly Omit<ItemEntry, 'isoId'>[];
}

/** Forgets what was landed before this, the oldest first, at most so many batches; answers how many went. */
export async function forgetBatched(before: number, most: number): Promise<number> {
  const oldest = await Batches.find({ at: { $lt: before } }, { only: ['batchId'], sort: { at: 1 }, limit: most });
  return await Batches.removeAll({ batchId: { $in: oldest.map(({ batchId }) => batchId) } });
}
