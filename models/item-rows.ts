import { model, Schema } from 'mongoose';
import type { Remedy } from '../src/domain/reason-codes.ts';
import type { Decision, Judgement } from '../src/domain/review-decision.ts';
import type { ReviewState } from '../src/domain/review-state.ts';
import { seal, unseal } from './sealing.ts';

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

/** An item as it is stored. */
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

/** For the files of `models` only. */
export const Items = model<ItemRow>('items', schema);

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

/** The update that makes an item this, and one version newer. */
export function updateFor({ judgement, deadlineAt, ...plain }: ItemChange) {
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

export function toItem(row: ItemRow): Item {
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
export function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
