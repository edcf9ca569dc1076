import type { Audited } from '../src/domain/audited.ts';
import type { Subject } from '../src/platform/subject.ts';
import { type BatchedEntry, batchedOf, batchesOf, countIn, entriesOf, type Part } from './audit-batches.ts';
import { collection, type RecordOf } from './collection.ts';
import { number, text, value } from './fields.ts';
import type { Item } from './item-rows.ts';
import { Promotions } from './promotions.ts';
import { Spots } from './spots.ts';
import type { Transaction } from './transaction.ts';

const Audit = collection('audit', {
  fields: {
    /** By `clock.now()`. */
    at: number(),
    /** A userId, or `system`. */
    by: text(),
    isoId: text().optional(),
    what: text<Audited>(),
    subject: value<Subject | { readonly kind: 'iso' | 'programme'; readonly id: string }>(),
    /** The update that caused it: `msgId`, `messageId`, `eventId`. */
    cause: text(),
    /** Where the row of that file begins which said so, the header being line 1; unknown of what an earlier release landed. */
    row: number().optional(),
    details: value<Readonly<Record<string, string | number>>>().optional(),
  },
  indexes: [
    [{ 'subject.id': 1, at: 1 }],
    [{ at: 1 }],
    // what daily files changed, by the name of the file
    [{ cause: 1, isoId: 1, at: 1 }, { partialFilterExpression: { by: 'system' } }],
  ],
});

/** What happened to a subject, for `why` and for operators: ids and codes only, never a name, a phone or a text typed. */
export interface AuditEntry extends RecordOf<typeof Audit> {}

export async function addAudit(entries: readonly AuditEntry[], tx: Transaction): Promise<void> {
  await Audit.addWithOthers(entries, tx);
}

/** What happened to any of these, the oldest first, at most so many of the latest; of items without what daily files said of them. */
export async function auditOf(ids: readonly string[], most: number): Promise<readonly AuditEntry[]> {
  const rows = await Audit.find({ 'subject.id': { $in: ids } }, { sort: { at: -1 }, limit: most });
  return rows.toReversed();
}

/** What happened to the promotion in which an item was submitted, and which that is: of a store the one that its author submitted it with last. */
export async function auditOfPromotion({
  spotId,
  staffId,
  storeId,
}: Pick<Item, 'spotId' | 'staffId' | 'storeId'>): Promise<readonly [promotionId?: string, ...entries: AuditEntry[]]> {
  const entries = { of: Audit, by: 'promotionId', at: 'subject.id' } as const;
  const only = { only: ['promotionId'] } as const;
  const last = { ...only, sort: { submittedAt: -1 }, limit: 1 } as const;
  const found =
    spotId === undefined
      ? await Promise.all([
          Promotions.findWith({ staffId, storeId }, entries, last),
          Promotions.findWith({ storeId }, entries, last),
        ])
      : [await Spots.findWith({ spotId }, entries, only)];
  const [first] = found.flat();
  return first === undefined ? [] : [first.record.promotionId, ...first.joined];
}

/** `auditOf` where any of these may be an item, of which daily files may have said something. */
export async function auditOfItems(ids: readonly string[], most: number): Promise<readonly AuditEntry[]> {
  const [own, batched] = await Promise.all([auditOf(ids, most), batchedOf(ids)]);
  // what somebody did in the moment in which a file landed they did after it
  return [...batched.map(asEntry), ...own].toSorted((one, other) => one.at - other.at).slice(-most);
}

/**
 * How much a daily file changed for an ISO, and the part of it that is asked for by that: the first row first; what it changed of other things
 * than items comes last.
 */
export async function auditOfFile({ file, isoId }: FileAndIso, partOf: (count: number) => Part): Promise<AuditOfFile> {
  const by = { by: 'system', cause: file, isoId } as const;
  const [batches, others] = await Promise.all([batchesOf({ file, isoId }), Audit.count(by)]);
  const batched = countIn(batches);
  const { skip, limit } = partOf(batched + others);
  const rest = { skip: Math.max(0, skip - batched), limit: Math.min(limit, skip + limit - batched) };
  const [first, last] = await Promise.all([
    entriesOf(batches, { skip, limit }),
    rest.limit <= 0 ? [] : Audit.find(by, { sort: { at: 1 }, ...rest }),
  ]);
  return { count: batched + others, entries: [...first.map(asEntry), ...last] };
}

export interface AuditOfFile {
  readonly count: number;
  readonly entries: readonly AuditEntry[];
}

/** What a daily file changed, of whatever ISO, for operators; at most so many. */
export async function auditByFile(file: string, most: number): Promise<readonly AuditEntry[]> {
  const [batched, own] = await Promise.all([
    batchesOf({ file }).then((batches) => entriesOf(batches, { skip: 0, limit: most })),
    Audit.find({ by: 'system', cause: file }, { sort: { isoId: 1, at: 1 }, limit: most }),
  ]);
  return [...batched.map(asEntry), ...own].slice(0, most);
}

function asEntry({ itemRef: id, ...entry }: BatchedEntry): AuditEntry {
  return { ...entry, by: 'system', subject: { kind: 'item', id } };
}

interface FileAndIso {
  readonly file: string;
  readonly isoId: string;
}

/** Forgets what happened before this, the oldest first, at most some; answers how many entries went. */
export async function forgetAudit(before: number, most: number): Promise<number> {
  const oldest = await Audit.find({ at: { $lt: before } }, { only: ['at'], sort: { at: 1 }, limit: most });
  const last = oldest.at(-1);
  return last === undefined ? 0 : await Audit.removeAll({ at: { $lte: last.at } });
}
