import { model, Schema } from 'mongoose';
import type { Remedy } from '../src/domain/reason-codes.ts';
import type { Decision, Judgement } from '../src/domain/review-decision.ts';
import type { CountedItem } from '../src/domain/review-numbers.ts';
import type { ReviewState } from '../src/domain/review-state.ts';
import { seal, unseal } from './sealing.ts';
import { mustHaveMatched, type Transaction } from './transaction.ts';

export type ItemType = 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';

/** One thing that a reviewer judges by itself, whatever was submitted of it: its last revision, and how its review stands. */
export interface Item {
  /** The storeId, the spotId, `posmRef(spotId)`, or an inspection's taskId. */
  readonly itemRef: string;
  readonly itemType: ItemType;
  readonly version: number;
  readonly isoId: string;
  /** Who submitted the last revision, and hears of its result. */
  readonly staffId: string;
  /** The store it belongs to; its own id for a store. */
  readonly storeId: string;
  /** Of a spot and of the POSM at it. */
  readonly spotId: string | undefined;
  readonly product: string | undefined;
  /** The name on the sign, by which cards call it. */
  readonly shop: string;
  /** `Cashier 1`, of a spot and of the POSM at it. */
  readonly spotType: string | undefined;
  readonly number: number | undefined;
  /** The revision submitted last. */
  readonly revision: number;
  readonly submittedAt: number;
  readonly state: ReviewState;
  /** The last judgement that was applied. A POSM without one follows its spot. */
  readonly judgement: ItemJudgement | undefined;
  /** Until when a failure can be put right, milliseconds. */
  readonly deadlineAt: number | undefined;
  /** What the last settlement row said of the spot's deployment fee. */
  readonly settlement: 'CONFIRMED' | 'REVERSED' | undefined;
  /** Day and key of that row, `20260503/fee-7`: comparable, the later one stands. */
  readonly settledBy: string | undefined;
}

export interface ItemJudgement extends Judgement {
  /** The calendar day of the data that brought it, `YYYYMMDD`. */
  readonly dataDate: string;
  /** The reviewer's own words, shown as they are. */
  readonly text: string | undefined;
  readonly language: string | undefined;
  readonly sourceRowKey: string;
}

interface ItemRow {
  _id: string;
  itemType: ItemType;
  version: number;
  isoId: string;
  staffId: string;
  storeId: string;
  spotId?: string;
  product?: string;
  shop: string;
  spotType?: string;
  number?: number;
  revision: number;
  submittedAt: number;
  state: ReviewState;
  dataDate?: string;
  judgedRevision?: number;
  decision?: Decision;
  reasonCodes?: string[];
  decidedAt?: number;
  remedy?: Remedy;
  rowDeadlineAt?: number;
  sealedText?: string;
  textLanguage?: string;
  sourceRowKey?: string;
  deadlineAt?: number;
  settlement?: 'CONFIRMED' | 'REVERSED';
  settledBy?: string;
}

const schema = new Schema<ItemRow>(
  {
    _id: String,
    itemType: String,
    version: Number,
    isoId: String,
    staffId: String,
    storeId: String,
    spotId: String,
    product: String,
    shop: String,
    spotType: String,
    number: Number,
    revision: Number,
    submittedAt: Number,
    state: String,
    dataDate: String,
    judgedRevision: Number,
    decision: String,
    reasonCodes: { type: [String], default: undefined },
    decidedAt: Number,
    remedy: String,
    rowDeadlineAt: Number,
    sealedText: String,
    textLanguage: String,
    sourceRowKey: String,
    deadlineAt: Number,
    settlement: String,
    settledBy: String,
  },
  { versionKey: false },
);
schema.index({ staffId: 1, submittedAt: -1 });
schema.index({ staffId: 1, dataDate: 1 });
schema.index({ staffId: 1, state: 1, deadlineAt: 1 });
schema.index({ isoId: 1, dataDate: 1 });
schema.index({ isoId: 1, submittedAt: 1 });
schema.index({ isoId: 1, state: 1, deadlineAt: 1 });
schema.index({ state: 1, deadlineAt: 1 });
schema.index({ storeId: 1 });

const Items = model<ItemRow>('items', schema);

/** The POSM that stands at a spot, as files name it. */
export function posmRef(spotId: string): string {
  return `${spotId}.posm`;
}

/** What a submission says of an item; its review begins. */
export type SubmittedItem = Omit<Item, 'version' | 'state' | 'judgement' | 'deadlineAt' | 'settlement' | 'settledBy'>;

/** An item's first revision. */
export async function addItems(items: readonly SubmittedItem[], tx: Transaction): Promise<void> {
  await Items.insertMany(
    items.map(({ itemRef, ...rest }) => ({ _id: itemRef, ...defined(rest), version: 1, state: 'PENDING' as const })),
    { session: tx },
  );
}

export async function findItem(itemRef: string, tx?: Transaction): Promise<Item | undefined> {
  const row = await Items.findById(itemRef)
    .session(tx ?? null)
    .lean();
  return row === null ? undefined : toItem(row);
}

export async function findItems(itemRefs: readonly string[], tx?: Transaction): Promise<readonly Item[]> {
  const rows = await Items.find({ _id: { $in: [...itemRefs] } })
    .session(tx ?? null)
    .lean();
  return rows.map(toItem);
}

/** Which ISO each of these items belongs to; those that nobody knows are left out. */
export async function isosOfItems(itemRefs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await Items.find({ _id: { $in: [...itemRefs] } }, { isoId: 1 }).lean();
  return new Map(rows.map(({ _id, isoId }) => [_id, isoId]));
}

/** The store, its spots and their POSMs: everything on which a fee in that store depends. */
export async function itemsOfStores(storeIds: readonly string[], tx?: Transaction): Promise<readonly Item[]> {
  const rows = await Items.find({ storeId: { $in: [...storeIds] } })
    .session(tx ?? null)
    .lean();
  return rows.map(toItem);
}

/** What is counted of an ISO's items that were judged with one day's data; a big day has many. */
export async function judgedOn(isoId: string, dataDate: string, tx?: Transaction): Promise<readonly CountedItem[]> {
  const wanted = { itemType: 1, spotId: 1, decision: 1, reasonCodes: 1 } as const;
  const rows = await Items.find({ isoId, dataDate }, wanted)
    .session(tx ?? null)
    .lean();
  return rows.map(({ _id, itemType, spotId, decision, reasonCodes }) => ({
    ...{ itemRef: _id, itemType, spotId, decision, reasonCodes: reasonCodes ?? [] },
  }));
}

/** What failed and can still be put right, as long as its deadline has not passed: nobody notes that it has. */
const OPEN_FAILURE = { $in: ['REJECTED', 'INVALIDATED', 'MODIFYING'] satisfies ReviewState[] };

/** How many failures of an ISO can be put right only until `before`. */
export async function deadlinesBetween(isoId: string, now: number, before: number, tx?: Transaction): Promise<number> {
  const deadlineAt = { $gt: now, $lte: before };
  return await Items.countDocuments({ isoId, state: OPEN_FAILURE, deadlineAt }).session(tx ?? null);
}

/** The failures of an ISO that can still be put right, the most urgent first. */
export async function openFailures(isoId: string, now: number): Promise<readonly Item[]> {
  const inTime = [{ deadlineAt: { $gt: now } }, { deadlineAt: { $exists: false } }];
  const rows = await Items.find({ isoId, state: OPEN_FAILURE, $or: inTime }).sort({ deadlineAt: 1, _id: 1 }).lean();
  return rows.map(toItem);
}

/** Of each item of an ISO whose last revision was submitted in a period (milliseconds, the end not included): what and whose. */
export async function submittedBetween(
  isoId: string,
  from: number,
  to: number,
): Promise<readonly Pick<Item, 'itemType' | 'staffId' | 'revision'>[]> {
  const wanted = { itemType: 1, staffId: 1, revision: 1 } as const;
  const rows = await Items.find({ isoId, submittedAt: { $gte: from, $lt: to } }, wanted).lean();
  return rows.map(({ itemType, staffId, revision }) => ({ itemType, staffId, revision }));
}

/** Whether anything of an ISO that was submitted before `at` still waits for its review. */
export async function waitsForReview(isoId: string, at: number): Promise<boolean> {
  const state = { $in: ['PENDING', 'APPEALING'] satisfies ReviewState[] };
  return (await Items.findOne({ isoId, state, submittedAt: { $lt: at } }, { _id: 1 }).lean()) !== null;
}

/** What a person submitted last since then, milliseconds; newest first. */
export async function itemsSubmittedBy(staffId: string, since: number): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId, submittedAt: { $gte: since } })
    .sort({ submittedAt: -1 })
    .lean();
  return rows.map(toItem);
}

/** A person's items on which the data of one day decided, whatever came since. */
export async function itemsDecidedOn(staffId: string, dataDate: string, tx: Transaction): Promise<readonly Item[]> {
  return (await Items.find({ staffId, dataDate }).session(tx).lean()).map(toItem);
}

/** A person's items in these states, the one whose deadline comes first at the top. */
export async function itemsInState(
  staffId: string,
  states: readonly ReviewState[],
  tx?: Transaction,
): Promise<readonly Item[]> {
  const rows = await Items.find({ staffId, state: { $in: [...states] } })
    .sort({ deadlineAt: 1 })
    .session(tx ?? null)
    .lean();
  return rows.map(toItem);
}

/** Failures whose deadline has passed, and what was begun about them and not sent, whoever's they are. */
export async function itemsPastDeadline(now: number, limit: number): Promise<readonly Item[]> {
  const states: ReviewState[] = ['REJECTED', 'INVALIDATED', 'MODIFYING'];
  const rows = await Items.find({ state: { $in: states }, deadlineAt: { $lte: now } })
    .sort({ deadlineAt: 1 })
    .limit(limit)
    .lean();
  return rows.map(toItem);
}

/** What may change about an item; `null` removes. */
export interface ItemChange {
  readonly state?: ReviewState;
  readonly revision?: number;
  readonly submittedAt?: number;
  readonly staffId?: string;
  readonly shop?: string;
  readonly spotType?: string;
  readonly number?: number;
  readonly judgement?: ItemJudgement;
  readonly deadlineAt?: number | null;
  readonly settlement?: 'CONFIRMED' | 'REVERSED';
  readonly settledBy?: string;
}

/** Compare-and-set on the version at which the item was read; a lost race otherwise (A.12-9). */
export async function changeItem(
  item: Pick<Item, 'itemRef' | 'version'>,
  change: ItemChange,
  tx: Transaction,
): Promise<Item> {
  const row = await Items.findOneAndUpdate({ _id: item.itemRef, version: item.version }, updateFor(change), {
    returnDocument: 'after',
    session: tx,
  }).lean();
  return toItem(mustHaveMatched(row));
}

/** `changeItem` for many at once, in one command: all of them, or a lost race. Each item once. */
export async function changeItems(
  changes: readonly { readonly item: Pick<Item, 'itemRef' | 'version'>; readonly change: ItemChange }[],
  tx: Transaction,
): Promise<void> {
  if (changes.length === 0) return;
  const { matchedCount } = await Items.bulkWrite(
    changes.map(({ item, change }) => ({
      updateOne: { filter: { _id: item.itemRef, version: item.version }, update: updateFor(change) },
    })),
    { session: tx, ordered: true },
  );
  mustHaveMatched(matchedCount === changes.length ? true : undefined);
}

function updateFor({ judgement, deadlineAt, ...plain }: ItemChange) {
  const set: Partial<ItemRow> = defined(plain);
  const unset: Partial<Record<keyof ItemRow, 1>> = {};
  if (deadlineAt === null) unset.deadlineAt = 1;
  else if (deadlineAt !== undefined) set.deadlineAt = deadlineAt;
  if (judgement !== undefined) {
    const { revision, reasonCodes, deadlineAt: rowDeadlineAt, text, language, ...rest } = judgement;
    Object.assign(set, rest, { judgedRevision: revision, reasonCodes: [...reasonCodes] });
    for (const [name, value] of [
      ['remedy', rest.remedy],
      ['rowDeadlineAt', rowDeadlineAt],
      ['sealedText', text === undefined ? undefined : seal(text)],
      ['textLanguage', language],
    ] as const) {
      if (value === undefined) unset[name] = 1;
      else Object.assign(set, { [name]: value });
    }
  }
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
    $inc: { version: 1 },
  };
}

function toItem(row: ItemRow): Item {
  return {
    itemRef: row._id,
    itemType: row.itemType,
    version: row.version,
    isoId: row.isoId,
    staffId: row.staffId,
    storeId: row.storeId,
    spotId: row.spotId,
    product: row.product,
    shop: row.shop,
    spotType: row.spotType,
    number: row.number,
    revision: row.revision,
    submittedAt: row.submittedAt,
    state: row.state,
    judgement: judgementOf(row),
    deadlineAt: row.deadlineAt,
    settlement: row.settlement,
    settledBy: row.settledBy,
  };
}

function judgementOf(row: ItemRow): ItemJudgement | undefined {
  const { decision, dataDate, judgedRevision, decidedAt, sourceRowKey, remedy, rowDeadlineAt, sealedText } = row;
  if (decision === undefined || judgedRevision === undefined || decidedAt === undefined) return undefined;
  return {
    ...{ revision: judgedRevision, decision, reasonCodes: row.reasonCodes ?? [], decidedAt },
    ...{ dataDate: dataDate ?? '', sourceRowKey: sourceRowKey ?? '', language: row.textLanguage },
    text: sealedText === undefined ? undefined : unseal(sealedText),
    ...(remedy !== undefined && { remedy }),
    ...(rowDeadlineAt !== undefined && { deadlineAt: rowDeadlineAt }),
  };
}

/** Without what is undefined, which a store would keep as null. */
function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
