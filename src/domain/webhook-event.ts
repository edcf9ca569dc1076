import type { AppealState } from './appeal-state.ts';
import { decimalText, type Money } from './money.ts';
import type { Judgement } from './review-decision.ts';
import type { ReviewState } from './review-state.ts';

/** What a receiver of webhooks is told of one item. */
export type WebhookType = 'item.submitted' | 'item.decided' | 'item.settled';

/** One event of one item, as it is recorded beside the change that it tells. Of one item `revision` and then `step` say what came first. */
export interface WebhookEvent {
  readonly type: WebhookType;
  readonly itemRef: string;
  readonly isoId: string;
  readonly revision: number;
  /** 0: that revision was submitted; else the version that the item has by this change. */
  readonly step: number;
  /** When the product knew of it, milliseconds. */
  readonly at: number;
  /** What is told, ids and codes only: no name, nothing that was typed, nobody's user id. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What of a hand-over line is told; the rest stands in the hand-over file, under the same `submissionKey`. */
const TOLD_OF_A_LINE = [
  'itemType',
  'itemRef',
  'revision',
  'submissionKey',
  'isoId',
  'promotionNumber',
  'product',
  'storeRef',
  'spotRef',
  'sourceKey',
  'against',
  'submittedAt',
];

/** A revision of an item was submitted; undefined for a line that tells of no submission, but of a code. */
export function submittedEvent({
  isoId,
  submittedAt: at,
  line,
}: {
  readonly isoId: string;
  readonly submittedAt: number;
  readonly line: Readonly<Record<string, unknown>>;
}): WebhookEvent | undefined {
  const { itemType, itemRef, revision } = line;
  if (itemType === 'CODE' || typeof itemRef !== 'string' || typeof revision !== 'number') return undefined;
  const data = Object.fromEntries(TOLD_OF_A_LINE.flatMap((key) => (key in line ? [[key, line[key]]] : [])));
  return { type: 'item.submitted', itemRef, isoId, revision, step: 0, at, data };
}

/** An item as its change was read; by its version the change is the one after. */
interface ChangedItem {
  readonly itemType: string;
  readonly itemRef: string;
  readonly isoId: string;
  readonly revision: number;
  readonly version: number;
  readonly storeId: string;
  readonly spotId?: string | undefined;
}

/** Review rows were landed that decide an item: how it stands then. */
export function decidedEvent(
  item: ChangedItem & {
    readonly state: ReviewState;
    readonly deadlineAt?: number | undefined;
    readonly judgement?: (Judgement & { readonly dataDate: string; readonly sourceRowKey: string }) | undefined;
  },
  at: number,
): WebhookEvent {
  const { judgement, deadlineAt, state } = item;
  const data = {
    ...headOf(item),
    state,
    decision: judgement?.decision,
    reasonCodes: judgement?.reasonCodes ?? [],
    remedy: judgement?.remedy,
    deadlineAt: deadlineAt === undefined ? undefined : timeOf(deadlineAt),
    decidedAt: judgement && timeOf(judgement.decidedAt),
    dataDate: judgement && dateOf(judgement.dataDate),
    sourceRowKey: judgement?.sourceRowKey,
  };
  return eventOf('item.decided', item, at, data);
}

/** An appeal has come to its end by a row: it was answered, or its item was approved meanwhile. It is one step of its own. */
export function appealDecidedEvent(
  appeal: {
    readonly appealId: string;
    readonly isoId: string;
    readonly itemRef: string;
    readonly againstRevision: number;
    readonly againstReasonCodes: readonly string[];
    readonly state: AppealState;
    readonly decidedAt?: number | undefined;
  },
  at: number,
): WebhookEvent {
  const { appealId: itemRef, isoId, state, decidedAt } = appeal;
  const { itemRef: about, againstRevision, againstReasonCodes: reasonCodes } = appeal;
  const against = { itemRef: about, revision: againstRevision, reasonCodes };
  const revision = 1;
  const head = { itemType: 'APPEAL', itemRef, revision, isoId };
  const data = { ...head, against, state, decidedAt: decidedAt === undefined ? undefined : timeOf(decidedAt) };
  return { type: 'item.decided', itemRef, isoId, revision, step: 1, at, data };
}

/**
 * A settlement row was landed that confirms or reverses the fee of an item for its approval, with its amount where the row names one.
 * `settledBy`: day and key of the row, `20260503/fee-7`.
 */
export function settledEvent(
  item: ChangedItem,
  line: {
    readonly fee: string;
    readonly state: 'CONFIRMED' | 'REVERSED';
    readonly money?: Money | undefined;
    readonly settledBy: string;
  },
  at: number,
): WebhookEvent {
  const { fee, state: settlement, money, settledBy } = line;
  const [day = '', ...key] = settledBy.split('/');
  const amount = money && decimalText(money);
  const row = { dataDate: dateOf(day), sourceRowKey: key.join('/') };
  const data = { ...headOf(item), fee, settlement, amount, currency: money?.currency, ...row };
  return eventOf('item.settled', item, at, data);
}

/** The body of an event as it is sent, to the byte the same at every try. Members that are undefined are left out. */
export function webhookBody({ type, at, data }: Pick<WebhookEvent, 'type' | 'at' | 'data'>): string {
  return JSON.stringify({ type, timestamp: timeOf(at), data });
}

function eventOf(type: WebhookType, item: ChangedItem, at: number, data: WebhookEvent['data']): WebhookEvent {
  const { itemRef, isoId, revision, version } = item;
  return { type, itemRef, isoId, revision, step: version + 1, at, data };
}

function headOf({
  itemType,
  itemRef,
  revision,
  isoId,
  storeId,
  spotId,
}: ChangedItem): Readonly<Record<string, unknown>> {
  // as hand-over lines name it: of a POSM the spot that it stands at
  return { itemType, itemRef, revision, isoId, storeRef: storeId, spotRef: spotId === itemRef ? undefined : spotId };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}

/** `2026-05-03` for `20260503`, as files write a day. */
function dateOf(day: string): string {
  return day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
}
