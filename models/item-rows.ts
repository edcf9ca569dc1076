import type { Remedy } from '../src/domain/reasons.ts';
import type { Decision, Judgement } from '../src/domain/review-decision.ts';
import type { ReviewState } from '../src/domain/review-state.ts';
import { collection, type RecordOf } from './collection.ts';
import { list, mark, number, sealed, text } from './fields.ts';
import { GIVEN_ON, OWNERSHIP, ownerOf } from './owners.ts';
import { FIRST_VERSION } from './programme-in-use.ts';
import type { Changes } from './queries.ts';

export type ItemType = 'STORE' | 'SPOT' | 'POSM' | 'INSPECTION';

/** The last judgement that was applied; a POSM without one follows its spot. Apart, since days and decisions are looked for. */
const JUDGEMENT = {
  decision: text<Decision>().optional(),
  judgedRevision: number().optional(),
  reasonCodes: list<string>().optional(),
  /** The version of the programme by which its reasons are read, where that is not the one of what was judged. */
  judgedUnder: number().optional(),
  decidedAt: number().optional(),
  remedy: text<Remedy>().optional(),
  rowDeadlineAt: number().optional(),
  /** The calendar day of the data that brought it, `YYYYMMDD`. */
  dataDate: text().optional(),
  /** The reviewer's own words, shown as they are. */
  text: sealed().optional(),
  textLanguage: text().optional(),
  sourceRowKey: text().optional(),
};

/** What has none is in no index by it: most items, and landing moves fewer entries. */
const DECIDED = { partialFilterExpression: { dataDate: { $exists: true } } } as const;
const WITH_DEADLINE = { partialFilterExpression: { deadlineAt: { $exists: true } } } as const;
const WITH_NOTICE = { partialFilterExpression: { noticeAt: { $exists: true } } } as const;

/**
 * Most of what there is was approved, stays so, and is asked for by none of these: landing takes an entry away where it would move it. A server before
 * MongoDB 6 has no `$in` there, but APPROVED is the second state by name; the first has indexes of its own (`apart`).
 */
const STANDING = { partialFilterExpression: { state: { $gt: 'APPROVED' } } } as const;
const APPEALED = { partialFilterExpression: { state: 'APPEALING' } } as const;
const SUSPECTED = { partialFilterExpression: { suspected: true } } as const;
const FEE_WAITING = { partialFilterExpression: { feeWaits: true } } as const;

/** For the files of `models` only. */
export const Items = collection('items', {
  /** The storeId, the spotId, `posmRef(spotId)`, or an inspection's taskId. */
  id: 'itemRef',
  fields: {
    itemType: text<ItemType>(),
    version: number(),
    isoId: text(),
    /** Its author: who did what was submitted last. Fees and numbers are theirs, whoever has it in hand. */
    staffId: text(),
    ...OWNERSHIP,
    /** The store it belongs to; its own id for a store. */
    storeId: text(),
    /** Of a spot and of the POSM at it. */
    spotId: text().optional(),
    product: text().optional(),
    /** The name on the sign, by which cards call it. */
    shop: text(),
    /** `Cashier 1`, of a spot and of the POSM at it. */
    spotType: text().optional(),
    number: number().optional(),
    /** The revision submitted last. */
    revision: number(),
    /** The version of the programme under which that revision was made; absent where a release before this one wrote it. */
    programme: number().optional(),
    submittedAt: number(),
    state: text<ReviewState>(),
    /** Until when a failure can be put right, milliseconds. */
    deadlineAt: number().optional(),
    /** When whoever has a failure in hand is told of it next, by `clock.now()`; none once they were told for the last time. */
    noticeAt: number().optional(),
    /** What the last settlement row said of the fee for what is approved: of a spot, a POSM, an inspection. */
    settlement: text<'CONFIRMED' | 'REVERSED'>().optional(),
    /** Day and key of that row, `20260503/fee-7`: comparable, the later one stands. */
    settledBy: text().optional(),
    ...JUDGEMENT,
  },
  own: {
    /** Of a spot, or an inspection: it is eligible for a fee, and no settlement row was about it yet. */
    feeWaits: mark(),
    /** Of what failed: one of its reasons is a suspicion, by the programme by which they are read. */
    suspected: mark(),
    /** The batches of the audit that tell what daily files said of it (`audit-batches.ts`). */
    auditBatches: list<string>().optional(),
    /** Grows where a code leaves a spot, so that whoever judges the spot meanwhile begins again. */
    codesLost: number().optional(),
  },
  indexes: [
    [{ staffId: 1, submittedAt: -1 }],
    [{ staffId: 1, dataDate: 1 }, DECIDED],
    [{ staffId: 1, state: 1, deadlineAt: 1 }, STANDING],
    [{ staffId: 1, deadlineAt: 1 }, APPEALED],
    [{ ownerId: 1, state: 1, itemType: 1, deadlineAt: 1, submittedAt: 1 }, STANDING],
    [{ ownerId: 1, itemType: 1, deadlineAt: 1, submittedAt: 1 }, APPEALED],
    [{ ownerId: 1, dataDate: 1 }, DECIDED],
    GIVEN_ON,
    [{ isoId: 1, dataDate: 1 }, DECIDED],
    [{ isoId: 1, itemType: 1, feeWaits: 1, submittedAt: 1, itemRef: 1 }, FEE_WAITING],
    [{ isoId: 1, suspected: 1, state: 1, itemType: 1, deadlineAt: 1 }, SUSPECTED],
    [{ ownerId: 1, suspected: 1, state: 1, itemType: 1, deadlineAt: 1 }, SUSPECTED],
    [{ isoId: 1, submittedAt: 1, itemType: 1 }],
    [{ isoId: 1, state: 1, submittedAt: 1 }, STANDING],
    [{ isoId: 1, submittedAt: 1, itemRef: 1 }, APPEALED],
    [{ isoId: 1, state: 1, itemType: 1, deadlineAt: 1, submittedAt: 1 }, STANDING],
    [{ state: 1, deadlineAt: 1 }, WITH_DEADLINE],
    [{ state: 1, noticeAt: 1 }, WITH_NOTICE],
    [{ storeId: 1 }],
  ],
});

/** Being in one of these states, in parts that an index each has; what may be APPROVED as well is in no index by its state. */
export function apart(
  states: readonly ReviewState[],
): readonly (ReviewState | { readonly $in: readonly ReviewState[] })[] {
  const others = states.filter((state) => state !== 'APPEALING');
  if (others.includes('APPROVED') || others.length === states.length) return [{ $in: states }];
  return others.length === 0 ? ['APPEALING'] : [{ $in: others }, 'APPEALING'];
}

/** The POSM that stands at a spot, as files name it. */
export function posmRef(spotId: string): string {
  return `${spotId}.posm`;
}

type ItemRow = RecordOf<typeof Items>;

/**
 * One thing that a reviewer judges by itself, whatever was submitted of it: its last revision, and how its review stands. Without an
 * `ownerId` it is in nobody's hands.
 */
export interface Item extends Omit<ItemRow, keyof typeof JUDGEMENT | 'programme'> {
  readonly programme: number;
  readonly judgement?: ItemJudgement | undefined;
}

export interface ItemJudgement extends Judgement, Pick<ItemRow, 'text'> {
  readonly dataDate: string;
  readonly language?: string | undefined;
  /** By which version of the programme its reasons are read; absent: that of what was judged. */
  readonly programme?: number | undefined;
  readonly sourceRowKey: string;
}

type Changing =
  | 'state'
  | 'revision'
  | 'programme'
  | 'submittedAt'
  | 'staffId'
  | 'shop'
  | 'spotType'
  | 'number'
  | 'settlement'
  | 'settledBy'
  | 'judgement'
  | 'deadlineAt'
  | 'noticeAt'
  | 'ownerId'
  | 'formerId';

/** What may change about an item. */
export type ItemChange = Changes<Pick<Item, Changing>>;

/** What follows from an item and is kept beside it, to be counted by an index; `null`: it is so no more. */
interface ItemMarks {
  readonly feeWaits?: true | null | undefined;
  readonly suspected?: true | null | undefined;
}

/** Those of an item, and the batch of the audit that tells of the change, where one does. */
interface ItemMarksAnd extends ItemMarks {
  readonly auditBatch?: string | undefined;
}

/** All of them, so that none is forgotten where they are named one by one. */
type Each<Names extends PropertyKey> = { readonly [Name in Names]: unknown };

/**
 * The update that makes an item this, and one version newer; `before` as it was read at the version that is changed. Its fields are named one by
 * one, here and in `toItem`: to spread objects into each other takes V8 a hundred times as long, and landing does it for each row.
 */
export function updateFor(change: ItemChange, before: Pick<Item, 'judgement'>, marks: ItemMarksAnd = {}) {
  const judged = change.judgement ? fieldsOf(change.judgement, before.judgement) : undefined;
  const set = {
    decision: judged?.decision,
    reasonCodes: judged?.reasonCodes,
    decidedAt: judged?.decidedAt,
    dataDate: judged?.dataDate,
    sourceRowKey: judged?.sourceRowKey,
    judgedRevision: judged?.judgedRevision,
    rowDeadlineAt: judged?.rowDeadlineAt,
    text: judged?.text,
    textLanguage: judged?.textLanguage,
    remedy: judged?.remedy,
    judgedUnder: judged?.judgedUnder,
    state: change.state,
    revision: change.revision,
    programme: change.programme,
    submittedAt: change.submittedAt,
    staffId: change.staffId,
    shop: change.shop,
    spotType: change.spotType,
    number: change.number,
    settlement: change.settlement,
    settledBy: change.settledBy,
    deadlineAt: change.deadlineAt,
    noticeAt: change.noticeAt,
    ownerId: change.ownerId,
    formerId: change.formerId,
    feeWaits: marks.feeWaits,
    suspected: marks.suspected,
  } satisfies Each<Exclude<Changing, 'judgement'> | keyof typeof JUDGEMENT | keyof ItemMarks>;
  const { auditBatch: auditBatches } = marks;
  return { set, inc: { version: 1 }, push: auditBatches === undefined ? undefined : { auditBatches } };
}

/** What the judgement before had and this one has not goes; what was never there costs nothing. */
function fieldsOf(judgement: ItemJudgement, before: ItemJudgement | undefined) {
  const gone = before === undefined ? undefined : null;
  return {
    decision: judgement.decision,
    reasonCodes: judgement.reasonCodes,
    decidedAt: judgement.decidedAt,
    dataDate: judgement.dataDate,
    sourceRowKey: judgement.sourceRowKey,
    judgedRevision: judgement.revision,
    rowDeadlineAt: judgement.deadlineAt ?? gone,
    text: judgement.text ?? gone,
    textLanguage: judgement.language ?? gone,
    remedy: judgement.remedy ?? gone,
    judgedUnder: judgement.programme ?? gone,
  };
}

/** What stands at a spot, or the spot at which it stands: the one counts with the other. */
export function otherHalfRef({ itemType, spotId = '' }: Pick<Item, 'itemType' | 'spotId'>): string | undefined {
  if (itemType === 'POSM') return spotId;
  return itemType === 'SPOT' ? posmRef(spotId) : undefined;
}

export function toItem(row: ItemRow): Item {
  return {
    itemRef: row.itemRef,
    itemType: row.itemType,
    version: row.version,
    isoId: row.isoId,
    staffId: row.staffId,
    ownerId: ownerOf(row, row.staffId),
    formerId: row.formerId,
    storeId: row.storeId,
    spotId: row.spotId,
    product: row.product,
    shop: row.shop,
    spotType: row.spotType,
    number: row.number,
    revision: row.revision,
    programme: row.programme ?? FIRST_VERSION,
    submittedAt: row.submittedAt,
    state: row.state,
    deadlineAt: row.deadlineAt,
    noticeAt: row.noticeAt,
    settlement: row.settlement,
    settledBy: row.settledBy,
    judgement: judgementOf(row),
  } satisfies Each<keyof Item>;
}

function judgementOf(row: ItemRow): ItemJudgement | undefined {
  const { decision, judgedRevision: revision, decidedAt } = row;
  if (decision === undefined || revision === undefined || decidedAt === undefined) return undefined;
  return {
    revision,
    decision,
    reasonCodes: row.reasonCodes ?? [],
    decidedAt,
    remedy: row.remedy,
    deadlineAt: row.rowDeadlineAt,
    dataDate: row.dataDate ?? '',
    text: row.text,
    language: row.textLanguage,
    programme: row.judgedUnder,
    sourceRowKey: row.sourceRowKey ?? '',
  };
}

/** The version of the programme by which the reasons of an item are read. */
export function readUnder({
  programme,
  judgement,
}: Pick<Item, 'programme'> & { readonly judgement?: Pick<ItemJudgement, 'programme'> | undefined }): number {
  return judgement?.programme ?? programme;
}

/** Whom news of an item concern: its author and whoever has it in hand. */
export function concernedBy({ staffId, ownerId }: Pick<Item, 'staffId' | 'ownerId'>): readonly string[] {
  return ownerId === undefined || ownerId === staffId ? [staffId] : [staffId, ownerId];
}
